import { spawn } from 'node:child_process';
import type { ErrorCode } from '../problems/error-codes';

/** The credential plugin of a kubeconfig: a program that prints credentials. */
export interface CredentialPlugin {
  readonly apiVersion?: string;
  readonly command: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  /** Whether it may ask the user: `Never`, `IfAvailable` or `Always`. */
  readonly interactiveMode?: string;
}

/** The credentials that a plugin prints. */
export interface PluginCredentials {
  readonly token?: string;
  /** PEM. */
  readonly clientCertificateData?: string;
  /** PEM. */
  readonly clientKeyData?: string;
}

/** Why a plugin printed no credentials, without what it printed: that may be a part of a token. */
export class PluginFailure extends Error {
  readonly code: ErrorCode = 'LIVE-CREDENTIALS';

  /** @param message the end of a sentence that starts with the plugin */
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** The time limits, in seconds: a user may have to confirm a login in a browser. */
const seconds = { alone: 10, withUser: 120 };

/** The most that is read of the output, in bytes. */
const longestOutput = 1024 * 1024;

const byHand = 'Run a kubectl command with this kubeconfig to see what it prints.';

/**
 * Runs a credential plugin, as Kubernetes clients do. Its messages for the user go to standard error, if the user
 * can answer them.
 *
 * @throws PluginFailure if it prints no credentials
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export async function runPlugin(plugin: CredentialPlugin): Promise<PluginCredentials> {
  const interactive = plugin.interactiveMode !== 'Never' && process.stdin.isTTY === true;
  return credentialsIn(await outputOf(plugin, interactive));
}

function outputOf(plugin: CredentialPlugin, interactive: boolean): Promise<string> {
  const limit = interactive ? seconds.withUser : seconds.alone;
  const information = {
    apiVersion: plugin.apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive },
  };
  const own = Object.fromEntries((plugin.env ?? []).map(({ name, value }) => [name, value]));
  return new Promise((resolve, reject) => {
    const child = spawn(plugin.command, [...(plugin.args ?? [])], {
      env: { ...process.env, KUBERNETES_EXEC_INFO: JSON.stringify(information), ...own },
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', interactive ? 'inherit' : 'ignore'],
      // A group of its own, so that what the plugin has started ends with it.
      detached: !interactive,
    });
    const chunks: Buffer[] = [];
    let length = 0;
    const fail = (message: string, hint = byHand): void => {
      clearTimeout(timer);
      endGroup(child.pid, interactive);
      child.stdout?.destroy();
      reject(new PluginFailure(message, hint));
    };
    const timer = setTimeout(() => fail(`has printed no credentials within ${limit} seconds`), limit * 1000);
    child.stdout?.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > longestOutput) fail('prints more than credentials: over 1 MiB');
      else chunks.push(chunk);
    });
    child.on('error', ({ code = 'an error' }: NodeJS.ErrnoException) => {
      const isMissing = code === 'ENOENT';
      fail(
        isMissing ? 'is not installed, or not on the PATH' : `cannot be started: ${code}`,
        isMissing ? 'Install it, or write its full path into the kubeconfig.' : byHand,
      );
    });
    child.on('close', (status, signal) => {
      if (status === 0) {
        clearTimeout(timer);
        resolve(Buffer.concat(chunks).toString('utf8'));
      } else fail(`failed with ${status === null ? `signal ${signal}` : `exit status ${status}`}`);
    });
  });
}

function endGroup(pid: number | undefined, interactive: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(interactive || process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function credentialsIn(output: string): PluginCredentials {
  const { token, clientCertificateData, clientKeyData } = statusIn(output);
  const texts = [token, clientCertificateData, clientKeyData];
  const isReadable = texts.every((text) => text === undefined || typeof text === 'string');
  if (isReadable && (token || clientCertificateData)) {
    return { token, clientCertificateData, clientKeyData } as PluginCredentials;
  }
  throw new PluginFailure('printed no credentials', byHand);
}

function statusIn(output: string): Readonly<Record<string, unknown>> {
  try {
    const credential: unknown = JSON.parse(output);
    const { status } = (credential ?? {}) as { status?: unknown };
    return typeof status === 'object' && status !== null ? (status as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
