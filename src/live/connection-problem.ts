import type { ErrorCode } from '../problems/error-codes';
import type { Problem } from '../problems/problem';

/** What was asked of a cluster when it failed. */
export interface Attempt {
  /** The name of the cluster. */
  readonly cluster: string;
  /** The address of its API server. */
  readonly server: string;
  /** What was being done, such as `read Namespace istio-system`. */
  readonly action: string;
}

/**
 * Says in the user's terms why a call to a cluster failed; undefined for an error that is not about the
 * connection.
 */
export function connectionProblem(error: unknown, attempt: Attempt): Problem | undefined {
  const { cluster, server, action } = attempt;
  const problem = (code: ErrorCode, message: string, hint: string): Problem => ({
    code,
    location: { file: cluster },
    message,
    hint,
  });
  const { code, name = '', message = '' } = failureOf(error);
  // Before anything else, because a DOMException has a number for a code too.
  if (['AbortError', 'TimeoutError'].includes(name) || message === 'Opening handshake has timed out') {
    const found = `${server} did not answer in time to: ${action}.`;
    return problem(
      'LIVE-TIMEOUT',
      found,
      `See that ${cluster} is reachable from here and healthy, then try again.`,
    );
  }
  const status = statusOf(error);
  if (status !== undefined) return statusProblem(status, attempt, problem);
  if (typeof code !== 'string') return undefined;
  if (isTlsCode(code)) {
    const found = `The certificate of ${server} is not the expected one: ${code}.`;
    const remedy = `Write the certificate authority of ${cluster} into its kubeconfig, or tls-server-name where the certificate is for another name.`;
    return problem('LIVE-TLS', found, remedy);
  }
  if (isNetworkCode(code)) {
    const remedy = `See that ${cluster} runs and that its kubeconfig has the right address, reachable from here.`;
    return problem('LIVE-UNREACHABLE', `${server} cannot be reached: ${code}.`, remedy);
  }
  return undefined;
}

type MakeProblem = (code: ErrorCode, found: string, remedy: string) => Problem;

function statusProblem(status: Status, { cluster, action }: Attempt, problem: MakeProblem): Problem {
  const { code, message } = status;
  const said = message === '' ? '' : ` ${cluster} says: ${message.replace(/\.?$/, '.')}`;
  switch (code) {
    case 401:
      return problem(
        'LIVE-UNAUTHORIZED',
        `${cluster} does not accept the credentials of its kubeconfig.`,
        `Log in to ${cluster} again, or write another kubeconfig: or context: for it in mesh.yaml.`,
      );
    case 403:
      return problem(
        'LIVE-FORBIDDEN',
        `The account in the kubeconfig of ${cluster} may not ${action}.${said}`,
        `Have it allowed, or write the kubeconfig: of another account for ${cluster} in mesh.yaml.`,
      );
    case 409:
      return problem(
        'LIVE-CONFLICT',
        `Somebody else keeps what is needed to ${action} otherwise.${said}`,
        'Make mesh.yaml and the cluster agree, then try again.',
      );
    default:
      return problem(
        'LIVE-API',
        `${cluster} answered ${code} to: ${action}.${said}`,
        `Mend what ${cluster} says, then try again.`,
      );
  }
}

interface Status {
  readonly code: number;
  readonly message: string;
}

/** The HTTP status of an answer, from a request or from the handshake of a web socket. */
function statusOf(error: unknown): Status | undefined {
  const { code, body, message = '' } = failureOf(error);
  if (typeof code === 'number') return { code, message: messageOf(body) };
  const handshake = /^Unexpected server response: (\d{3})$/.exec(message);
  return handshake === null ? undefined : { code: Number(handshake[1]), message: '' };
}

function messageOf(body: unknown): string {
  try {
    const { message } = typeof body === 'string' ? JSON.parse(body) : (body as { message?: unknown });
    return typeof message === 'string' ? message : '';
  } catch {
    return '';
  }
}

/** What errors of the client, of the network and of TLS have in common. */
interface Failure {
  readonly code?: string | number;
  readonly name?: string;
  readonly message?: string;
  readonly body?: unknown;
}

/** Web sockets wrap an error into an event. */
function failureOf(error: unknown): Failure {
  const { error: wrapped } = (error ?? {}) as { error?: unknown };
  return (wrapped ?? error ?? {}) as Failure;
}

/** The names that OpenSSL and Node give to certificates that do not verify. */
function isTlsCode(code: string): boolean {
  return /CERT|SIGNATURE|CRL|HOSTNAME|INVALID_CA|PURPOSE|PATH_LENGTH|CHAIN/.test(code);
}

/** ECONNREFUSED, ENOTFOUND and their like, and what comes of speaking TLS to something that does not. */
function isNetworkCode(code: string): boolean {
  return /^(E[A-Z]+|EAI_[A-Z]+|ERR_SSL_[A-Z_]+)$/.test(code);
}
