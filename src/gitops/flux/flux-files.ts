import type { OutputFile } from '../../files/output-file';
import type { PlainObject } from '../../kubernetes/manifest';
import type { Cluster, GitOps, Mesh } from '../../mesh/mesh';
import { kustomizeBase, objectFile } from '../object-file';
import { groupsOf } from './groups';
import { groupKustomization, rootKustomization } from './kustomization';
import { fluxSource } from './source';

/**
 * The files for Flux in one cluster: the source, a chain of Kustomizations, each of which waits for the one
 * before it, and a root Kustomization that manages all of them. Users apply them once.
 *
 * A group's folder refers to the manifests in the cluster's folder, because Flux can read the whole
 * repository.
 *
 * @param manifests the files with the manifests of the cluster
 * @param extension the extension of the files, such as .k8s.yaml
 */
export function fluxFiles(
  mesh: Mesh,
  gitops: GitOps,
  cluster: Cluster,
  manifests: readonly OutputFile[],
  extension: string,
): OutputFile[] {
  const folder = `flux/${cluster.name}`;
  const file = (name: string, object: PlainObject) => objectFile(`${folder}/${name}${extension}`, object);
  const groups = groupsOf(manifests, extension);
  const managedByRoot = [
    file('source', fluxSource(mesh, gitops)),
    ...groups.map((group, index) =>
      file(group.name, groupKustomization(mesh, gitops, cluster, group, groups[index - 1])),
    ),
  ];
  const groupBases = groups.map((group) =>
    kustomizeBase(
      `${folder}/${group.name}`,
      group.files.map(({ path }) => path),
    ),
  );
  // The base leaves out the root, so that a user's own Kustomization of the folder can replace the root.
  const base = kustomizeBase(
    folder,
    managedByRoot.map(({ path }) => path),
  );
  return [...managedByRoot, file('root', rootKustomization(mesh, gitops, cluster)), base, ...groupBases];
}
