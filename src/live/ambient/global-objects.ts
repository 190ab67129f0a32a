import type { V1Service } from '@kubernetes/client-node';
import { hasAmbient } from '../../mesh/data-plane';
import { globalLabel } from '../../mesh/istio-names';
import type { Cluster, Mesh } from '../../mesh/mesh';
import { withoutDot } from '../../problems/sentence';
import { hasLabels } from '../label-selector';
import type { LiveCluster } from '../live-cluster';
import { type LiveProblem, lasting, passing, problemOf, type UnlocatedProblem } from '../live-problem';
import { type LiveGateway, readLiveGateway } from './ambient-gateway';

/** What is wrong with the waypoints and the global Services of a cluster. */
export interface GlobalObjects {
  readonly problems: readonly LiveProblem[];
  /** Services that the cluster lacks: whether it calls them is not known. */
  readonly warnings: readonly LiveProblem[];
}

/** Observes the waypoints and the global Services of a mesh in a cluster with ambient mode. */
export async function observeGlobalObjects(
  live: LiveCluster,
  { waypoints, services }: Mesh,
  cluster: Cluster,
): Promise<GlobalObjects> {
  if (!hasAmbient(cluster.dataPlane)) return { problems: [], warnings: [] };
  const global = services.filter(({ scope }) => scope === 'global');
  const [gateways, found] = await Promise.all([
    Promise.all(waypoints.map(({ name, namespace }) => readLiveGateway(live, name, namespace))),
    Promise.all(
      global.map(({ name, namespace }) =>
        live.read<V1Service>({ apiVersion: 'v1', kind: 'Service', name, namespace }),
      ),
    ),
  ]);
  return {
    problems: [
      ...waypoints.flatMap((waypoint, index) => waypointProblems(cluster, waypoint, gateways[index])),
      ...global.flatMap((service, index) => localProblems(cluster, service, found[index])),
    ],
    warnings: global.filter((_, index) => found[index] === undefined).map((each) => missing(cluster, each)),
  };
}

interface NamespacedName {
  readonly name: string;
  readonly namespace: string;
}

/** Without a waypoint that works, calls of the Services that use it fail. */
export function waypointProblems(
  { name: cluster }: Pick<Cluster, 'name'>,
  { name, namespace }: NamespacedName,
  gateway: LiveGateway | undefined,
): LiveProblem[] {
  const report = (problem: UnlocatedProblem) => [problemOf(cluster, 'LIVE-WAYPOINT', problem)];
  if (gateway === undefined) {
    const message = `${cluster} has no waypoint ${namespace}/${name}.`;
    return report(lasting(message, `Apply 91-waypoints.k8s.yaml of ${cluster}.`));
  }
  const programmed = gateway.status?.conditions?.find(({ type }) => type === 'Programmed');
  if (programmed?.status === 'True') return [];
  const reason = programmed?.message === undefined ? '' : `: ${withoutDot(programmed.message)}`;
  const message = `The waypoint ${namespace}/${name} of ${cluster} does not work yet${reason}.`;
  const hint = `Run kubectl -n ${namespace} describe gateway ${name}, and kubectl -n ${namespace} get pods -l gateway.networking.k8s.io/gateway-name=${name}.`;
  return report(passing(message, hint));
}

/** The name of a Service resolves only in a cluster that has it. */
function missing({ name: cluster }: Cluster, { name, namespace }: NamespacedName): LiveProblem {
  const message = `${cluster} has no Service ${namespace}/${name}, so its clients do not find the pods of other clusters.`;
  const hint = `If ${cluster} calls it, create it there, or write stub: { clusters: [${cluster}] } with its ports in services of mesh.yaml.`;
  return problemOf(cluster, 'LIVE-SERVICE', lasting(message, hint));
}

/** A Service is global only with the label. */
function localProblems(
  { name: cluster }: Cluster,
  { name, namespace }: NamespacedName,
  service: V1Service | undefined,
): LiveProblem[] {
  if (service === undefined || hasLabels(service.metadata?.labels, globalLabel)) return [];
  const [label, value] = Object.entries(globalLabel).flat();
  const message = `Service ${namespace}/${name} of ${cluster} does not have the label ${label}: "${value}", so it is local.`;
  const hint = `Add it to the manifest of the Service. At once: kubectl -n ${namespace} label service ${name} ${label}=${value}.`;
  return [problemOf(cluster, 'LIVE-SERVICE', lasting(message, hint))];
}
