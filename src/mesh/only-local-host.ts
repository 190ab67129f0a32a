import { isIPv4 } from 'node:net';

/** Names for the machine that containers or virtual machines run on. */
const hostMachine =
  /^(host|gateway|kubernetes)\.docker\.internal$|^docker\.for\.(mac|win)\.|\.(minikube|k3d|lima|rancher-desktop|containers|orb)\.internal$/;

/** Names that every cluster resolves to its own API server. */
const ownApiServer = /^kubernetes\.default(\.svc(\..+)?)?$/;

/**
 * Why a host means something else in another cluster, such as `is a loopback address, so …`; undefined if it may be
 * the same everywhere.
 *
 * @param hostname as `URL` normalizes it: in lower case, IPv6 addresses in brackets
 */
export function onlyLocalReason(hostname: string): string | undefined {
  const host = hostname.replace(/\.$/, '');
  if (isLoopback(host)) return 'is a loopback address, so no other cluster can reach it';
  if (/^169\.254\.|^\[fe[89ab]/.test(host))
    return 'is a link-local address, so no other network can reach it';
  if (hostMachine.test(host)) {
    return 'has a name that only containers on this machine resolve, so no other cluster can reach it';
  }
  if (ownApiServer.test(host)) {
    return 'has the name of the API server within each cluster, so another cluster would read itself';
  }
  return undefined;
}

function isLoopback(host: string): boolean {
  if (host.startsWith('[')) return /^\[::(1|(ffff:)?(7f..:.*|0:0))?\]$/.test(host);
  if (isIPv4(host)) return host.startsWith('127.') || host.startsWith('0.');
  return /^(.*\.)?localhost$|^localhost[46]?\.localdomain[46]?$|^ip6-(localhost|loopback)$/.test(host);
}
