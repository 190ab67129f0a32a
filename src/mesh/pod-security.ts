import { valueAt } from '../problems/problem';
import type { ControlPlaneFormat } from './istio';
import { istioSystem } from './istio-names';
import type { Cluster, Mesh } from './mesh';

/** The levels of the Pod Security Standards. */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/**
 * The gateways that istioctl renders name no seccomp profile, so the level restricted would refuse their pods.
 */
const levelsOfControlPlane: Readonly<Record<ControlPlaneFormat, PodSecurityLevel>> = {
  native: 'restricted',
  helm: 'restricted',
  istioctl: 'baseline',
  operator: 'baseline',
};

/**
 * The Pod Security level of the control plane's namespace; undefined without hardening. Istio's CNI plugin
 * usually runs in the same namespace, and needs to be privileged.
 */
export function controlPlanePodSecurity(mesh: Mesh, cluster: Cluster): PodSecurityLevel | undefined {
  if (mesh.security === 'istio') return undefined;
  return usesCniPlugin(cluster) ? 'privileged' : levelsOfControlPlane[mesh.istio.controlPlane];
}

/**
 * The Pod Security level of a namespace with sidecars; undefined without hardening. Without the CNI plugin, an init
 * container redirects the traffic of each pod, which needs the capability NET_ADMIN.
 */
export function workloadPodSecurity(mesh: Mesh, cluster: Cluster): PodSecurityLevel | undefined {
  if (mesh.security === 'istio') return undefined;
  return usesCniPlugin(cluster) ? 'restricted' : 'privileged';
}

/** The label of a namespace with a Pod Security level. */
export function podSecurityLabels(level: PodSecurityLevel | undefined): Record<string, string> {
  return level === undefined ? {} : { 'pod-security.kubernetes.io/enforce': level };
}

function usesCniPlugin({ istio: { values } }: Cluster): boolean {
  const platform = valueAt(values, ['global', 'platform']) || values.platform;
  return (valueAt(values, ['pilot', 'cni', 'enabled']) ?? platform === 'openshift') === true;
}

/** The namespace whose policies apply to the whole mesh. */
export function rootNamespace({ istio: { values } }: Cluster): string {
  const namespace = valueAt(values, ['meshConfig', 'rootNamespace']);
  return typeof namespace === 'string' && namespace !== '' ? namespace : istioSystem;
}
