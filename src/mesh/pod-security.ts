import { valueAt } from '../problems/problem';
import { hasAmbient } from './data-plane';
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
 * The Pod Security level of the control plane's namespace; undefined without hardening. The CNI node agent and ztunnel
 * need to be privileged, and those that another tool has installed usually run in this namespace.
 */
export function controlPlanePodSecurity(mesh: Mesh, cluster: Cluster): PodSecurityLevel | undefined {
  if (mesh.security === 'istio') return undefined;
  const { cni, ztunnel } = cluster.istio;
  const hasNodeAgent = cni === undefined ? redirectsByCni(mesh, cluster) : cni.namespace === istioSystem;
  const hasZtunnel = hasAmbient(cluster.dataPlane) && (ztunnel?.namespace ?? istioSystem) === istioSystem;
  return hasNodeAgent || hasZtunnel ? 'privileged' : levelsOfControlPlane[mesh.istio.controlPlane];
}

/**
 * The Pod Security level of a namespace with sidecars; undefined without hardening. Without the CNI plugin, an init
 * container redirects the traffic of each pod, which needs the capability NET_ADMIN.
 */
export function workloadPodSecurity(mesh: Mesh, cluster: Cluster): PodSecurityLevel | undefined {
  if (mesh.security === 'istio') return undefined;
  return redirectsByCni(mesh, cluster) ? 'restricted' : 'privileged';
}

/** The label of a namespace with a Pod Security level. */
export function podSecurityLabels(level: PodSecurityLevel | undefined): Record<string, string> {
  return level === undefined ? {} : { 'pod-security.kubernetes.io/enforce': level };
}

/**
 * Whether a CNI node agent redirects the traffic of pods instead of an init container: the one of `istio.cni`, or one
 * that another tool has installed. Only with Helm do Istio's charts assume one on OpenShift.
 */
function redirectsByCni({ istio }: Mesh, { istio: { cni, values } }: Cluster): boolean {
  const platform = valueAt(values, ['global', 'platform']) || values.platform;
  const byPlatform = istio.controlPlane === 'helm' && platform === 'openshift';
  return (valueAt(values, ['pilot', 'cni', 'enabled']) ?? (cni !== undefined || byPlatform)) === true;
}

/** The namespace whose policies apply to the whole mesh. */
export function rootNamespace({ istio: { values } }: Cluster): string {
  const namespace = valueAt(values, ['meshConfig', 'rootNamespace']);
  return typeof namespace === 'string' && namespace !== '' ? namespace : istioSystem;
}
