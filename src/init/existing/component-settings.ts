import { type HelmValues, isMap } from '../../mesh/helm-values';
import { istioSystem } from '../../mesh/istio-names';
import type { ClusterDraft } from './cluster-draft';
import { inCurrentForm } from './current-form';
import { putAmbient } from './data-plane';
import { isGatewayList } from './gateway-components';
import type { Part } from './part';

const currentComponents = ['base', 'pilot', 'cni', 'istiodRemote', 'ztunnel'];

/** Adds the components of a control plane to a draft, but for the lists of gateways. */
export function putComponents(draft: ClusterDraft, part: Part, components: HelmValues): void {
  for (const [key, value] of Object.entries(components)) {
    if (isGatewayList(key)) continue;
    if (!currentComponents.includes(key)) {
      draft.leaveOut(part, ['components', key], 'is a component that Istio no longer has.');
    } else if (isMap(value)) putComponent(draft, part, key, value);
  }
}

/** What every installation has, or none, needs no setting. */
function putComponent(draft: ClusterDraft, part: Part, key: string, value: HelmValues): void {
  const path = ['components', key];
  const component = inCurrentForm(draft, part, path, value);
  if (key === 'cni') {
    putCni(draft, part, component);
    return;
  }
  if (key === 'ztunnel') {
    putZtunnel(draft, part, component);
    return;
  }
  const isRequired = key === 'base' || key === 'pilot';
  const { enabled, namespace, ...settings } = component;
  if (!isRequired && enabled !== true) return;
  const written = {
    ...(enabled === undefined || (isRequired && enabled === true) ? {} : { enabled }),
    ...(namespace === undefined || namespace === istioSystem ? {} : { namespace }),
    ...settings,
  };
  if (Object.keys(written).length > 0) draft.put(['istio', 'components', key], written, part, path);
}

/** A ztunnel is part of ambient mode, and the profile of istioctl without gateways is not the only one that can have it. */
function putZtunnel(draft: ClusterDraft, part: Part, { enabled, namespace, ...settings }: HelmValues): void {
  const path = ['components', 'ztunnel'];
  const isAmbient = draft.settings.dataPlane !== undefined;
  if (!isAmbient && enabled !== true) return;
  if (!isAmbient && draft.at(['istio', 'profile']) === undefined) {
    draft.put(['istio', 'profile'], 'default', part, []);
  }
  putAmbient(draft, part, path);
  const written = {
    ...(enabled === false ? { enabled } : {}),
    ...(namespace === undefined || namespace === istioSystem ? {} : { namespace }),
    ...settings,
  };
  if (Object.keys(written).length > 0) draft.put(['istio', 'components', 'ztunnel'], written, part, path);
}

/** Whether there is a node agent, and its namespace, are settings of the mesh definition, which a profile may have set. */
function putCni(draft: ClusterDraft, part: Part, { enabled, namespace, ...settings }: HelmValues): void {
  const path = ['components', 'cni'];
  const target = ['istio', 'cni'];
  const current = draft.at(target);
  const isEnabled = typeof enabled === 'boolean' ? enabled : current !== undefined && current !== 'disabled';
  if (!isEnabled) {
    if (current !== undefined) draft.put(target, 'disabled', part, path);
    return;
  }
  const hasNamespace = typeof namespace === 'string' && namespace !== '' && namespace !== istioSystem;
  if (hasNamespace || isMap(current)) draft.put(target, namespace ? { namespace } : {}, part, path);
  else draft.put(target, 'enabled', part, path);
  if (Object.keys(settings).length > 0) draft.put(['istio', 'components', 'cni'], settings, part, path);
}
