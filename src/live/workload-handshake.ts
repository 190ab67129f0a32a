import { connect } from 'node:tls';
import type { LiveCluster } from './live-cluster';
import type { HandshakeObservation } from './observation';
import type { PodLocation } from './pod-command';
import type { PodStream } from './pod-stream';

/** A TLS connection through an east-west gateway to a workload. */
export interface WorkloadTarget {
  readonly host: string;
  readonly port: number;
  /** The name by which the gateway chooses the Service. */
  readonly serverName: string;
  /** The root certificates that verify the workload, in PEM. */
  readonly roots: string;
}

/** The time limit, in milliseconds. */
const timeout = 8000;

/**
 * Opens a new TLS connection from a pod through a gateway, and reads the certificate of the workload that
 * answers. Without a certificate of its own, it gets no further than that. `untried` if the container has no
 * netcat, which carries the connection, or the cluster does not allow to run it.
 */
export async function tryHandshakeFromPod(
  live: LiveCluster,
  location: PodLocation,
  target: WorkloadTarget,
): Promise<HandshakeObservation | 'untried'> {
  const command = ['nc', target.host, String(target.port)];
  const stream = await live.open({ ...location, command, timeoutSeconds: timeout / 1000 });
  if (stream === undefined) return 'untried';
  try {
    return await handshake(stream, target);
  } finally {
    stream.destroy();
  }
}

function handshake(
  stream: PodStream,
  { host, port, serverName, roots }: WorkloadTarget,
): Promise<HandshakeObservation | 'untried'> {
  return new Promise((resolve) => {
    const socket = connect({
      socket: stream,
      servername: serverName,
      // Proxies of Istio accept mutual TLS only with a protocol of their own.
      ALPNProtocols: ['istio'],
      ca: roots === '' ? undefined : roots,
      checkServerIdentity: () => undefined,
      // The result is read below, to name the workload whose certificate is not trusted.
      rejectUnauthorized: false,
    });
    const finish = (result: HandshakeObservation | 'untried'): void => {
      clearTimeout(timer);
      resolve(result);
      socket.destroy();
    };
    const closed = () =>
      finish(stream.isCommandMissing ? 'untried' : { reason: `${host}:${port} closes the connection` });
    const timer = setTimeout(() => finish({ reason: `${host}:${port} does not answer` }), timeout);
    socket.on('secureConnect', () => {
      const { subjectaltname = '' } = socket.getPeerCertificate();
      const identity = /URI:([^,\s]+)/.exec(subjectaltname)?.[1] ?? subjectaltname;
      finish({ identity, trusted: roots === '' || socket.authorized });
    });
    socket.on('error', closed);
    socket.on('close', closed);
  });
}
