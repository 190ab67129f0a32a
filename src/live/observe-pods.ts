import type { V1Pod } from '@kubernetes/client-node';
import { istioSystem } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { askIstiod } from './istiod-request';
import type { LiveCluster } from './live-cluster';
import type { IstiodReplica, PodObservation, RemoteClusterStatus } from './observation';

/** The container of Istio's proxy, in gateways and as a sidecar. */
export const proxyContainer = 'istio-proxy';

/** The annotation with which the CNI node agent says that it redirects the traffic of a pod to ztunnel. */
const redirectionAnnotation = 'ambient.istio.io/redirection';

/** The pods with the given labels, except those that are terminating. */
export async function observePods(
  live: LiveCluster,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Promise<PodObservation[]> {
  const pods = await live.list<V1Pod>({ apiVersion: 'v1', kind: 'Pod', namespace, labels });
  return pods
    .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
    .map(({ metadata, spec, status }) => {
      // A native sidecar is an init container.
      const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
      return {
        name: metadata?.name ?? '',
        ready: isPodReady({ status }),
        sidecar: containers.some(({ name }) => name === proxyContainer),
        ambient: metadata?.annotations?.[redirectionAnnotation] === 'enabled',
        labels: metadata?.labels,
        notInjected: injectionObstacle({ metadata, spec }),
      };
    });
}

/** Whether a pod is in the mesh, in the data plane of HelloWorld. */
export function isInMesh(
  { helloWorld: { dataPlane } }: Pick<Cluster, 'helloWorld'>,
  pod: PodObservation,
): boolean {
  return dataPlane === 'ambient' ? pod.ambient : pod.sidecar;
}

/** Labels and annotations with this key and the value `false` exclude a pod from injection. */
const injectKey = 'sidecar.istio.io/inject';

/**
 * What in a pod excludes it from injection, also in a namespace with injection.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy
 */
export function injectionObstacle({ metadata, spec }: V1Pod): string | undefined {
  if (metadata?.labels?.[injectKey] === 'false') return `the label ${injectKey}: "false"`;
  if (metadata?.annotations?.[injectKey] === 'false') return `the annotation ${injectKey}: "false"`;
  return spec?.hostNetwork ? 'hostNetwork: true' : undefined;
}

/** Whether a pod has the condition Ready. */
export function isPodReady({ status }: V1Pod): boolean {
  return (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');
}

/** Asks each ready istiod pod with the given labels which clusters it reads. */
export async function observeReplicas(
  live: LiveCluster,
  labels: Readonly<Record<string, string>>,
): Promise<IstiodReplica[]> {
  const pods = await observePods(live, istioSystem, labels);
  const ready = pods.filter((pod) => pod.ready);
  return Promise.all(
    ready.map(async ({ name }) => ({ pod: name, remoteClusters: await remoteClusters(live, name) })),
  );
}

/** Undefined if the pod does not answer, for example because it is terminating. */
async function remoteClusters(live: LiveCluster, pod: string): Promise<RemoteClusterStatus[] | undefined> {
  const answer = await askIstiod(live, pod, '/debug/clusterz');
  return answer === undefined ? undefined : parseRemoteClusters(answer);
}

/** Parses a response of istiod's debug endpoint `clusterz`; undefined for any other text. */
export function parseRemoteClusters(text: string): RemoteClusterStatus[] | undefined {
  try {
    const entries: unknown = JSON.parse(text);
    if (!Array.isArray(entries)) return undefined;
    return entries.map(({ id, secretName, syncStatus }) => ({
      id: String(id),
      secretName: String(secretName ?? ''),
      syncStatus: String(syncStatus),
    }));
  } catch {
    return undefined;
  }
}

/** The sync status of a peer that an istiod pod does not know. */
export const unknownPeerStatus = 'no remote secret';

/**
 * The distinct sync statuses of a peer in the istiod pods of a cluster: istiod's `synced`, `syncing`,
 * `timeout` or `closed`, or a phrase if a pod does not know the peer or does not answer.
 */
export function syncStatuses(replicas: readonly IstiodReplica[], peer: string): string[] {
  if (replicas.length === 0) return ['no istiod pod is ready'];
  const statuses = replicas.map(({ remoteClusters }) => {
    if (remoteClusters === undefined) return 'istiod does not answer';
    const entry = remoteClusters.find(({ id, secretName }) => id === peer && secretName !== '');
    return entry?.syncStatus ?? unknownPeerStatus;
  });
  return [...new Set(statuses)];
}

/** Whether all istiod pods of a cluster have read a peer. */
export function isSynced(replicas: readonly IstiodReplica[], peer: string): boolean {
  return syncStatuses(replicas, peer).every((status) => status === 'synced');
}
