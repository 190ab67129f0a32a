import { parseAllDocuments } from 'yaml';
import {
  hasSecretLine,
  identityOf,
  isPlainSecret,
  type Manifest,
  type PlainObject,
} from '../kubernetes/manifest';
import { type Cluster, findCluster, type Mesh } from '../mesh/mesh';
import {
  backends,
  isEncryptedBackend,
  type SecretsBackend,
  secretsBackendsOf,
} from '../mesh/secrets/backends';
import type { Problem } from '../problems/problem';
import { secretsOf } from './mesh-secrets';

/**
 * Finds plain-text Secrets in the charts of clusters whose output may be committed. A chart outside of all
 * clusters must have none where the output of every cluster may be committed. A Secret without data, which
 * requests a token, is not a problem.
 *
 * @param extension the file extension of manifests
 */
export function validateNoPlainTextSecrets(
  mesh: Mesh,
  manifests: readonly Manifest[],
  extension: string,
): Problem[] {
  return manifests.flatMap((manifest) => {
    const cluster = findCluster(mesh, manifest.path.split('/')[0] ?? '');
    const isPlainText = cluster === undefined ? mesh.clusters.some(isAllPlainText) : isAllPlainText(cluster);
    if (isPlainText) return [];
    const exposed = objectsIn(manifest).filter((object) => isPlainSecret(object) && hasData(object));
    if (exposed.length === 0) return [];
    const backend = cluster && backendOf(mesh, cluster, manifest.path);
    if (backend !== undefined && isPlainTextBackend(backend)) return [];
    const file = `${manifest.path}${extension}`;
    return exposed.map((object) =>
      backend !== undefined && isEncryptedBackend(backend)
        ? unencryptedSecret(object, backend, file)
        : userSecret(object, cluster, file),
    );
  });
}

function isPlainTextBackend(backend: SecretsBackend): boolean {
  return backends[backend].output === 'plain-text';
}

function isAllPlainText(cluster: Cluster): boolean {
  return secretsBackendsOf(cluster).every(isPlainTextBackend);
}

/** The backend of the mesh's Secret in a chart; undefined for the user's own charts. */
function backendOf(mesh: Mesh, cluster: Cluster, path: string): SecretsBackend | undefined {
  return secretsOf(mesh, cluster).find(({ chart }) => path === `${cluster.name}/${chart}`)?.backend;
}

function objectsIn({ content }: Manifest): readonly PlainObject[] {
  if ('objects' in content) return content.objects;
  if (!hasSecretLine(content.text)) return [];
  const documents = parseAllDocuments(content.text);
  return documents
    .map((document) => document.toJS() as PlainObject | null)
    .filter((object) => object !== null);
}

function hasData({ data, stringData }: PlainObject): boolean {
  return [data, stringData].some((values) => Object.keys(values ?? {}).length > 0);
}

function userSecret(object: PlainObject, cluster: Cluster | undefined, file: string): Problem {
  const output = cluster === undefined ? 'the output' : `the output for ${cluster.name}`;
  return {
    code: 'SECRET-PLAIN',
    location: { file },
    message: `${identityOf(object)} is in plain text, and ${output} is meant to be committed.`,
    hint: 'Write an object that creates the Secret in the cluster, such as an ExternalSecret or a SealedSecret, or apply the Secret separately.',
  };
}

function unencryptedSecret(object: PlainObject, backend: SecretsBackend, file: string): Problem {
  return {
    code: 'SECRET-PLAIN',
    location: { file },
    message: `${identityOf(object)} would be in plain text, because the encryption of the backend ${backend} was not loaded.`,
    hint: 'Pass the encryption from loadInputs to IstioMeshApp.',
  };
}
