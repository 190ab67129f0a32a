import { Writable } from 'node:stream';
import type { KubeConfig, V1Status } from '@kubernetes/client-node';
import { withTimeout } from './timeout';

/** A container of a running pod. */
export interface PodLocation {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** A command to run in a container. */
export interface PodCommand extends PodLocation {
  readonly command: readonly string[];
  /** The time limit, in seconds. */
  readonly timeoutSeconds: number;
}

/** The result of a command. */
export interface PodCommandResult {
  /** Its exit status, 0 for success. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in a container and waits until it exits. */
export async function runInPod(config: KubeConfig, command: PodCommand): Promise<PodCommandResult> {
  const { Exec } = await import('./kubernetes-client.js');
  const { namespace, pod, container, timeoutSeconds } = command;
  const stdout = new TextSink();
  const stderr = new TextSink();
  const exec = new Exec(withHandshakeTimeout(config, timeoutSeconds));
  let socket: Socket | undefined;
  let isFinished = false;
  const ended = new Promise<V1Status>((resolve, reject) => {
    exec
      .exec(namespace, pod, container, [...command.command], stdout, stderr, null, false, resolve)
      .then((opened: Socket) => {
        if (isFinished) opened.terminate();
        socket = opened;
        opened.onclose = () =>
          reject(
            Object.assign(new Error('The connection closed without an exit status.'), { code: 'ECONNRESET' }),
          );
      }, reject);
  });
  try {
    const status = await withTimeout(timeoutSeconds, ended);
    return { exitCode: exitCode(status), stdout: stdout.text, stderr: stderr.text };
  } finally {
    isFinished = true;
    socket?.terminate();
  }
}

/** The methods of a web socket that close it at once: the closing handshake of a broken connection takes long. */
interface Socket {
  onclose: () => void;
  terminate(): void;
}

/** Collects its input as text. */
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

/** The client library limits the time of requests, but not of opening a web socket. */
export function withHandshakeTimeout(config: KubeConfig, seconds: number): KubeConfig {
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
