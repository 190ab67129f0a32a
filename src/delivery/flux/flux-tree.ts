import type { Cluster, Delivery, Mesh } from '../../mesh/mesh';
import type { Manifest, PlainObject } from '../manifest';
import { objectFile } from '../object-file';
import type { OutputFile } from '../output-file';
import { plainKustomization } from '../plain-kustomization';
import { groupsOf } from './groups';
import { groupKustomization, rootKustomization } from './kustomization';
import { fluxSource } from './source';

/**
 * What Flux needs in one cluster: the source, a chain of Kustomizations, each of which waits for the one
 * before, and one that keeps all of these. It is applied once by hand.
 *
 * The folder of a Kustomization refers to the manifests of the cluster where they are: Flux lets it reach
 * all of the repository.
 *
 * @param manifests the manifests of the cluster
 * @param ending the ending of the files
 */
export function fluxTree(
  mesh: Mesh,
  delivery: Delivery,
  cluster: Cluster,
  manifests: readonly Manifest[],
  ending: string,
): OutputFile[] {
  const folder = `flux/${cluster.name}`;
  const file = (name: string, object: PlainObject) => objectFile(`${folder}/${name}${ending}`, object);
  const groups = groupsOf(manifests);
  const followed = [
    file('source', fluxSource(mesh, delivery)),
    ...groups.map((group, index) =>
      file(group.name, groupKustomization(mesh, delivery, cluster, group, groups[index - 1])),
    ),
  ];
  const folders = groups.map((group) =>
    plainKustomization(
      `${folder}/${group.name}`,
      group.manifests.map(({ path }) => `${path}${ending}`),
    ),
  );
  // Without the root: somebody else's Kustomization of this folder takes its place, and not its object.
  const plain = plainKustomization(
    folder,
    followed.map(({ path }) => path),
  );
  return [...followed, file('root', rootKustomization(mesh, delivery, cluster)), plain, ...folders];
}
