import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { caCertsChart, plainRemoteSecretsChart, remoteSecretChart } from '../../mesh/secrets/charts';
import { usesIstioCsr } from '../../mesh/secrets/definition';
import type { CaCerts } from '../../pki/ca-certs';
import type { RemoteKubeconfig } from '../../remotes/remote-kubeconfig';
import type { ClusterScope } from '../api-objects';
import { CaCertsCertificate } from '../ca-certs-certificate';
import { CaCertsSecret } from '../ca-certs-secret';
import { CaCertsExternalSecret, RemoteExternalSecret } from '../external-secrets';
import { RemoteSecret } from '../remote-secret';

/** Adds the Secret `cacerts`, or what the cluster makes it of. */
export function addCaCerts(scope: ClusterScope, caCerts: CaCerts | undefined): void {
  const { name: clusterName, secrets } = scope.cluster;
  const { externalSecrets, certManager } = secrets;
  const chart = () => new Chart(scope, caCertsChart);
  if (secrets.cacerts === 'cert-manager') {
    const { issuer } = certManager;
    // istio-csr issues by itself, and istiod needs no CA certificate.
    if (usesIstioCsr(secrets) || issuer === undefined) return;
    const { keyAlgorithm } = scope.mesh.certificates;
    new CaCertsCertificate(chart(), 'cacerts', { ...certManager, clusterName, issuer, keyAlgorithm });
  } else if (secrets.cacerts === 'external-secrets' && externalSecrets !== undefined) {
    new CaCertsExternalSecret(chart(), 'cacerts', { ...externalSecrets, clusterName });
  } else if (caCerts !== undefined) {
    new CaCertsSecret(chart(), 'cacerts', caCerts);
  }
}

/** Adds the remote secrets for a cluster's peers, or what the cluster makes them of. */
export function addRemoteSecrets(
  scope: ClusterScope,
  remotes: Readonly<Record<string, RemoteKubeconfig>>,
): void {
  const { peers, secrets } = scope.cluster;
  const { remoteSecrets, externalSecrets } = secrets;
  const ofItsOwn = (clusterName: string): Chart => new Chart(scope, remoteSecretChart(clusterName));
  if (remoteSecrets === 'external-secrets' && externalSecrets !== undefined) {
    // Of all peers, joined or not: what this machine has is not what the store has.
    for (const clusterName of peers) {
      new RemoteExternalSecret(ofItsOwn(clusterName), clusterName, { ...externalSecrets, clusterName });
    }
    return;
  }
  const joined = peers.flatMap((clusterName) => {
    const kubeconfig = remotes[clusterName];
    return kubeconfig === undefined ? [] : [{ clusterName, kubeconfig }];
  });
  if (joined.length === 0) return;
  // Where each is encrypted by itself, a cluster that joins or leaves changes no other's file.
  const shared = remoteSecrets === 'plain' ? new Chart(scope, plainRemoteSecretsChart) : undefined;
  for (const remote of joined) {
    new RemoteSecret(shared ?? ofItsOwn(remote.clusterName), remote.clusterName, remote);
  }
}

const mark = Symbol.for('cdk8s-istio-mesh.encryptingApp');

/** Tells the constructs of an app that it encrypts Secrets whose backend is not plain, or refuses them. */
export function markAsEncrypting(app: IConstruct): void {
  Object.defineProperty(app, mark, { value: true });
}

/** Has a cluster refuse to be synthesized by another app, where that would write keys or tokens in plain text. */
export function refuseOtherApps(scope: ClusterScope): void {
  scope.node.addValidation({
    validate: () => (mark in scope.node.root ? [] : exposedBackends(scope).map(refusal)),
  });
}

/** The backends whose Secrets are in plain text before an app encrypts them. */
function exposedBackends({ cluster: { secrets }, node }: ClusterScope): string[] {
  const backends = node.findAll().flatMap((construct) => {
    if (construct instanceof CaCertsSecret) return secrets.cacerts;
    return construct instanceof RemoteSecret ? secrets.remoteSecrets : [];
  });
  return [...new Set(backends)].filter((backend) => backend !== 'plain');
}

function refusal(backend: string): string {
  return `Its Secrets of the backend ${backend} would be in plain text. Put the cluster into an IstioMeshApp, which encrypts them with what loadInputs gives it, or choose another backend.`;
}
