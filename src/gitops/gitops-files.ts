import type { OutputFile } from '../files/output-file';
import type { Mesh } from '../mesh/mesh';
import { argocdFiles } from './argocd/argocd-files';
import { fluxFiles } from './flux/flux-files';
import { kustomizeBase } from './object-file';

/**
 * The files beside the manifests: they make each cluster's folder a Kustomize base, and configure the
 * GitOps tool.
 *
 * @param manifests the files with the manifests of all clusters
 * @param extension the extension of the files, such as .k8s.yaml
 */
export function gitopsFiles(mesh: Mesh, manifests: readonly OutputFile[], extension: string): OutputFile[] {
  const { gitops, clusters } = mesh;
  const byCluster = filesByCluster(manifests, extension);
  const filesOf = (cluster: string) => byCluster.get(cluster) ?? [];
  const bases = clusters.map(({ name }) =>
    kustomizeBase(
      name,
      filesOf(name).map(({ path }) => path),
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
        ...clusters.flatMap((cluster) => fluxFiles(mesh, gitops, cluster, filesOf(cluster.name), extension)),
      ];
  }
}

/** The files that the API server of each cluster accepts, in the order of the names of their charts. */
function filesByCluster(
  files: readonly OutputFile[],
  extension: string,
): ReadonlyMap<string, readonly OutputFile[]> {
  const chartOf = ({ path }: OutputFile): string => path.slice(0, -extension.length);
  const byCluster = new Map<string, OutputFile[]>();
  for (const file of files) {
    const [cluster = '', folder] = file.path.split('/');
    // IstioOperator files are input for istioctl.
    if (folder === 'operator') continue;
    const others = byCluster.get(cluster);
    if (others === undefined) byCluster.set(cluster, [file]);
    else others.push(file);
  }
  for (const each of byCluster.values()) each.sort((a, b) => (chartOf(a) < chartOf(b) ? -1 : 1));
  return byCluster;
}
