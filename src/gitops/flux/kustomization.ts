import { Yaml } from 'cdk8s';
import type { PlainObject } from '../../kubernetes/manifest';
import type { Cluster, GitOps, Mesh } from '../../mesh/mesh';
import { secretsBackendsOf } from '../../mesh/secrets/definition';
import { gitopsName } from '../gitops-files';
import { fluxSource } from './flux-tree';
import { type Group, healthChecksOf } from './groups';

/** The Secret with the age keys that Flux decrypts with, in its own namespace. */
const decryptionSecret = 'sops-age';

/** What keeps the source and the chain themselves, so that they follow the repository. */
export function rootKustomization(mesh: Mesh, gitops: GitOps, cluster: Cluster): PlainObject {
  return kustomization(mesh, gitops, gitopsName(mesh), {
    path: treePath(gitops, cluster),
    prune: true,
  });
}

/** What keeps one group of a cluster's manifests, once the group before is healthy. */
export function groupKustomization(
  mesh: Mesh,
  gitops: GitOps,
  cluster: Cluster,
  group: Group,
  before: Group | undefined,
): PlainObject {
  const nameOf = ({ name }: Group): string => `${gitopsName(mesh)}-${name}`;
  return kustomization(mesh, gitops, nameOf(group), {
    path: `${treePath(gitops, cluster)}/${group.name}`,
    // Without its definition, every resource of a kind would be gone.
    prune: group.name !== 'crds',
    ...(before === undefined ? {} : { dependsOn: [{ name: nameOf(before) }] }),
    ...healthOf(group),
    ...(secretsBackendsOf(cluster).includes('sops') ? { decryption } : {}),
    ...(group.name === 'istiod' && mesh.istio.controlPlane === 'istioctl' ? { patches: [strict] } : {}),
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

function treePath({ repository }: GitOps, { name }: Cluster): string {
  return `./${repository.path}/flux/${name}`;
}

/** Definitions are waited for as a whole; with `wait`, Flux would ignore the checks of the others. */
function healthOf({ name, manifests }: Group) {
  if (name === 'crds') return { wait: true };
  const healthChecks = healthChecksOf(manifests);
  return healthChecks.length === 0 ? {} : { healthChecks };
}

const decryption = { provider: 'sops', secretRef: { name: decryptionSecret } };

/** What istiod makes of its validators, so that Flux does not undo it; istioctl has no value for it. */
const strict = {
  target: { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
  patch: Yaml.stringify([{ op: 'add', path: '/webhooks/0/failurePolicy', value: 'Fail' }]),
};
