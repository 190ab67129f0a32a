import { parseAllDocuments } from 'yaml';
import { identityOf, isPlainSecret, type Manifest, type PlainObject } from '../kubernetes/manifest';
import { type Cluster, findCluster, type Mesh } from '../mesh/mesh';
import { caCertsChart, plainRemoteSecretsChart, remoteSecretChart } from '../mesh/secrets/charts';
import { type SecretsBackend, secretsBackendsOf } from '../mesh/secrets/definition';
import type { Problem } from '../problems/problem';

/**
 * Secrets in plain text in clusters whose output is meant to be committed; in charts of no cluster, where
 * that of all is. A Secret without data, which asks the cluster for a token, may be.
 */
export function plainTextSecrets(mesh: Mesh, manifests: readonly Manifest[], ending: string): Problem[] {
  return manifests.flatMap((manifest) => {
    const cluster = findCluster(mesh, manifest.path.split('/')[0] ?? '');
    if (cluster === undefined ? mesh.clusters.some(isPlain) : isPlain(cluster)) return [];
    const exposed = objectsOf(manifest).filter((object) => isPlainSecret(object) && hasData(object));
    if (exposed.length === 0) return [];
    const backend = cluster && backendOf(cluster, manifest.path);
    if (backend === 'plain') return [];
    const file = `${manifest.path}${ending}`;
    return exposed.map((object) =>
      backend === undefined ? ofUser(object, cluster, file) : notLoaded(object, backend, file),
    );
  });
}

function isPlain(cluster: Cluster): boolean {
  return secretsBackendsOf(cluster).every((backend) => backend === 'plain');
}

/** The backend of a Secret of ours; undefined where it is of somebody else. */
function backendOf({ name, peers, secrets }: Cluster, path: string): SecretsBackend | undefined {
  if (path === `${name}/${caCertsChart}`) return secrets.cacerts;
  const isRemote = peers.some((peer) => path === `${name}/${remoteSecretChart(peer)}`);
  return isRemote || path === `${name}/${plainRemoteSecretsChart}` ? secrets.remoteSecrets : undefined;
}

function objectsOf({ content }: Manifest): readonly PlainObject[] {
  if ('objects' in content) return content.objects;
  if (!/^kind: Secret$/m.test(content.text)) return [];
  const documents = parseAllDocuments(content.text);
  return documents
    .map((document) => document.toJS() as PlainObject | null)
    .filter((object) => object !== null);
}

function hasData({ data, stringData }: PlainObject): boolean {
  return [data, stringData].some((values) => Object.keys(values ?? {}).length > 0);
}

function ofUser(object: PlainObject, cluster: Cluster | undefined, file: string): Problem {
  const output = cluster === undefined ? 'the output' : `the output for ${cluster.name}`;
  return {
    code: 'SECRET-PLAIN',
    location: { file },
    message: `${identityOf(object)} is in plain text, and ${output} is meant to be committed.`,
    hint: 'Write what your store or controller makes it of, such as an ExternalSecret or a SealedSecret of your own, or bring it to the cluster by another way.',
  };
}

function notLoaded(object: PlainObject, backend: SecretsBackend, file: string): Problem {
  return {
    code: 'SECRET-PLAIN',
    location: { file },
    message: `${identityOf(object)} would be in plain text, because what encrypts it in the backend ${backend} was not loaded.`,
    hint: 'Pass encryption, as loadInputs gives it, to IstioMeshApp.',
  };
}
