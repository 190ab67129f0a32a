import { type HelmValues, isMap } from '../../mesh/helm-values';
import { istioSystem } from '../../mesh/istio-names';
import type { ClusterDraft } from './cluster-draft';
import { inCurrentForm } from './current-settings';
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
  const isRequired = key === 'base' || key === 'pilot';
  const { enabled, namespace, ...settings } = inCurrentForm(draft, part, path, value);
  if (!isRequired && enabled !== true) return;
  const component = {
    ...(enabled === undefined || (isRequired && enabled === true) ? {} : { enabled }),
    ...(namespace === undefined || namespace === istioSystem ? {} : { namespace }),
    ...settings,
  };
  const keys = Object.keys(component);
  if (key === 'cni' && keys.join() === 'enabled') draft.put(['istio', 'cni'], 'enabled', part, path);
  else if (keys.length > 0) draft.put(['istio', 'components', key], component, part, path);
}
