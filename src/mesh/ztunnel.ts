import { valueAt } from '../problems/problem';
import type { ComponentDefinition } from './components/definition';
import { type DataPlane, hasAmbient } from './data-plane';
import type { HelmValues } from './helm-values';
import { istioSystem } from './istio-names';

/** The ztunnel of a cluster. */
export interface ZtunnelSettings {
  /** The name of its DaemonSet and of its service account. */
  readonly name: string;
  readonly namespace: string;
}

/** The name of ztunnel, unless the value resourceName is another one. */
export const ztunnelDaemonSet = 'ztunnel';

/** The settings of ztunnel; undefined for a cluster without ambient mode, or whose ztunnel another tool installs. */
export function ztunnelWithDefaults(
  dataPlane: DataPlane,
  component: ComponentDefinition | undefined,
  values: HelmValues,
): ZtunnelSettings | undefined {
  if (!hasAmbient(dataPlane) || component?.enabled === false) return undefined;
  const name = valueAt(values, ['ztunnel', 'resourceName']);
  return {
    name: typeof name === 'string' && name !== '' ? name : ztunnelDaemonSet,
    namespace: component?.namespace || ambientNamespace(values),
  };
}

/**
 * The namespace of ztunnel and of the CNI node agent in ambient mode, unless the definition names another one. OpenShift
 * permits their rights only in kube-system, where Istio's charts expect them.
 *
 * @see https://istio.io/latest/docs/ambient/install/platform-prerequisites/#openshift
 */
export function ambientNamespace(values: object): string {
  const platform = valueAt(values, ['platform']) || valueAt(values, ['global', 'platform']);
  return platform === 'openshift' ? 'kube-system' : istioSystem;
}
