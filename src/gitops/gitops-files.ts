import { posix } from 'node:path';
import { type OutputFile, objectFile } from '../files/output-file';
import type { Manifest } from '../kubernetes/manifest';
import type { Mesh } from '../mesh/mesh';
import { argocdTree } from './argocd/argocd-tree';
import { fluxTree } from './flux/flux-tree';

/**
 * The files beside those of the manifests: what makes each cluster's folder a base of kustomize, and what
 * the GitOps tool needs.
 *
 * @param ending the ending of the manifests' files
 */
export function gitopsFiles(mesh: Mesh, manifests: readonly Manifest[], ending: string): OutputFile[] {
  const manifestsOf = byCluster(manifests);
  const bases = mesh.clusters.map(({ name }) =>
    plainKustomization(
      name,
      manifestsOf(name).map(({ path }) => `${path}${ending}`),
    ),
  );
  const { gitops } = mesh;
  if (gitops === undefined) return bases;
  if (gitops.tool === 'argocd') return [...bases, ...argocdTree(mesh, gitops, ending)];
  const trees = mesh.clusters.map((cluster) =>
    fluxTree(mesh, gitops, cluster, manifestsOf(cluster.name), ending),
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

/** The name of a mesh's own objects for a GitOps tool: its ID, as Kubernetes allows names, short enough for a suffix. */
export function gitopsName({ meshID }: Pick<Mesh, 'meshID'>): string {
  const name = meshID.toLowerCase().replace(/[^a-z0-9-]/g, '-');
  return name.slice(0, 50).replace(/-+$/, '');
}

/**
 * What makes a folder a base of kustomize. It has no ending, so that `kubectl apply -f` of the folder,
 * which would not know what to do with it, leaves it out.
 *
 * @param folder the folder within the output
 * @param files the files that belong to it, as paths within the output
 */
export function plainKustomization(folder: string, files: readonly string[]): OutputFile {
  return objectFile(`${folder}/Kustomization`, {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: files.map((file) => posix.relative(folder, file)),
  });
}
