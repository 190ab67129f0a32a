import { type OutputFile, objectFile } from '../../files/output-file';
import type { Manifest, PlainObject } from '../../kubernetes/manifest';
import type { Cluster, GitOps, Mesh } from '../../mesh/mesh';
import { gitopsName, plainKustomization } from '../gitops-files';
import { groupsOf } from './groups';
import { groupKustomization, rootKustomization } from './kustomization';

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
  gitops: GitOps,
  cluster: Cluster,
  manifests: readonly Manifest[],
  ending: string,
): OutputFile[] {
  const folder = `flux/${cluster.name}`;
  const file = (name: string, object: PlainObject) => objectFile(`${folder}/${name}${ending}`, object);
  const groups = groupsOf(manifests);
  const followed = [
    file('source', fluxSource(mesh, gitops)),
    ...groups.map((group, index) =>
      file(group.name, groupKustomization(mesh, gitops, cluster, group, groups[index - 1])),
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
  return [...followed, file('root', rootKustomization(mesh, gitops, cluster)), plain, ...folders];
}

/** Where Flux finds the output. */
export function fluxSource(mesh: Mesh, { namespace, repository }: GitOps): PlainObject {
  const { url, branch, tag, secret } = repository;
  const isOci = url.startsWith('oci://');
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: isOci ? 'OCIRepository' : 'GitRepository',
    metadata: { name: gitopsName(mesh), namespace },
    spec: {
      interval: '1m',
      url: withScheme(url),
      ref: tag === undefined ? { branch } : { tag },
      ...(secret === undefined ? {} : { secretRef: { name: secret } }),
    },
  };
}

/** Of the forms of git addresses, Flux does not take the one without a scheme. */
function withScheme(url: string): string {
  return url.includes('://') ? url : `ssh://${url.replace(':', '/')}`;
}
