import { stringify } from 'yaml';

/**
 * All that a kubeconfig for istiod may hold: where a cluster's API server is, and how to log in there.
 * Nothing in it refers to a file or starts a program, because istiod has neither.
 */
export interface RemoteKubeconfig {
  /** The address of the API server as the reading clusters reach it, such as https://203.0.113.10:6443. */
  readonly server: string;
  /**
   * The certificate authority of the API server: PEM, in base64.
   * @default - the authorities that istiod's image trusts
   */
  readonly certificateAuthorityData?: string;
  /**
   * The name that the API server's certificate must have.
   * @default - the host of the address
   */
  readonly tlsServerName?: string;
  /**
   * The proxy through which istiod reaches the API server, such as http://203.0.113.20:3128.
   * @default - none
   */
  readonly proxyUrl?: string;
  readonly user: RemoteUser;
}

/** How istiod logs in to a remote cluster. */
export type RemoteUser =
  | { readonly token: string }
  | {
      /** PEM, in base64. */
      readonly clientCertificateData: string;
      /** PEM, in base64. */
      readonly clientKeyData: string;
    }
  | { readonly username: string; readonly password: string };

/**
 * Writes a kubeconfig the way `istioctl create-remote-secret` does: cluster, context, user and current
 * context all have the name of the remote cluster. The same input gives the same bytes, because istiod
 * drops and rebuilds its connection whenever the bytes change.
 *
 * @param clusterName the name of the remote cluster
 */
export function formatRemoteKubeconfig(clusterName: string, kubeconfig: RemoteKubeconfig): string {
  const known = texts.get(kubeconfig);
  if (known?.clusterName === clusterName) return known.text;
  const text = format(clusterName, kubeconfig);
  texts.set(kubeconfig, { clusterName, text });
  return text;
}

/** All peers of a cluster get the same text: among 100 clusters, writing it anew for each took 0.9 s of 3.5 s. */
const texts = new WeakMap<RemoteKubeconfig, { readonly clusterName: string; readonly text: string }>();

function format(clusterName: string, kubeconfig: RemoteKubeconfig): string {
  const { server, certificateAuthorityData, tlsServerName, proxyUrl, user } = kubeconfig;
  const content = {
    apiVersion: 'v1',
    clusters: [
      {
        cluster: {
          'certificate-authority-data': certificateAuthorityData,
          'proxy-url': proxyUrl,
          server,
          'tls-server-name': tlsServerName,
        },
        name: clusterName,
      },
    ],
    contexts: [{ context: { cluster: clusterName, user: clusterName }, name: clusterName }],
    'current-context': clusterName,
    kind: 'Config',
    users: [{ name: clusterName, user: credentials(user) }],
  };
  // Go reads YAML 1.1, in which more words need quotes: a password of yes would be a boolean.
  return stringify(content, { lineWidth: 0, indentSeq: false, version: '1.1' });
}

function credentials(user: RemoteUser): Record<string, string> {
  if ('token' in user) return { token: user.token };
  if ('username' in user) return { password: user.password, username: user.username };
  return {
    'client-certificate-data': user.clientCertificateData,
    'client-key-data': user.clientKeyData,
  };
}
