/** A key or a token of the mesh that is on this machine, and must be nowhere else in plain text. */
export interface KnownSecret {
  /** What it is, in words that give nothing away, such as `the private key certs/cluster1/ca-key.pem`. */
  readonly name: string;
  /** Whether it is part of cacerts or of a remote secret; the key of the root is of neither. */
  readonly kind: SecretKind | 'root';
  /** The secret itself: the number that makes a private key, the signature of a token, a password. */
  readonly bytes: Buffer;
  /** Whether the bytes are text, which can be found as it is, or only in base64. */
  readonly isText: boolean;
}

/** What a secret of the mesh is for. */
export type SecretKind = 'cacerts' | 'remoteSecrets';
