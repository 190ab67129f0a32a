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
