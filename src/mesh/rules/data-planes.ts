import { type DefinitionPath, type DefinitionProblem, formatPath } from '../../problems/problem';
import { type DataPlane, dataPlaneOf, hasAmbient, hasSidecars } from '../data-plane';
import type { AnyMeshDefinition, ClusterDefinition } from '../definition';
import type { DefinitionNote } from '../notes';
import { defaultTrustDomain } from '../trust-domains';
import type { Rule } from './clusters';

/**
 * What Istio's ambient mode cannot do between networks fails silently there: calls do not leave the cluster, or end in
 * nothing.
 */
export const soundDataPlanes: Rule = (definition) =>
  clustersWith(definition, hasAmbient).length === 0
    ? []
    : [oneDataPlane, oneTrustDomain, oneGatewayOfNetwork].flatMap((rule) => rule(definition));

interface PlacedCluster {
  readonly cluster: ClusterDefinition;
  readonly index: number;
}

function clustersWith(
  definition: AnyMeshDefinition,
  condition: (dataPlane: DataPlane) => boolean,
): PlacedCluster[] {
  return definition.clusters
    .map((cluster, index) => ({ cluster, index }))
    .filter(({ cluster }) => condition(dataPlaneOf(definition, cluster)));
}

function names(clusters: readonly PlacedCluster[]): string {
  return clusters.map(({ cluster }) => cluster.name).join(', ');
}

function pathOfDataPlane({ cluster, index }: PlacedCluster): DefinitionPath {
  return cluster.dataPlane === undefined ? ['dataPlane'] : ['clusters', index, 'dataPlane'];
}

/** A sidecar does not reach a pod in ambient mode through a gateway, and calls of ztunnel to a sidecar fail behind one. */
function oneDataPlane(definition: AnyMeshDefinition): DefinitionProblem[] {
  const [ambient] = clustersWith(definition, (dataPlane) => dataPlane === 'ambient');
  const sidecars = clustersWith(definition, hasSidecars);
  if (ambient === undefined || sidecars.length === 0) return [];
  return [
    {
      code: 'MESH-DATA-PLANE',
      path: pathOfDataPlane(ambient),
      message: `${ambient.cluster.name} is in ambient mode, and ${names(sidecars)} has sidecars. Between networks, neither reaches the other (istio/istio#57878).`,
      hint: 'Write the same data plane for all clusters.',
    },
  ];
}

/** ztunnel expects the trust domain of its own cluster from every peer. */
function oneTrustDomain(definition: AnyMeshDefinition): DefinitionProblem[] {
  const { trustDomain: ofMesh = defaultTrustDomain, clusters } = definition;
  const [first = ofMesh] = clusters.map(({ trustDomain = ofMesh }) => trustDomain);
  return clusters.flatMap(({ name, trustDomain = ofMesh }, index) =>
    trustDomain === first
      ? []
      : {
          code: 'MESH-DATA-PLANE' as const,
          path: ['clusters', index, 'trustDomain'],
          message: `${name} has the trust domain ${trustDomain}, and ${clusters[0]?.name} has ${first}. In ambient mode, clusters of different trust domains do not reach each other (istio/istio#61608).`,
          hint: 'Write one trustDomain for the mesh, or dataPlane: sidecar.',
        },
  );
}

/** istiod knows one gateway for HBONE of each network. */
function oneGatewayOfNetwork(definition: AnyMeshDefinition): DefinitionProblem[] {
  const withGateway = clustersWith(definition, hasAmbient).filter(
    ({ cluster }) => cluster.eastWestGateway !== 'disabled',
  );
  return withGateway.flatMap(({ cluster, index }, position) => {
    const other = withGateway
      .slice(0, position)
      .find(({ cluster: { network } }) => network === cluster.network);
    if (other === undefined) return [];
    return {
      code: 'MESH-DATA-PLANE' as const,
      path: ['clusters', index, 'network'],
      message: `${other.cluster.name} and ${cluster.name} both have an east-west gateway for the network ${cluster.network}. Ambient mode supports one for each network (istio/istio#56960).`,
      hint: `Write eastWestGateway: disabled for one of them, or another network.`,
    };
  });
}

/** What sidecars lose in clusters with both data planes, although nothing in the definition is wrong. */
export function dataPlaneNotes(definition: AnyMeshDefinition): DefinitionNote[] {
  const both = clustersWith(definition, (dataPlane) => hasAmbient(dataPlane) && hasSidecars(dataPlane));
  const [first] = both;
  if (first === undefined) return [];
  const path = pathOfDataPlane(first);
  return [
    {
      path,
      message: `${formatPath(path)} is both: sidecars in ${names(both)} call Services of other networks only if the Services have the label istio.io/global: "true" (istio/istio#61713), and only the pods of them that have sidecars.`,
    },
  ];
}
