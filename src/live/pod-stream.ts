import { Duplex, PassThrough, Writable } from 'node:stream';
import type { KubeConfig, V1Status } from '@kubernetes/client-node';
import { type PodCommand, withHandshakeTimeout } from './pod-command';

/** The standard input and output of a command in a container, as one stream. */
export class PodStream extends Duplex {
  /** Whether the container does not have the command. */
  isCommandMissing = false;
  private readonly input = new PassThrough();
  private terminate: () => void = () => {};

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
    const output = new Writable({
      write: (chunk, _, done) => {
        this.push(chunk);
        done();
      },
    });
    const errors = new Writable({ write: (_chunk, _encoding, done) => done() });
    const socket = await new Exec(withHandshakeTimeout(config, timeoutSeconds)).exec(
      namespace,
      pod,
      container,
      [...command],
      output,
      errors,
      this.input,
      false,
      (status) => this.finish(status),
    );
    this.terminate = () => (socket as { terminate(): void }).terminate();
    socket.onclose = () => this.push(null);
  }

  private finish({ status, message = '' }: V1Status): void {
    this.isCommandMissing = status !== 'Success' && /not found|no such file/i.test(message);
    this.push(null);
  }

  override _read(): void {}

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.input.write(chunk);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.input.destroy();
    this.terminate();
    done(error);
  }
}
