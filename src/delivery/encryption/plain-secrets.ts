import { parseAllDocuments } from 'yaml';
import { formsOfSecrets } from '../../mesh/forms-of-secrets';
import { type Cluster, findCluster, type Mesh } from '../../mesh/mesh';
import type { Problem } from '../../mesh/problem';
import { caCertsChart, plainRemoteSecretsChart, remoteSecretChart } from '../../mesh/secret-charts';
import type { SecretsForm } from '../../mesh/secrets-definition';
import { identityOf, isPlainSecret, type Manifest, type PlainObject } from '../manifest';

/**
 * Secrets in plain text in clusters whose output is meant to be committed; in charts of no cluster, where
 * that of all is. A Secret without data, which asks the cluster for a token, may be.
 */
export function plainSecrets(mesh: Mesh, manifests: readonly Manifest[], ending: string): Problem[] {
  return manifests.flatMap((manifest) => {
    const cluster = findCluster(mesh, manifest.path.split('/')[0] ?? '');
    if (cluster === undefined ? mesh.clusters.some(isPlain) : isPlain(cluster)) return [];
    const exposed = objectsOf(manifest).filter((object) => isPlainSecret(object) && hasData(object));
    if (exposed.length === 0) return [];
    const form = cluster && formOf(cluster, manifest.path);
    if (form === 'plain') return [];
    const file = `${manifest.path}${ending}`;
    return exposed.map((object) =>
      form === undefined ? ofUser(object, cluster, file) : notLoaded(object, form, file),
    );
  });
}

function isPlain(cluster: Cluster): boolean {
  return formsOfSecrets(cluster).every((form) => form === 'plain');
}

/** The form of a Secret of ours; undefined where it is of somebody else. */
function formOf({ name, peers, secrets }: Cluster, path: string): SecretsForm | undefined {
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
    place: { file },
    found: `${identityOf(object)} is in plain text, and ${output} is meant to be committed.`,
    remedy:
      'Write what your store or controller makes it of, such as an ExternalSecret or a SealedSecret of your own, or bring it to the cluster by another way.',
  };
}

function notLoaded(object: PlainObject, form: SecretsForm, file: string): Problem {
  return {
    code: 'SECRET-PLAIN',
    place: { file },
    found: `${identityOf(object)} would be in plain text, because what encrypts it in the form ${form} was not loaded.`,
    remedy: 'Pass encryption, as loadInputs gives it, to IstioMeshApp.',
  };
}
