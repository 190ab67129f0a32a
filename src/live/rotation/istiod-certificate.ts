import { connect, type DetailedPeerCertificate } from 'node:tls';
import { istioSystem } from '../../mesh/istio-names';
import { type Certificate, readCertificate } from '../../pki/certificate';
import type { LiveCluster } from '../live-cluster';
import type { PodPort } from '../pod-port';

/** The port on which istiod signs the certificates of workloads. */
const caPort = 15012;

/** The time limit of a handshake, in milliseconds. */
const timeout = 8000;

/**
 * The certificate that an istiod pod presents, and its issuers. istiod issues it with its own CA, each time that it loads
 * the Secret cacerts, so the chain shows with which root the pod signs now. Undefined if the pod cannot be reached.
 */
export async function istiodCertificate(live: LiveCluster, pod: string): Promise<Certificate[] | undefined> {
  const stream = await live.openPort({
    namespace: istioSystem,
    pod,
    port: caPort,
    timeoutSeconds: timeout / 1000,
  });
  if (stream === undefined) return undefined;
  try {
    return await presentedChain(stream);
  } finally {
    stream.destroy();
  }
}

function presentedChain(stream: PodPort): Promise<Certificate[] | undefined> {
  return new Promise((resolve) => {
    const socket = connect({
      socket: stream,
      servername: `istiod.${istioSystem}.svc`,
      ALPNProtocols: ['h2'],
      checkServerIdentity: () => undefined,
      // The chain is read below, with any root.
      rejectUnauthorized: false,
    });
    const finish = (chain?: Certificate[]): void => {
      clearTimeout(timer);
      resolve(chain);
      socket.destroy();
    };
    const timer = setTimeout(() => finish(), timeout);
    socket.on('secureConnect', () => finish(chainOf(socket.getPeerCertificate(true))));
    socket.on('error', () => finish());
    socket.on('close', () => finish());
  });
}

/** A self-signed certificate is its own issuer. */
function chainOf(leaf: DetailedPeerCertificate): Certificate[] {
  const chain: Certificate[] = [];
  let current: DetailedPeerCertificate | undefined = leaf;
  while (current?.raw !== undefined) {
    chain.push(readCertificate(current.raw));
    current = current.issuerCertificate === current ? undefined : current.issuerCertificate;
  }
  return chain;
}
