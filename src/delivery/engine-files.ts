import type { Mesh } from '../mesh/mesh';
import { argocdTree } from './argocd/argocd-tree';
import { fluxTree } from './flux/flux-tree';
import type { Manifest } from './manifest';
import type { OutputFile } from './output-file';
import { plainKustomization } from './plain-kustomization';

/**
 * The files beside those of the manifests: what makes each cluster's folder a base of kustomize, and what
 * the engine of delivery needs.
 *
 * @param ending the ending of the manifests' files
 */
export function engineFiles(mesh: Mesh, manifests: readonly Manifest[], ending: string): OutputFile[] {
  const manifestsOf = byCluster(manifests);
  const bases = mesh.clusters.map(({ name }) =>
    plainKustomization(
      name,
      manifestsOf(name).map(({ path }) => `${path}${ending}`),
    ),
  );
  const { delivery } = mesh;
  if (delivery === undefined) return bases;
  if (delivery.engine === 'argocd') return [...bases, ...argocdTree(mesh, delivery, ending)];
  const trees = mesh.clusters.map((cluster) =>
    fluxTree(mesh, delivery, cluster, manifestsOf(cluster.name), ending),
  );
  return [...bases, ...trees.flat()];
}

/** The manifests of each cluster that Kubernetes takes, in the order in which kubectl applies their files. */
function byCluster(manifests: readonly Manifest[]): (cluster: string) => readonly Manifest[] {
  const clusters = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const [cluster = '', folder] = manifest.path.split('/');
    if (folder === 'operator') continue;
    const earlier = clusters.get(cluster);
    if (earlier === undefined) clusters.set(cluster, [manifest]);
    else earlier.push(manifest);
  }
  for (const each of clusters.values()) each.sort((one, other) => (one.path < other.path ? -1 : 1));
  return (cluster) => clusters.get(cluster) ?? [];
}
