import { Chart } from 'cdk8s';
import type { ClusterSecrets } from '../../mesh/mesh';
import {
  backends,
  type EncryptedBackend,
  isEncryptedBackend,
  type RemoteSecretsBackend,
  type SecretsBackend,
  usesIstioCsr,
} from '../../mesh/secrets/backends';
import type { CaCerts } from '../../pki/ca-certs';
import type { RemoteKubeconfig } from '../../remotes/remote-kubeconfig';
import { caCertsChart, remoteSecretChart } from '../../secrets/mesh-secrets';
import type { ClusterScope } from '../api-objects';
import { CaCertsCertificate } from '../cert-manager';
import { CaCertsExternalSecret, RemoteExternalSecret } from '../external-secrets';
import { Validated } from '../props';
import { CaCertsSecret, RemoteSecret } from '../secrets';

type AddCaCerts = (scope: ClusterScope, caCerts: CaCerts | undefined) => void;
type Remotes = Readonly<Record<string, RemoteKubeconfig>>;
type AddRemoteSecrets = (scope: ClusterScope, remotes: Remotes) => void;

/** An encrypted backend adds the Secret itself, which the encryption of the app replaces. */
const caCertsCharts: Readonly<Record<Exclude<SecretsBackend, EncryptedBackend>, AddCaCerts>> = {
  plain: addCaCertsSecret,
  'external-secrets': (scope) => {
    const { name: clusterName, secrets } = scope.cluster;
    const store = storeOf(secrets);
    new CaCertsExternalSecret(
      new Chart(scope, caCertsChart),
      'cacerts',
      new Validated({ ...store, clusterName }),
    );
  },
  'cert-manager': (scope) => {
    const { name: clusterName, secrets } = scope.cluster;
    const { issuer, ...settings } = secrets.certManager;
    // With istio-csr, istiod needs no CA certificate.
    if (usesIstioCsr(secrets) || issuer === undefined) return;
    const { keyAlgorithm } = scope.mesh.certificates;
    const props = { ...settings, clusterName, issuer, keyAlgorithm };
    new CaCertsCertificate(new Chart(scope, caCertsChart), 'cacerts', new Validated(props));
  },
};

const remoteSecretsCharts: Readonly<
  Record<Exclude<RemoteSecretsBackend, EncryptedBackend>, AddRemoteSecrets>
> = {
  plain: addRemoteSecretObjects,
  'external-secrets': (scope) => {
    const { peers, secrets } = scope.cluster;
    const store = storeOf(secrets);
    // The store can have entries of peers that have not joined on this machine.
    for (const clusterName of peers) {
      const chart = new Chart(scope, remoteSecretChart(secrets.remoteSecrets, clusterName));
      new RemoteExternalSecret(chart, clusterName, new Validated({ ...store, clusterName }));
    }
  },
};

/** Adds the chart with the Secret `cacerts`, or with the object that creates it in the cluster. */
export function addCaCerts(scope: ClusterScope, caCerts: CaCerts | undefined): void {
  const { cacerts } = scope.cluster.secrets;
  const add = isEncryptedBackend(cacerts) ? addCaCertsSecret : caCertsCharts[cacerts];
  add(scope, caCerts);
}

/** Adds the charts with the remote secrets for a cluster's peers, or with the objects that create them. */
export function addRemoteSecrets(scope: ClusterScope, remotes: Remotes): void {
  const { remoteSecrets } = scope.cluster.secrets;
  const add = isEncryptedBackend(remoteSecrets) ? addRemoteSecretObjects : remoteSecretsCharts[remoteSecrets];
  add(scope, remotes);
}

function addCaCertsSecret(scope: ClusterScope, caCerts: CaCerts | undefined): void {
  if (caCerts === undefined) return;
  new CaCertsSecret(new Chart(scope, caCertsChart), 'cacerts', new Validated(caCerts));
}

function addRemoteSecretObjects(scope: ClusterScope, remotes: Remotes): void {
  const { peers, secrets } = scope.cluster;
  const charts = new Map<string, Chart>();
  for (const clusterName of peers) {
    const kubeconfig = remotes[clusterName];
    if (kubeconfig === undefined) continue;
    const id = remoteSecretChart(secrets.remoteSecrets, clusterName);
    const chart = charts.get(id) ?? new Chart(scope, id);
    charts.set(id, chart);
    new RemoteSecret(chart, clusterName, new Validated({ clusterName, kubeconfig }));
  }
}

function storeOf({ externalSecrets }: ClusterSecrets): NonNullable<ClusterSecrets['externalSecrets']> {
  if (externalSecrets === undefined) throw new TypeError('The backend external-secrets has no store.');
  return externalSecrets;
}

/** Makes the synthesis fail where Secrets of an encrypted backend would be written in plain text. */
export function refusePlainTextSecrets(scope: ClusterScope): void {
  scope.node.addValidation({ validate: () => unencryptedBackends(scope).map(refusal) });
}

function unencryptedBackends({ cluster: { secrets }, node }: ClusterScope): SecretsBackend[] {
  const used = node.findAll().flatMap((construct): SecretsBackend[] => {
    if (construct instanceof CaCertsSecret) return [secrets.cacerts];
    return construct instanceof RemoteSecret ? [secrets.remoteSecrets] : [];
  });
  return [...new Set(used)].filter((backend) => backends[backend].output !== 'plain-text');
}

function refusal(backend: SecretsBackend): string {
  return `The Secrets of the backend ${backend} would be in plain text. Add the cluster to an IstioMeshApp, which encrypts them with the encryption from loadInputs, or choose another backend.`;
}
