import type { ErrorCode } from '../problems/error-codes';
import type { Problem } from '../problems/problem';

/** A call to a cluster. */
export interface Attempt {
  /** The name of the cluster. */
  readonly cluster: string;
  /** The address of its API server. */
  readonly server: string;
  /** What the call does, such as `read Namespace istio-system`. */
  readonly action: string;
}

/** The problem that made a call to a cluster fail; undefined for an error that has another cause. */
export function connectionProblem(error: unknown, attempt: Attempt): Problem | undefined {
  const { cluster, server, action } = attempt;
  const { code, name = '', message = '' } = failureOf(error);
  // This comes first, because the code of a DOMException is a number, too.
  if (['AbortError', 'TimeoutError'].includes(name) || message === 'Opening handshake has timed out') {
    return problem(
      cluster,
      'LIVE-TIMEOUT',
      `${server} did not answer in time: ${action}.`,
      `Check that ${cluster} is healthy and reachable from this machine, then try again.`,
    );
  }
  const status = statusOf(error);
  if (status !== undefined) return statusProblem(status, attempt);
  if (typeof code !== 'string') return undefined;
  if (isTlsCode(code)) {
    return problem(
      cluster,
      'LIVE-TLS',
      `The certificate of ${server} is not trusted: ${code}.`,
      `Add the certificate authority of ${cluster} to its kubeconfig. If the certificate has another name, add tls-server-name.`,
    );
  }
  if (isNetworkCode(code)) {
    return problem(
      cluster,
      'LIVE-UNREACHABLE',
      `${server} cannot be reached: ${code}.`,
      `Check that ${cluster} runs, and that the address in its kubeconfig is correct and reachable from this machine.`,
    );
  }
  return undefined;
}

function statusProblem({ code, message }: Status, { cluster, action }: Attempt): Problem {
  const details = message === '' ? '' : ` ${cluster} answered: ${message.replace(/\.?$/, '.')}`;
  switch (code) {
    case 401:
      return problem(
        cluster,
        'LIVE-UNAUTHORIZED',
        `${cluster} rejected the credentials in its kubeconfig.`,
        `Log in to ${cluster} again, or set another kubeconfig: or context: for it in mesh.yaml.`,
      );
    case 403:
      return problem(
        cluster,
        'LIVE-FORBIDDEN',
        `The account in the kubeconfig of ${cluster} is not allowed to ${action}.${details}`,
        `Grant the permission, or set the kubeconfig: of another account for ${cluster} in mesh.yaml.`,
      );
    case 409:
      return problem(
        cluster,
        'LIVE-CONFLICT',
        `Failed to ${action}: another field manager owns these fields.${details}`,
        'Choose one owner: change mesh.yaml to match the cluster, or remove the fields from the other manager. Then try again.',
      );
    default:
      return problem(
        cluster,
        'LIVE-API',
        `Failed to ${action}: ${cluster} answered with status ${code}.${details}`,
        `Fix the cause that ${cluster} reports, then try again.`,
      );
  }
}

function problem(cluster: string, code: ErrorCode, message: string, hint: string): Problem {
  return { code, location: { file: cluster }, message, hint };
}

interface Status {
  readonly code: number;
  readonly message: string;
}

/** The HTTP status of a response, or of the handshake of a web socket. */
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

/** The fields that errors of the client, of the network and of TLS share. */
interface Failure {
  readonly code?: string | number;
  readonly name?: string;
  readonly message?: string;
  readonly body?: unknown;
}

/** Web sockets wrap an error in an event. */
function failureOf(error: unknown): Failure {
  const { error: wrapped } = (error ?? {}) as { error?: unknown };
  return (wrapped ?? error ?? {}) as Failure;
}

/** The codes of OpenSSL and Node for a certificate that does not verify. */
function isTlsCode(code: string): boolean {
  return /CERT|SIGNATURE|CRL|HOSTNAME|INVALID_CA|PURPOSE|PATH_LENGTH|CHAIN/.test(code);
}

/** Codes such as ECONNREFUSED and ENOTFOUND, and those of a server that does not use TLS. */
function isNetworkCode(code: string): boolean {
  return /^(E[A-Z]+|EAI_[A-Z]+|ERR_SSL_[A-Z_]+)$/.test(code);
}
