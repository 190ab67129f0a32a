import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, connect } from 'node:tls';

/** An API server, as a client connects to it. */
export interface ApiServer {
  /** Its address, such as https://203.0.113.10:6443. */
  readonly server: string;
  /**
   * The name that its certificate must have.
   * @default - the host of the address
   */
  readonly tlsServerName?: string;
}

/** The result of a TLS handshake with an API server. */
export type HandshakeResult =
  /** Its certificate is trusted. */
  | 'trusted'
  /** No server answers this machine. Other machines may still reach it. */
  | 'unreachable'
  /** Its certificate is not trusted, with OpenSSL's reason. */
  | { readonly untrusted: string };

/** The time limit of a handshake, in milliseconds. */
const handshakeTimeout = 5000;

/**
 * Connects to an API server, and validates its certificate as istiod does.
 *
 * @param certificateAuthorityData PEM, in base64; undefined for the public certificate authorities
 */
export async function tryHandshake(
  { server, tlsServerName }: ApiServer,
  certificateAuthorityData: string | undefined,
): Promise<HandshakeResult> {
  const { hostname, port } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '');
  const name = tlsServerName ?? host;
  const options: ConnectionOptions = {
    host,
    port: Number(port || 443),
    servername: isIP(name) ? '' : name,
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
    ca: certificateAuthorityData && Buffer.from(certificateAuthorityData, 'base64'),
    timeout: handshakeTimeout,
    // The result is read below, to distinguish an untrusted certificate from an unreachable server.
    rejectUnauthorized: false,
  };
  return new Promise((resolve) => {
    const finish = (result: HandshakeResult): void => {
      resolve(result);
      socket.destroy();
    };
    const socket = connect(options, () => {
      finish(socket.authorized ? 'trusted' : { untrusted: String(socket.authorizationError) });
    });
    socket.on('timeout', () => finish('unreachable'));
    socket.on('error', () => finish('unreachable'));
  });
}

/** The certificate authority that other clusters verify an API server with. */
export type Authority =
  /** PEM, in base64; undefined for the public certificate authorities. */
  | { readonly certificateAuthorityData: string | undefined }
  /** No candidate verifies the certificate, with OpenSSL's reason. */
  | { readonly untrusted: string };

/**
 * The first candidate that verifies the certificate of an API server. If the server is unreachable from
 * here, the first candidate: the other clusters may reach it.
 *
 * @param candidates PEM in base64, or undefined for the public certificate authorities; the preferred one first
 */
export async function findAuthority(
  apiServer: ApiServer,
  candidates: readonly (string | undefined)[],
): Promise<Authority> {
  let untrusted = '';
  for (const certificateAuthorityData of candidates) {
    const result = await tryHandshake(apiServer, certificateAuthorityData);
    if (result === 'trusted') return { certificateAuthorityData };
    if (result === 'unreachable') return { certificateAuthorityData: candidates[0] };
    untrusted ||= result.untrusted;
  }
  return { untrusted };
}
