import { Writable } from 'node:stream';
import type { KubeConfig } from '@kubernetes/client-node';
import { withHandshakeTimeout } from './pod-command';
import { PodConnection } from './pod-connection';

/** A port of a running pod. */
export interface PodPortLocation {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
  /** The time limit to open the connection, in seconds. */
  readonly timeoutSeconds: number;
}

/** A connection to a port of a pod through the API server, as one stream. */
export class PodPort extends PodConnection {
  /** Opens a connection. */
  static async open(config: KubeConfig, location: PodPortLocation): Promise<PodPort> {
    const stream = new PodPort();
    await stream.start(config, location);
    return stream;
  }

  private constructor() {
    super();
    // Who reads the stream sees its end.
    this.on('error', () => {});
  }

  private async start(config: KubeConfig, { namespace, pod, port, timeoutSeconds }: PodPortLocation) {
    const { PortForward } = await import('./kubernetes-client.js');
    const errors = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        // The pod does not listen on the port. At first, an empty part comes on each channel.
        if (chunk.length > 0) this.destroy();
        done();
      },
    });
    const forward = new PortForward(withHandshakeTimeout(config, timeoutSeconds));
    const socket = await forward.portForward(namespace, pod, [port], this.output, errors, this.input);
    const opened = typeof socket === 'function' ? socket() : socket;
    if (opened === null) throw Object.assign(new Error('The connection closed.'), { code: 'ECONNRESET' });
    this.attach(opened);
  }
}
