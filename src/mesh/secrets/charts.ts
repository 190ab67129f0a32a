/**
 * The charts that hold the Secrets of a cluster, which are the names of their files, too: what encrypts
 * a Secret finds it by them.
 */

/** The chart with the Secret `cacerts`. */
export const caCertsChart = '20-cacerts';

/** The chart with all remote secrets, where they are in plain text. */
export const plainRemoteSecretsChart = '60-remote-secrets';

/** The chart with the remote secret for one cluster, where each is a file of its own. */
export function remoteSecretChart(clusterName: string): string {
  return `60-remote-secret-${clusterName}`;
}
