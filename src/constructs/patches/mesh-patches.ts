import { ApiObject } from 'cdk8s';
import type { ObjectHead } from '../../kubernetes/manifest';
import type { Mesh } from '../../mesh/mesh';
import type { Problem } from '../../problems/problem';
import type { IstioMeshCluster } from '../istio-mesh-cluster';
import { unmatchedPatch } from './patch-problems';

/** The problems of patches of the mesh that match an object in none of the clusters. */
export function unmatchedMeshPatches(mesh: Mesh, clusters: readonly IstioMeshCluster[]): Problem[] {
  const unmatched = (mesh.patches ?? []).filter(
    (patch) => !clusters.some(({ matchedPatches }) => matchedPatches.has(patch)),
  );
  if (unmatched.length === 0) return [];
  const heads = clusters.slice(0, 1).flatMap(headsOf);
  return unmatched.map((patch) => unmatchedPatch(patch, heads, mesh));
}

function headsOf(cluster: IstioMeshCluster): ObjectHead[] {
  return cluster.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
      apiVersion,
      kind,
      metadata: { name, namespace },
    }));
}
