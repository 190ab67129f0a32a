import type { PlainObject } from '../../kubernetes/manifest';
import type { Cluster, GitOps, Mesh } from '../../mesh/mesh';
import { backends, secretsBackendsOf } from '../../mesh/secrets/backends';
import { gitopsName } from '../object-file';
import { type Group, healthChecksOf } from './groups';
import { fluxSource } from './source';

/** The Secret with the age keys that Flux decrypts with, in the namespace of Flux. */
const decryptionSecret = 'sops-age';

/** The Kustomization that manages the source and the other Kustomizations, so that they follow the repository. */
export function rootKustomization(mesh: Mesh, gitops: GitOps, cluster: Cluster): PlainObject {
  return kustomization(mesh, gitops, gitopsName(mesh), {
    path: folderOf(gitops, cluster),
    prune: true,
  });
}

/**
 * The Kustomization that manages one group of a cluster's manifests.
 *
 * @param previous the group that must be healthy first
 */
export function groupKustomization(
  mesh: Mesh,
  gitops: GitOps,
  cluster: Cluster,
  group: Group,
  previous: Group | undefined,
): PlainObject {
  const nameOf = ({ name }: Group): string => `${gitopsName(mesh)}-${name}`;
  return kustomization(mesh, gitops, nameOf(group), {
    path: `${folderOf(gitops, cluster)}/${group.name}`,
    // Deleting a CRD deletes all its resources.
    prune: group.name !== 'crds',
    ...(previous === undefined ? {} : { dependsOn: [{ name: nameOf(previous) }] }),
    ...healthOf(group),
    ...decryptionOf(cluster),
  });
}

function kustomization(
  mesh: Mesh,
  gitops: GitOps,
  name: string,
  { path, ...spec }: { readonly path: string; readonly [key: string]: unknown },
): PlainObject {
  const { kind, metadata } = fluxSource(mesh, gitops);
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: gitops.namespace },
    spec: {
      sourceRef: { kind, name: metadata.name },
      path,
      interval: '10m',
      retryInterval: '1m',
      timeout: '5m',
      ...spec,
    },
  };
}

function folderOf({ repository }: GitOps, { name }: Cluster): string {
  return `./${repository.path}/flux/${name}`;
}

/** CRDs need `wait`, which waits for every object; other groups cannot use it, because Flux then ignores their health checks. */
function healthOf({ name, files }: Group) {
  if (name === 'crds') return { wait: true };
  const healthChecks = healthChecksOf(files);
  return healthChecks.length === 0 ? {} : { healthChecks };
}

function decryptionOf(cluster: Cluster) {
  const [provider] = secretsBackendsOf(cluster).flatMap((backend) => backends[backend].fluxDecryption ?? []);
  return provider === undefined ? {} : { decryption: { provider, secretRef: { name: decryptionSecret } } };
}
