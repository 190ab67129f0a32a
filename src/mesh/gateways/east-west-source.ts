import { type DefinitionPath, valueAt } from '../../problems/problem';
import type { AnyMeshDefinition, ClusterDefinition } from '../definition';
import type { EastWestGatewayDefinition } from '../gateway';
import { mergeValues } from '../helm-values';
import { gatewayNamespace } from './namespace';

/** The definition of a cluster's east-west gateway: its own merged over that of the mesh. Undefined if it is disabled. */
export function eastWestGatewayOf(
  { eastWestGateway: own = {} }: Pick<ClusterDefinition, 'eastWestGateway'>,
  { eastWestGateway: ofMesh }: Pick<AnyMeshDefinition, 'eastWestGateway'>,
): EastWestGatewayDefinition | undefined {
  if (own === 'disabled') return undefined;
  return ofMesh === undefined ? own : mergeValues(ofMesh, own);
}

/** The namespace of a cluster's east-west gateway; undefined if it is disabled. */
export function eastWestNamespace(
  cluster: Pick<ClusterDefinition, 'eastWestGateway'>,
  mesh: Pick<AnyMeshDefinition, 'eastWestGateway'>,
): string | undefined {
  const gateway = eastWestGatewayOf(cluster, mesh);
  return gateway === undefined ? undefined : gatewayNamespace(gateway.namespace).name;
}

/** Where a setting of a cluster's east-west gateway is defined: in the mesh, if the cluster does not have it. */
export function eastWestGatewayPath(
  { eastWestGateway: ofMesh, clusters }: AnyMeshDefinition,
  index: number,
  at: DefinitionPath,
): DefinitionPath {
  const own = clusters[index]?.eastWestGateway;
  const known = at
    .map((_, position) => at.slice(0, at.length - position))
    .find((path) => [own, ofMesh].some((holder) => valueAt(holder, path) !== undefined));
  const isOfMesh = known !== undefined && valueAt(own, known) === undefined;
  return [...(isOfMesh ? [] : ['clusters', index]), 'eastWestGateway', ...at];
}
