import { stringifyYaml } from '../kubernetes/yaml';

/**
 * The content of a kubeconfig for istiod: the address of a cluster's API server and the credentials for it.
 * It cannot refer to files or start programs, because they do not exist in the pod of istiod.
 */
export interface RemoteKubeconfig {
  /** The address of the API server for the other clusters, such as https://203.0.113.10:6443. */
  readonly server: string;
  /**
   * The certificate authority of the API server: base64 of PEM.
   * @default - the certificate authorities in the image of istiod
   */
  readonly certificateAuthorityData?: string;
  /**
   * The expected name in the certificate of the API server.
   * @default - the host of `server`
   */
  readonly tlsServerName?: string;
  /**
   * The proxy that istiod uses to connect to the API server, such as http://203.0.113.20:3128.
   * @default - no proxy
   */
  readonly proxyUrl?: string;
  /** The credentials. */
  readonly user: RemoteUser;
}

/** A client certificate and its key. */
export interface RemoteUserCertificate {
  /** Base64 of PEM. */
  readonly clientCertificateData: string;
  /** Base64 of PEM. */
  readonly clientKeyData: string;
}

/** A bearer token. */
export interface RemoteUserToken {
  readonly token: string;
}

/** A user name and a password. */
export interface RemoteUserPassword {
  readonly username: string;
  readonly password: string;
}

/**
 * The credentials of istiod for a remote cluster. With a certificate and a token or a password, istiod uses both, as
 * every Kubernetes client does.
 */
export type RemoteUser =
  | RemoteUserToken
  | RemoteUserPassword
  | RemoteUserCertificate
  | (RemoteUserToken & RemoteUserCertificate)
  | (RemoteUserPassword & RemoteUserCertificate);

/**
 * Formats a kubeconfig like `istioctl create-remote-secret`: cluster, context, user and current context
 * all have the name of the remote cluster. The same input gives the same bytes, because istiod reconnects
 * whenever the bytes change.
 *
 * @param clusterName the name of the remote cluster
 */
export function formatRemoteKubeconfig(clusterName: string, kubeconfig: RemoteKubeconfig): string {
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
  return stringifyYaml(content, { indentSeq: false });
}

function credentials(user: RemoteUser): Record<string, string> {
  return {
    ...('clientKeyData' in user
      ? { 'client-certificate-data': user.clientCertificateData, 'client-key-data': user.clientKeyData }
      : {}),
    ...('password' in user ? { password: user.password } : {}),
    ...('token' in user ? { token: user.token } : {}),
    ...('username' in user ? { username: user.username } : {}),
  };
}

/** The token of a kubeconfig; undefined for other credentials. */
export function tokenOf({ user }: RemoteKubeconfig): string | undefined {
  return 'token' in user ? user.token : undefined;
}
