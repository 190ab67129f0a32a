import { isIPv6 } from 'node:net';
import type { LiveCluster } from './live-cluster';
import type { PodCommandResult, PodLocation } from './pod-command';
import { undefinedIfRefused } from './timeout';

/** Whether a pod can open a TCP connection. The reason is the end of a sentence. */
export type Reachability = 'reachable' | { readonly reason: string };

/** The address of a server. */
export interface TcpTarget {
  /** An IP address or a host name. */
  readonly host: string;
  readonly port: number;
}

/**
 * Opens a new TCP connection from a pod, with Istio's agent, which every image of a proxy has. Undefined if the
 * agent could not be run.
 *
 * @param location a container of a proxy, because iptables does not redirect its connections
 */
export async function tcpReachability(
  live: LiveCluster,
  location: PodLocation,
  { host, port }: TcpTarget,
): Promise<Reachability | undefined> {
  const target = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const limits = ['--timeoutSeconds', '4', '--requestTimeoutMillis', '3000'];
  const command = ['pilot-agent', 'wait', '--url', `http://${target}/`, ...limits];
  const result = await undefinedIfRefused(live.run({ ...location, command, timeoutSeconds: 15 }));
  return result && reachabilityOf(target, result);
}

/**
 * Interprets the output of `pilot-agent wait`, which sends a plain HTTP request. A server that accepts only TLS
 * closes the connection or answers with an error, and is reachable. Undefined for any other output.
 */
export function reachabilityOf(
  target: string,
  { exitCode, stdout, stderr }: PodCommandResult,
): Reachability | undefined {
  if (exitCode === 0) return 'reachable';
  const reason = /Last error: (?:Get "[^"]*": )?(.*)/.exec(`${stdout}\n${stderr}`)?.[1];
  if (reason === undefined) return undefined;
  if (/no such host|server misbehaving/.test(reason)) {
    return { reason: `the name ${target} does not resolve in the cluster` };
  }
  if (/deadline exceeded|Client\.Timeout|i\/o timeout/.test(reason))
    return { reason: `${target} does not answer` };
  return /^dial /.test(reason) ? { reason: `${target} does not answer: ${reason}` } : 'reachable';
}
