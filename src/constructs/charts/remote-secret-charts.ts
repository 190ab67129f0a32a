import { Chart } from 'cdk8s';
import { plainRemoteSecretsChart, remoteSecretChart } from '../../mesh/secret-charts';
import type { RemoteKubeconfig } from '../../remotes/remote-kubeconfig';
import { RemoteExternalSecret } from '../remote-external-secret';
import { RemoteSecret } from '../remote-secret';
import type { ClusterScope } from './cluster-scope';

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
