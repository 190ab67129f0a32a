import { isIPv4 } from 'node:net';
import type { Problem } from './problem';

/**
 * Why other clusters' istiods could never use an API server's address, or undefined where they might.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/before-you-begin/#api-server-access
 */
export function apiServerProblem(address: string): Pick<Problem, 'code' | 'found' | 'remedy'> | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return {
      code: 'REMOTE-SERVER',
      found: `${JSON.stringify(address)} is not the address of an API server.`,
      remedy: 'Write the whole address, such as https://203.0.113.10:6443.',
    };
  }
  if (url.protocol === 'http:') {
    return {
      code: 'REMOTE-HTTP',
      found: `${JSON.stringify(address)} is not encrypted: a token sent there can be read by anyone.`,
      remedy: `Write the https address of the API server, such as https://${url.host}.`,
    };
  }
  if (isLoopback(url.hostname)) {
    return {
      code: 'REMOTE-LOOPBACK',
      found: `${JSON.stringify(address)} means the very machine that uses it, so no other cluster can reach it.`,
      remedy:
        'Write the address at which the other clusters reach the API server, such as https://203.0.113.10:6443.',
    };
  }
  return undefined;
}

function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  // A URL has nothing else in brackets, and writes it in one way. isIPv6 would take 7 ms at its first call.
  if (host.startsWith('[')) return host === '[::1]' || host === '[::]' || host.startsWith('[::ffff:7f');
  if (isIPv4(host)) return host.startsWith('127.') || host === '0.0.0.0';
  return host === 'localhost' || host.endsWith('.localhost');
}
