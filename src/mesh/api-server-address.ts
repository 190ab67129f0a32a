import { isIPv4 } from 'node:net';
import { credentialIn, shownAddress } from '../problems/address-credentials';
import type { Problem } from '../problems/problem';
import { onlyLocalReason } from './only-local-host';

/** A problem of an address, before its location is known. */
type AddressProblem = Pick<Problem, 'code' | 'message' | 'hint'>;

/**
 * Why the istiods of other clusters cannot use the address of an API server, or undefined if they may be able to.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/before-you-begin/#api-server-access
 */
export function apiServerProblem(address: string): AddressProblem | undefined {
  const problem = apiServerSyntaxProblem(address);
  if (problem !== undefined) return problem;
  const reason = onlyLocalReason(new URL(address).hostname);
  return reason === undefined
    ? undefined
    : { code: 'REMOTE-LOOPBACK', message: `${shownAddress(address)} ${reason}.`, hint: reachableHint };
}

const reachableHint =
  'Write the address at which other clusters reach the API server, such as https://203.0.113.10:6443.';

/**
 * Why Kubernetes clients cannot use an address, or understand another address than it seems to be. A client for which
 * the address is not a valid https URL connects without the token and the certificate authority, and without a message.
 */
export function apiServerSyntaxProblem(address: string): AddressProblem | undefined {
  const shown = shownAddress(address);
  if (address.length > longest) {
    const message = `The address has ${address.length} characters.`;
    return { code: 'REMOTE-SERVER', message, hint: fullAddress() };
  }
  const problem = (found: string, hint: string): AddressProblem => ({
    code: 'REMOTE-SERVER',
    message: `${shown} ${found}.`,
    hint,
  });
  const credential = credentialIn(address);
  if (credential !== undefined) {
    return problem(
      `contains ${credential}, which everyone who sees the address could use`,
      withoutCredential,
    );
  }
  const bare = address.trim();
  if (bare !== address) {
    return problem(
      'has white space at its start or end, so Kubernetes clients would send no token',
      corrected(bare),
    );
  }
  const { scheme, slashes, host, port, path, rest } = split(address);
  if (scheme === '' || slashes !== '//') {
    return problem(
      'is not the address of an API server',
      fullAddress(`https://${bare.replace(/^(https?:)?[\\/]*/i, '')}`),
    );
  }
  if (scheme !== 'https' && scheme !== 'http') {
    return problem(
      'is not the address of an API server',
      fullAddress(`https${address.slice(scheme.length)}`),
    );
  }
  const part = portProblem(port) ?? hostProblem(host) ?? pathProblem(path, rest);
  if (part !== undefined) return problem(part.found, part.hint);
  if (scheme === 'https') return undefined;
  return {
    code: 'REMOTE-HTTP',
    message: `${shown} is not encrypted, so others on the network could read the token.`,
    hint: `Write the https address of the API server, such as https://${host}${port ?? ''}.`,
  };
}

/** A limit that no address of an API server reaches, in characters. */
const longest = 2000;

const withoutCredential =
  'Remove it from the address. If others may have seen it, replace it. istiod logs in with the token of the kubeconfig.';

interface PartProblem {
  readonly found: string;
  readonly hint: string;
}

interface Parts {
  /** In lower case; empty if there is none. */
  readonly scheme: string;
  readonly slashes: string;
  readonly host: string;
  /** With the colon. */
  readonly port?: string;
  readonly path: string;
  /** The query and the fragment. */
  readonly rest: string;
}

function split(address: string): Parts {
  const [, scheme = '', slashes = '', host = '', port, path = '', rest = ''] = format.exec(address) ?? [];
  return { scheme: scheme.toLowerCase(), slashes, host, ...(port === undefined ? {} : { port }), path, rest };
}

/** Go allows no backslash; other readers of URLs take it for a slash. */
const format =
  /^(?:([a-z][a-z0-9+.-]*):(?=\/\/|[^\d]))?(\/*)(\[[^\]/?#]*\]|[^:/?#]*)(:[^/?#]*)?(\/[^?#]*)?([?#][\s\S]*)?$/i;

function hostProblem(host: string): PartProblem | undefined {
  if (host === '') return { found: 'has no host', hint: fullAddress() };
  if (host.startsWith('[')) {
    // The first call of isIPv6 takes 7 ms.
    return /^\[[\da-f:.]+\]$/i.test(host) && URL.canParse(`https://${host}`)
      ? undefined
      : {
          found: 'has no valid IPv6 address in its brackets',
          hint: fullAddress('https://[2001:db8::10]:6443'),
        };
  }
  if (/[^\x21-\x7e]/.test(host)) return unprintableHost(host);
  const labels = host.replace(/\.$/, '').split('.');
  // Go looks such a name up in DNS; other readers of URLs take it for an IPv4 address.
  if (/^(\d+|0x[\da-f]*)$/i.test(labels.at(-1) ?? '') && !isIPv4(host)) {
    return { found: 'has no valid IPv4 address', hint: fullAddress() };
  }
  const isName = host.length <= 253 && labels.every((label) => /^\w([\w-]{0,61}\w)?$/.test(label));
  if (isName && URL.canParse(`https://${host}`)) return undefined;
  return { found: 'has no valid host name', hint: fullAddress('https://api.cluster1.example.com:6443') };
}

function unprintableHost(host: string): PartProblem {
  const ascii =
    /^[\p{L}\p{N}.-]+$/u.test(host) && URL.canParse(`https://${host}`)
      ? new URL(`https://${host}`).hostname
      : undefined;
  return ascii === undefined
    ? { found: 'contains a character that no host name may have', hint: fullAddress() }
    : {
        found: 'has a host name with letters outside of ASCII',
        hint: `Write the name as DNS has it: ${ascii}.`,
      };
}

function portProblem(port: string | undefined): PartProblem | undefined {
  if (port === undefined) return undefined;
  if (port === ':')
    return {
      found: 'has a colon without a port',
      hint: 'Write the port after the colon, or remove the colon for port 443.',
    };
  const number = Number(port.slice(1));
  if (/^:\d{1,5}$/.test(port) && number > 0 && number <= 65535) return undefined;
  return {
    found: 'has no valid port',
    hint: 'Write a port from 1 to 65535, such as 6443. An IPv6 address needs brackets.',
  };
}

function pathProblem(path: string, rest: string): PartProblem | undefined {
  if (rest !== '') {
    return {
      found: 'has a query or a fragment, which Kubernetes clients drop',
      hint: 'Remove the question mark or the number sign, and what follows it.',
    };
  }
  const isValid =
    /^(\/([\w.~!$&'()*+,;=:@-]|%[\da-f]{2})*)*$/i.test(path) && !/(^|\/)\.{1,2}(\/|$)/.test(path);
  return isValid
    ? undefined
    : {
        found: 'has no valid path',
        hint: 'Write the address of the API server without this path, or encode the path for a URL.',
      };
}

/** Suggests the address that was probably meant, if it is one. */
function corrected(address: string): string {
  return apiServerSyntaxProblem(address) === undefined ? `Write ${address}.` : fullAddress();
}

function fullAddress(likely = 'https://203.0.113.10:6443'): string {
  const isUsable = likely.length < 100 && apiServerProblem(likely) === undefined;
  return `Write the full address, such as ${isUsable ? likely : 'https://203.0.113.10:6443'}.`;
}
