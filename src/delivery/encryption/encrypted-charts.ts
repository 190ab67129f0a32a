import { join, resolve } from 'node:path';
import type { Cluster, Mesh } from '../../mesh/mesh';
import { caCertsChart, remoteSecretChart } from '../../mesh/secret-charts';
import type { SecretsForm } from '../../mesh/secrets-definition';
import { shownRemoteFile } from '../../remotes/remote-file';
import type { EncryptedForm } from './cipher';

/** A chart of a cluster that holds one Secret, which is encrypted. */
export interface EncryptedChart {
  /** The name of the cluster. */
  readonly cluster: string;
  /** Its path, such as cluster1/20-cacerts. */
  readonly path: string;
  readonly form: EncryptedForm;
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
  return clusters.some(({ secrets }) => [secrets.cacerts, secrets.remoteSecrets].some(isEncryptedForm));
}

/** The folder that keeps what has been encrypted. */
export function keptFolder(mesh: Mesh, directory: string): string {
  return resolve(directory, mesh.secrets.directory);
}

/** The charts of a cluster whose Secrets are encrypted, once all its peers have been joined. */
export function encryptedCharts(mesh: Mesh, { name, peers, secrets }: Cluster): EncryptedChart[] {
  const { cacerts, remoteSecrets } = secrets;
  const charts: EncryptedChart[] = [];
  if (isEncryptedForm(cacerts)) {
    const source = join(mesh.certificates.directory, name);
    charts.push({ cluster: name, path: `${name}/${caCertsChart}`, form: cacerts, source });
  }
  if (isEncryptedForm(remoteSecrets)) {
    for (const peer of peers) {
      const path = `${name}/${remoteSecretChart(peer)}`;
      charts.push({ cluster: name, path, form: remoteSecrets, peer, source: shownRemoteFile(mesh, peer) });
    }
  }
  return charts;
}
