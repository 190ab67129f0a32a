/** The tokens with which proxies ask for certificates. */
export interface SdsValues {
  /**
   * The token of a pod's service account.
   * @default - for the audience istio-ca
   */
  readonly token?: SdsTokenValues;
}

/** The token with which a proxy asks for a certificate. */
export interface SdsTokenValues {
  /**
   * The audience that the CA demands.
   * @default - istio-ca
   */
  readonly aud?: string;
}

/** The server in each proxy that exchanges tokens. */
export interface StsValues {
  /**
   * Its port; 0 turns it off.
   * @default - 0
   */
  readonly servicePort?: number;
}
