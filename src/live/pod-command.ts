import { Writable } from 'node:stream';
import type { KubeConfig, V1Status } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { withTimeout } from './timeout';

/** A command to run in a container. */
export interface PodCommand {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
  /** For how long it may run, in seconds. */
  readonly timeoutSeconds: number;
}

/** What came of a command. */
export interface PodCommandResult {
  /** Its exit status, 0 for success. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in a container and waits for its end. */
export async function runInPod(config: KubeConfig, command: PodCommand): Promise<PodCommandResult> {
  const { Exec } = await import('@kubernetes/client-node');
  const { namespace, pod, container, timeoutSeconds } = command;
  const stdout = new TextSink();
  const stderr = new TextSink();
  const exec = new Exec(withHandshakeTimeout(config, timeoutSeconds));
  let socket: Socket | undefined;
  let isOver = false;
  const ended = new Promise<V1Status>((resolve, reject) => {
    exec
      .exec(namespace, pod, container, [...command.command], stdout, stderr, null, false, resolve)
      .then((opened: Socket) => {
        if (isOver) opened.terminate();
        socket = opened;
        opened.onclose = () => reject(Object.assign(new Error('No status came.'), { code: 'ECONNRESET' }));
      }, reject);
  });
  try {
    const status = await withTimeout(timeoutSeconds, ended);
    return { exitCode: exitCode(status), stdout: stdout.text, stderr: stderr.text };
  } finally {
    isOver = true;
    socket?.terminate();
  }
}

/** The part of a web socket that ends it: without a farewell, for which a broken one would wait long. */
interface Socket {
  onclose: () => void;
  terminate(): void;
}

/** Keeps what is written to it. */
class TextSink extends Writable {
  private readonly chunks: Buffer[] = [];

  get text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
}

/** The client bounds its requests, but not the opening of a web socket. */
function withHandshakeTimeout(config: KubeConfig, seconds: number): KubeConfig {
  const applyToHTTPSOptions: KubeConfig['applyToHTTPSOptions'] = async (options) => {
    await config.applyToHTTPSOptions(options);
    Object.assign(options, { handshakeTimeout: seconds * 1000 });
  };
  return Object.assign(Object.create(config), { applyToHTTPSOptions });
}

function exitCode({ status, details }: V1Status): number {
  if (status === 'Success') return 0;
  const cause = details?.causes?.find(({ reason }) => reason === 'ExitCode');
  return Number(cause?.message ?? 1);
}
