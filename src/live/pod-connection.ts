import { Duplex, PassThrough, Writable } from 'node:stream';

/** A connection to a pod through the API server, as one stream. */
export abstract class PodConnection extends Duplex {
  /** What is written to the stream. */
  protected readonly input = new PassThrough();
  /** Passes on what the pod sends. */
  protected readonly output = new Writable({
    write: (chunk, _, done) => {
      this.push(chunk);
      done();
    },
  });
  private terminate: () => void = () => {};

  /** Ends the stream with the socket, and the socket with the stream. */
  protected attach(socket: { onclose: unknown }): void {
    this.terminate = () => (socket as unknown as { terminate(): void }).terminate();
    socket.onclose = () => this.push(null);
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
