import { Yaml } from 'cdk8s';
import { formsOfSecrets } from '../../mesh/forms-of-secrets';
import type { Cluster, Delivery, Mesh } from '../../mesh/mesh';
import { engineName } from '../engine-name';
import type { PlainObject } from '../manifest';
import type { Group } from './groups';
import { healthChecksOf } from './health-checks';
import { fluxSource } from './source';

/** The Secret with the age keys that Flux decrypts with, in its own namespace. */
const decryptionSecret = 'sops-age';

/** What keeps the source and the chain themselves, so that they follow the repository. */
export function rootKustomization(mesh: Mesh, delivery: Delivery, cluster: Cluster): PlainObject {
  return kustomization(mesh, delivery, engineName(mesh), {
    path: treePath(delivery, cluster),
    prune: true,
  });
}

/** What keeps one group of a cluster's manifests, once the group before is healthy. */
export function groupKustomization(
  mesh: Mesh,
  delivery: Delivery,
  cluster: Cluster,
  group: Group,
  before: Group | undefined,
): PlainObject {
  const nameOf = ({ name }: Group): string => `${engineName(mesh)}-${name}`;
  return kustomization(mesh, delivery, nameOf(group), {
    path: `${treePath(delivery, cluster)}/${group.name}`,
    // Without its definition, every resource of a kind would be gone.
    prune: group.name !== 'crds',
    ...(before === undefined ? {} : { dependsOn: [{ name: nameOf(before) }] }),
    ...healthOf(group),
    ...(formsOfSecrets(cluster).includes('sops') ? { decryption } : {}),
    ...(group.name === 'istiod' && mesh.istio.controlPlane === 'istioctl' ? { patches: [strict] } : {}),
  });
}

function kustomization(
  mesh: Mesh,
  delivery: Delivery,
  name: string,
  { path, ...spec }: { readonly path: string; readonly [key: string]: unknown },
): PlainObject {
  const { kind, metadata } = fluxSource(mesh, delivery);
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: delivery.namespace },
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

function treePath({ repository }: Delivery, { name }: Cluster): string {
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
