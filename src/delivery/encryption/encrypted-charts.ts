import { join, resolve } from 'node:path';
import { formsOfSecrets } from '../../mesh/forms-of-secrets';
import type { Cluster, Mesh } from '../../mesh/mesh';
import { caCertsChart, remoteSecretChart } from '../../mesh/secret-charts';
import type { SecretsForm } from '../../mesh/secrets-definition';
import { shownRemoteFile } from '../../remotes/remote-file';
import type { EncryptedForm } from './cipher';

/** A chart of a cluster that holds one Secret, where its form is one that encrypts. */
export interface SecretChart<Form extends SecretsForm = SecretsForm> {
  /** The name of the cluster. */
  readonly cluster: string;
  /** Its path, such as cluster1/20-cacerts. */
  readonly path: string;
  readonly form: Form;
  /** The cluster whose kubeconfig the Secret holds; undefined for the Secret cacerts. */
  readonly peer?: string;
  /** Where the plain text is, if it is on this machine, as mesh.yaml names it. */
  readonly source: string;
}

/** Whether a form encrypts. */
function isEncryptedForm(form: SecretsForm): form is EncryptedForm {
  return form === 'sealed-secrets' || form === 'sops';
}

/** Whether any Secret of a mesh is encrypted. */
export function hasEncryptedSecrets({ clusters }: Mesh): boolean {
  return clusters.some((cluster) => formsOfSecrets(cluster).some(isEncryptedForm));
}

/** The folder that keeps what has been encrypted. */
export function keptFolder(mesh: Mesh, directory: string): string {
  return resolve(directory, mesh.secrets.directory);
}

/** The charts of a cluster whose Secrets are encrypted, once all its peers have been joined. */
export function encryptedCharts(mesh: Mesh, cluster: Cluster): SecretChart<EncryptedForm>[] {
  return secretCharts(mesh, cluster).filter((chart): chart is SecretChart<EncryptedForm> =>
    isEncryptedForm(chart.form),
  );
}

/** Those that would be, if the form of their Secrets were not plain. */
export function plainCharts(mesh: Mesh, cluster: Cluster): SecretChart[] {
  return secretCharts(mesh, cluster).filter(({ form }) => form === 'plain');
}

function secretCharts(mesh: Mesh, { name, peers, secrets }: Cluster): SecretChart[] {
  const caCerts = {
    cluster: name,
    path: `${name}/${caCertsChart}`,
    form: secrets.cacerts,
    source: join(mesh.certificates.directory, name),
  };
  const remotes = peers.map((peer) => ({
    cluster: name,
    path: `${name}/${remoteSecretChart(peer)}`,
    form: secrets.remoteSecrets,
    peer,
    source: shownRemoteFile(mesh, peer),
  }));
  return [caCerts, ...remotes];
}
