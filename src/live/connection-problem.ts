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
  /**
   * The host and port of the proxy that leads to the API server.
   * @default - no proxy
   */
  readonly proxy?: string;
}

/**
 * The problem that made a call to a cluster fail. It never contains the message of a library's error, which may
 * quote a token.
 */
export function connectionProblem(error: unknown, attempt: Attempt): Problem {
  const { cluster, server, action, proxy } = attempt;
  const { code, name = '', message = '' } = failureOf(error);
  // This comes first, because the code of a DOMException is a number, too.
  if (['AbortError', 'TimeoutError'].includes(name) || /timed out/i.test(message)) {
    return problem(
      cluster,
      'LIVE-TIMEOUT',
      `${server} did not answer in time: ${action}.`,
      `Check that ${cluster} is healthy and reachable from this machine, then try again.`,
    );
  }
  const status = statusOf(error);
  if (status !== undefined) return statusProblem(status, attempt);
  // The errors of proxies have a code only in their message.
  const known = typeof code === 'string' ? code : /\bE[A-Z]{4,}\b/.exec(message)?.[0];
  if (known !== undefined && isTlsCode(known)) {
    const { reason, hint } = tlsFailures[known] ?? tlsFailure;
    return problem(cluster, 'LIVE-TLS', `The certificate of ${server} ${reason} (${known}).`, hint(cluster));
  }
  if (proxy !== undefined) return proxyProblem(attempt, proxy, known ?? name);
  if (known !== undefined && isNetworkCode(known)) {
    const { reason, hint } = networkFailures[known] ?? networkFailure;
    return problem(cluster, 'LIVE-UNREACHABLE', `${server} ${reason} (${known}).`, hint(cluster));
  }
  return problem(
    cluster,
    'LIVE-API',
    `Failed to ${action}: ${server} sent an answer that is not one of an API server, or the credentials cannot be sent (${known ?? (name || 'Error')}).`,
    `Run kubectl get namespaces with the kubeconfig of ${cluster} to see the details.`,
  );
}

function proxyProblem({ cluster, server }: Attempt, proxy: string, code: string): Problem {
  return problem(
    cluster,
    'LIVE-UNREACHABLE',
    `${server} cannot be reached through the proxy ${proxy} (${code}).`,
    `Check that the proxy runs, and proxy-url in the kubeconfig of ${cluster}. If the proxy is the end of an ssh tunnel, start the tunnel.`,
  );
}

/** What an error code means, and what to do. */
interface Failure {
  /** The end of a sentence that starts with an address. */
  readonly reason: string;
  readonly hint: (cluster: string) => string;
}

const networkFailure: Failure = {
  reason: 'cannot be reached',
  hint: (cluster) =>
    `Check that ${cluster} runs, and that the address in its kubeconfig is correct and reachable from this machine.`,
};

const nameNotFound: Failure = {
  reason: 'has a host name that does not resolve on this machine',
  hint: (cluster) =>
    `Correct server: in the kubeconfig of ${cluster}, or connect to the network whose DNS server knows the name, such as a VPN.`,
};

const networkFailures: Readonly<Record<string, Failure>> = {
  ENOTFOUND: nameNotFound,
  EAI_AGAIN: { ...nameNotFound, reason: 'has a host name that no DNS server resolves now' },
  ECONNREFUSED: {
    reason: 'refuses connections: nothing listens at this address and port',
    hint: (cluster) =>
      `Check that ${cluster} runs, and that server: in its kubeconfig has the right port. If it is the end of a tunnel, start the tunnel.`,
  },
  ECONNRESET: {
    reason: 'closed the connection',
    hint: (cluster) =>
      `Check the proxy or load balancer before the API server of ${cluster}, then try again.`,
  },
  ETIMEDOUT: {
    reason: 'does not answer',
    hint: (cluster) =>
      `Check the firewall and the authorized networks of ${cluster}, and whether it needs a VPN or a proxy-url in its kubeconfig.`,
  },
};

const tlsFailure: Failure = {
  reason: 'is not trusted',
  hint: (cluster) => `Add the certificate authority of ${cluster} to its kubeconfig.`,
};

const tlsFailures: Readonly<Record<string, Failure>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    reason: 'is signed by itself, and is not in the kubeconfig',
    hint: (cluster) => `Set certificate-authority-data in the kubeconfig of ${cluster} to this certificate.`,
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    reason: 'is signed by a root that is not in the kubeconfig',
    hint: (cluster) =>
      `Set certificate-authority-data in the kubeconfig of ${cluster} to this root. If a proxy of your company intercepts TLS, connect without it.`,
  },
  CERT_HAS_EXPIRED: {
    reason: 'has expired',
    hint: (cluster) =>
      `Renew the certificate of the API server of ${cluster}, and check the clock of this machine.`,
  },
  CERT_NOT_YET_VALID: {
    reason: 'is not valid yet',
    hint: (cluster) => `Check the clocks of this machine and of ${cluster}.`,
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason: 'has another name than the address',
    hint: (cluster) =>
      `Correct server: in the kubeconfig of ${cluster}, or set tls-server-name to a name in the certificate.`,
  },
};

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
interface CaughtError {
  readonly code?: string | number;
  readonly name?: string;
  readonly message?: string;
  readonly body?: unknown;
}

/** Web sockets wrap an error in an event. */
function failureOf(error: unknown): CaughtError {
  const { error: wrapped } = (error ?? {}) as { error?: unknown };
  return (wrapped ?? error ?? {}) as CaughtError;
}

/** The codes of OpenSSL and Node for a certificate that does not verify. */
function isTlsCode(code: string): boolean {
  return /CERT|SIGNATURE|CRL|HOSTNAME|INVALID_CA|PURPOSE|PATH_LENGTH|CHAIN/.test(code);
}

/** Codes such as ECONNREFUSED and ENOTFOUND, and those of a server that does not use TLS. */
function isNetworkCode(code: string): boolean {
  return /^(E[A-Z]+|EAI_[A-Z]+|ERR_SSL_[A-Z_]+)$/.test(code);
}
