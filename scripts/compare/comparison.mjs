// One control plane as this package writes it, beside what an istioctl renders of the same values.
import { differences } from './differences.mjs';
import { manifestGenerate } from './istioctl.mjs';
import { canonical, parseObjectsWithoutCrds } from './objects.mjs';

/** Completes a setting to all that decides a control plane of a version. */
export function settingsOfControlPlane(setting, version, hub) {
  const { profile = 'default', revision = 'default', values, defaultTag } = setting;
  const { revisionTags = [] } = values;
  const tagged = { ...values, revisionTags: [...revisionTags, 'default'], defaultRevision: revision };
  const given = defaultTag === 'of this revision' ? tagged : values;
  return { version, hub, tag: version, profile, revision, values: given };
}

/**
 * What differs between the objects that `write` makes of the settings of a control plane, and those that
 * an istioctl renders of them.
 */
export async function compare(istioctl, settings, write) {
  const theirs = await render(istioctl, settings);
  return differences(canonical(write(settings)), canonical(theirs));
}

/** The objects that an istioctl renders of the settings of a control plane. */
export async function render(istioctl, { hub, tag, profile, revision, values }) {
  const named = revision === 'default' ? {} : { revision };
  const spec = { hub, tag, profile, ...named, ...gatewayComponent(values), values };
  const operator = { apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec };
  return parseObjectsWithoutCrds(await manifestGenerate(istioctl, operator));
}

/** istioctl takes name and labels of a gateway from its component alone, and overwrites what values say. */
function gatewayComponent({ gateways }) {
  const { name, labels } = gateways?.['istio-ingressgateway'] ?? {};
  if (name === undefined) return {};
  return { components: { ingressGateways: [{ name, enabled: true, label: labels }] } };
}
