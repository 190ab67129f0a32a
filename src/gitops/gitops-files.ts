import type { OutputFile } from '../files/output-file';
import type { Manifest } from '../kubernetes/manifest';
import type { Mesh } from '../mesh/mesh';
import { argocdFiles } from './argocd/argocd-files';
import { fluxFiles } from './flux/flux-files';
import { kustomizeBase } from './object-file';

/**
 * The files beside the manifests: they make each cluster's folder a Kustomize base, and configure the
 * GitOps tool.
 *
 * @param extension the extension of the manifests' files, such as .k8s.yaml
 */
export function gitopsFiles(mesh: Mesh, manifests: readonly Manifest[], extension: string): OutputFile[] {
  const { gitops, clusters } = mesh;
  const byCluster = manifestsByCluster(manifests);
  const manifestsOf = (cluster: string) => byCluster.get(cluster) ?? [];
  const bases = clusters.map(({ name }) =>
    kustomizeBase(
      name,
      manifestsOf(name).map(({ path }) => `${path}${extension}`),
    ),
  );
  switch (gitops?.tool) {
    case undefined:
      return bases;
    case 'argocd':
      return [...bases, ...argocdFiles(mesh, gitops, extension)];
    case 'flux':
      return [
        ...bases,
        ...clusters.flatMap((cluster) =>
          fluxFiles(mesh, gitops, cluster, manifestsOf(cluster.name), extension),
        ),
      ];
  }
}

/** The manifests that the API server of each cluster accepts, in the order in which kubectl applies their files. */
function manifestsByCluster(manifests: readonly Manifest[]): ReadonlyMap<string, readonly Manifest[]> {
  const byCluster = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const [cluster = '', folder] = manifest.path.split('/');
    // IstioOperator files are input for istioctl.
    if (folder === 'operator') continue;
    const others = byCluster.get(cluster);
    if (others === undefined) byCluster.set(cluster, [manifest]);
    else others.push(manifest);
  }
  for (const each of byCluster.values()) each.sort((a, b) => (a.path < b.path ? -1 : 1));
  return byCluster;
}
