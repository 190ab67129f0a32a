import { valueAt } from '../problems/problem';
import type { ComponentDefinition } from './components/definition';
import { type DataPlane, hasAmbient } from './data-plane';
import type { HelmValues } from './helm-values';
import { istioSystem } from './istio-names';

/** The ztunnel of a cluster. */
export interface ZtunnelSettings {
  readonly namespace: string;
}

/** The settings of ztunnel; undefined for a cluster without ambient mode, or whose ztunnel another tool installs. */
export function ztunnelWithDefaults(
  dataPlane: DataPlane,
  component: ComponentDefinition | undefined,
  values: HelmValues,
): ZtunnelSettings | undefined {
  if (!hasAmbient(dataPlane) || component?.enabled === false) return undefined;
  return { namespace: component?.namespace || ambientNamespace(values) };
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
