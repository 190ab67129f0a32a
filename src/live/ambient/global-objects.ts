import type { V1Service } from '@kubernetes/client-node';
import { hasAmbient } from '../../mesh/data-plane';
import { globalLabel } from '../../mesh/istio-names';
import type { Cluster, Mesh } from '../../mesh/mesh';
import type { LiveCluster } from '../live-cluster';
import { type LiveProblem, lasting, passing, problemOf } from '../live-problem';
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
  const [ofWaypoints, ofServices] = await Promise.all([
    Promise.all(
      waypoints.map(async ({ name, namespace }) =>
        waypointProblems(cluster, `${namespace}/${name}`, await readLiveGateway(live, name, namespace)),
      ),
    ),
    Promise.all(
      services
        .filter(({ scope }) => scope === 'global')
        .map(async ({ name, namespace }) =>
          serviceProblems(
            cluster,
            `${namespace}/${name}`,
            await live.read<V1Service>({ apiVersion: 'v1', kind: 'Service', name, namespace }),
          ),
        ),
    ),
  ]);
  const found = ofServices.flat();
  return {
    problems: [
      ...ofWaypoints.flat(),
      ...found.filter(({ isMissing }) => !isMissing).map(({ problem }) => problem),
    ],
    warnings: found.filter(({ isMissing }) => isMissing).map(({ problem }) => problem),
  };
}

/** Without a waypoint that works, calls of the Services that use it fail. */
export function waypointProblems(
  { name: cluster }: Pick<Cluster, 'name'>,
  waypoint: string,
  gateway: LiveGateway | undefined,
): LiveProblem[] {
  const [namespace = '', name = ''] = waypoint.split('/');
  if (gateway === undefined) {
    const message = `${cluster} has no waypoint ${waypoint}.`;
    return [
      problemOf(cluster, 'LIVE-WAYPOINT', lasting(message, `Apply 91-waypoints.k8s.yaml of ${cluster}.`)),
    ];
  }
  const programmed = gateway.status?.conditions?.find(({ type }) => type === 'Programmed');
  if (programmed?.status === 'True') return [];
  const reason = programmed?.message === undefined ? '' : `: ${programmed.message.replace(/\.$/, '')}`;
  const message = `The waypoint ${waypoint} of ${cluster} does not work yet${reason}.`;
  const hint = `Run kubectl -n ${namespace} describe gateway ${name}, and kubectl -n ${namespace} get pods -l gateway.networking.k8s.io/gateway-name=${name}.`;
  return [problemOf(cluster, 'LIVE-WAYPOINT', passing(message, hint))];
}

/** A global Service resolves only in a cluster that has it, and is global only with the label. */
function serviceProblems(
  { name: cluster }: Cluster,
  service: string,
  found: V1Service | undefined,
): { readonly isMissing: boolean; readonly problem: LiveProblem }[] {
  if (found === undefined) {
    const message = `${cluster} has no Service ${service}, so its clients do not find the pods of other clusters.`;
    const hint = `If ${cluster} calls it, create it there, or write stub: { clusters: [${cluster}] } with its ports in services of mesh.yaml.`;
    return [{ isMissing: true, problem: problemOf(cluster, 'LIVE-SERVICE', lasting(message, hint)) }];
  }
  const [label = ''] = Object.keys(globalLabel);
  if (found.metadata?.labels?.[label] === 'true') return [];
  const [namespace, name] = service.split('/');
  const message = `Service ${service} of ${cluster} does not have the label ${label}: "true", so it is local.`;
  const hint = `Add it to the manifest of the Service. At once: kubectl -n ${namespace} label service ${name} ${label}=true.`;
  return [{ isMissing: false, problem: problemOf(cluster, 'LIVE-SERVICE', lasting(message, hint)) }];
}
