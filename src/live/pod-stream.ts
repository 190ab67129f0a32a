import { Writable } from 'node:stream';
import type { KubeConfig, V1Status } from '@kubernetes/client-node';
import { type PodCommand, withHandshakeTimeout } from './pod-command';
import { PodConnection } from './pod-connection';

/** The standard input and output of a command in a container, as one stream. */
export class PodStream extends PodConnection {
  /** Whether the container does not have the command. */
  isCommandMissing = false;

  /** Starts a command. */
  static async open(config: KubeConfig, command: PodCommand): Promise<PodStream> {
    const stream = new PodStream();
    await stream.start(config, command);
    return stream;
  }

  private async start(
    config: KubeConfig,
    { namespace, pod, container, command, timeoutSeconds }: PodCommand,
  ) {
    const { Exec } = await import('./kubernetes-client.js');
    const errors = new Writable({ write: (_chunk, _encoding, done) => done() });
    const socket = await new Exec(withHandshakeTimeout(config, timeoutSeconds)).exec(
      namespace,
      pod,
      container,
      [...command],
      this.output,
      errors,
      this.input,
      false,
      (status) => this.finish(status),
    );
    this.attach(socket);
  }

  private finish({ status, message = '' }: V1Status): void {
    this.isCommandMissing = status !== 'Success' && /not found|no such file/i.test(message);
    this.push(null);
  }
}
