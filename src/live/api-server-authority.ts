import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, connect } from 'node:tls';

/** An API server, as somebody is about to reach it. */
export interface ApiServer {
  /** Its address, such as https://203.0.113.10:6443. */
  readonly server: string;
  /**
   * The name that its certificate must have.
   * @default - the host of the address
   */
  readonly tlsServerName?: string;
}

/** What a handshake with an API server showed. */
export type Handshake =
  /** Its certificate is trusted. */
  | 'trusted'
  /** Nobody answers from here, which says nothing about other places. */
  | 'unreachable'
  /** Its certificate is not; why is said as OpenSSL says it. */
  | { readonly untrusted: string };

/** For how long a handshake is waited for, in milliseconds. */
const handshakeTimeout = 5000;

/**
 * Asks an API server for its certificate, and judges it as istiod would.
 *
 * @param certificateAuthorityData PEM, in base64; undefined for the public authorities
 */
export async function shakeHands(
  { server, tlsServerName }: ApiServer,
  certificateAuthorityData: string | undefined,
): Promise<Handshake> {
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
    // Judged below, so that a certificate that is not trusted differs from nobody answering.
    rejectUnauthorized: false,
  };
  return new Promise((resolve) => {
    const end = (handshake: Handshake): void => {
      resolve(handshake);
      socket.destroy();
    };
    const socket = connect(options, () => {
      end(socket.authorized ? 'trusted' : { untrusted: String(socket.authorizationError) });
    });
    socket.on('timeout', () => end('unreachable'));
    socket.on('error', () => end('unreachable'));
  });
}

/** What other clusters shall know an API server by. */
export type Authority =
  /** PEM, in base64; undefined for the public authorities. */
  | { readonly certificateAuthorityData: string | undefined }
  /** None that is known will do; why is said as OpenSSL says it. */
  | { readonly untrusted: string };

/**
 * The first of some authorities that vouches for an API server. Where nobody answers from here, the
 * first of all: the other clusters may be nearer.
 *
 * @param candidates PEM in base64, or undefined for the public authorities; the usual one first
 */
export async function findAuthority(
  apiServer: ApiServer,
  candidates: readonly (string | undefined)[],
): Promise<Authority> {
  let untrusted = '';
  for (const certificateAuthorityData of candidates) {
    const handshake = await shakeHands(apiServer, certificateAuthorityData);
    if (handshake === 'trusted') return { certificateAuthorityData };
    if (handshake === 'unreachable') return { certificateAuthorityData: candidates[0] };
    untrusted ||= handshake.untrusted;
  }
  return { untrusted };
}
