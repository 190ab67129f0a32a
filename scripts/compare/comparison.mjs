// Compares a control plane of this package with the one that an istioctl renders from the same values.
import { differences } from './differences.mjs';
import { manifestGenerate } from './istioctl.mjs';
import { canonical, parseObjectsWithoutCrds } from './objects.mjs';

/** All settings of a control plane, with defaults for those that a setting lacks. */
export function settingsOfControlPlane(setting, version, hub) {
  const { profile = 'default', dataPlane = 'sidecar', revision = 'default', defaultTag } = setting;
  const values = dataPlane === 'sidecar' ? setting.values : withNodeAgent(setting.values);
  const { revisionTags = [] } = values;
  const tagged = { ...values, revisionTags: [...revisionTags, 'default'], defaultRevision: revision };
  const allValues = defaultTag === 'of this revision' ? tagged : values;
  return { version, hub, tag: version, profile, dataPlane, revision, values: allValues };
}

/** Pods with sidecars also use the node agent of ambient mode. */
function withNodeAgent(values) {
  return { ...values, pilot: { ...values.pilot, cni: { enabled: true, ...values.pilot?.cni } } };
}

/** The differences between the objects that `write` returns for a control plane and those of an istioctl. */
export async function compare(istioctl, settings, write) {
  const theirs = await render(istioctl, settings);
  return differences(canonical(write(settings)), canonical(theirs));
}

/** The objects that an istioctl renders for the settings of a control plane. */
export async function render(istioctl, { hub, tag, profile, dataPlane, revision, values }) {
  const named = revision === 'default' ? {} : { revision };
  const spec = { hub, tag, ...profileOf(profile, dataPlane), ...named, values };
  const operator = { apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec };
  return parseObjectsWithoutCrds(await manifestGenerate(istioctl, operator));
}

/** Istio's profile `ambient` has no ingress gateway. */
function profileOf(profile, dataPlane) {
  if (dataPlane === 'sidecar') return { profile };
  const ingressGateways = [{ name: 'istio-ingressgateway', enabled: profile !== 'minimal' }];
  return { profile: 'ambient', components: { ingressGateways } };
}
