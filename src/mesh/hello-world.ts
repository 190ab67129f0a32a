import { type DataPlane, hasAmbient } from './data-plane';
import type { VerificationDefinition } from './definition';
import type { Cluster } from './mesh';

/** The data planes of one pod. */
export const podDataPlanes = ['sidecar', 'ambient'] as const satisfies readonly DataPlane[];
export type PodDataPlane = (typeof podDataPlanes)[number];

/** Which clusters the pods of a Service are called from. */
export const serviceScopes = ['global', 'local'] as const;
export type ServiceScope = (typeof serviceScopes)[number];

/** How HelloWorld in one cluster takes part in the mesh. */
export interface ClusterHelloWorld {
  readonly dataPlane: PodDataPlane;
  /** Whether its Service has the label istio.io/global. */
  readonly scope: ServiceScope;
}

/** HelloWorld in a cluster. Where a cluster has both data planes, `verification` decides which one it uses. */
export function clusterHelloWorld(
  verification: VerificationDefinition = {},
  dataPlane: DataPlane,
): ClusterHelloWorld {
  return {
    dataPlane: dataPlane === 'both' ? (verification.dataPlane ?? 'sidecar') : dataPlane,
    scope: hasAmbient(dataPlane) ? (verification.scope ?? 'global') : 'local',
  };
}

/** The other clusters whose HelloWorld answers a cluster. Without ambient mode, Istio ignores the scope of Services. */
export function answeringPeers({ peers, dataPlane, helloWorld }: Cluster): readonly string[] {
  return hasAmbient(dataPlane) && helloWorld.scope === 'local' ? [] : peers;
}
