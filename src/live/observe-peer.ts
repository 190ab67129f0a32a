import { isIP, isIPv6 } from 'node:net';
import type { V1Secret, V1Service } from '@kubernetes/client-node';
import {
  crossNetworkPort,
  helloWorld,
  istioSystem,
  multiClusterLabels,
  remoteSecretName,
} from '../mesh/istio-names';
import { MeshError } from '../problems/problem';
import { validateRemoteKubeconfig } from '../remotes/parse-remote-kubeconfig';
import { helloWorldEndpoints } from './hello-world';
import { LiveCluster } from './live-cluster';
import type { GatewayProblem, RemoteSecretProblem } from './observation';
import { proxyContainer } from './observe-pods';
import type { PodCommandResult } from './pod-command';
import { undefinedIfRefused } from './timeout';

/** Checks whether the remote secret for a peer works, from this machine. */
export async function checkRemoteSecret(
  live: LiveCluster,
  peer: string,
): Promise<'usable' | RemoteSecretProblem | undefined> {
  const secrets = await undefinedIfRefused(
    live.list<V1Secret>({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace: istioSystem,
      fieldSelector: `metadata.name=${remoteSecretName(peer)}`,
    }),
  );
  return secrets && validateRemoteSecret(peer, secrets[0]);
}

async function validateRemoteSecret(
  peer: string,
  secret: V1Secret | undefined,
): Promise<'usable' | RemoteSecretProblem> {
  const name = `${istioSystem}/${remoteSecretName(peer)}`;
  const data = secret?.data?.[peer];
  if (data === undefined) return { message: `Secret ${name} with the key ${peer} does not exist.` };
  const [[label, value] = ['', '']] = Object.entries(multiClusterLabels);
  if (secret?.metadata?.labels?.[label] !== value) {
    return { message: `Secret ${name} does not have the label ${label}: "${value}".` };
  }
  const kubeconfig = Buffer.from(data, 'base64').toString('utf8');
  const [problem] = validateRemoteKubeconfig(kubeconfig, name, new Date()).problems;
  if (problem !== undefined) {
    return { code: problem.code, message: `istiod cannot use Secret ${name}: ${problem.message}` };
  }
  return tryKubeconfig(peer, name, kubeconfig);
}

/** Connects with the kubeconfig of a remote secret, and lists what istiod lists. */
async function tryKubeconfig(
  peer: string,
  secretName: string,
  kubeconfig: string,
): Promise<'usable' | RemoteSecretProblem> {
  const { KubeConfig } = await import('./kubernetes-client.js');
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  try {
    const remote = await LiveCluster.of(peer, config);
    await remote.connect();
    await remote.list<V1Service>({ apiVersion: 'v1', kind: 'Service', namespace: istioSystem });
    return 'usable';
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    const { code, message = '' } = error.problems[0] ?? {};
    return { code, message: `Secret ${secretName} does not give access to ${peer}: ${message}` };
  }
}

/** Whether the proxy of the client has an endpoint of HelloWorld at one of the addresses of a gateway. */
export async function isEndpointKnown(
  live: LiveCluster,
  client: string,
  addresses: readonly string[],
): Promise<boolean | undefined> {
  const result = await runInProxy(live, client, ['pilot-agent', 'request', 'GET', 'clusters?format=json']);
  const endpoints = helloWorldEndpoints(result?.stdout ?? '');
  // istiod resolves the host name of a load balancer, possibly to other addresses than this machine.
  const hasHostName = addresses.some((address) => isIP(address) === 0);
  return endpoints?.some(
    ({ address, port }) => addresses.includes(address) || (hasHostName && port === crossNetworkPort),
  );
}

/** Checks whether the pod of the client can connect to one of the addresses of a gateway. */
export async function checkGateway(
  live: LiveCluster,
  client: string,
  addresses: readonly string[],
): Promise<'reachable' | GatewayProblem | undefined> {
  const results = await Promise.all(
    addresses.map(async (address) => {
      const target = `${isIPv6(address) ? `[${address}]` : address}:${crossNetworkPort}`;
      const limits = ['--timeoutSeconds', '4', '--requestTimeoutMillis', '3000'];
      const command = ['pilot-agent', 'wait', '--url', `http://${target}/`, ...limits];
      const result = await runInProxy(live, client, command);
      return result && gatewayResult(target, result);
    }),
  );
  return results.find((result) => result === 'reachable') ?? results[0];
}

/**
 * Interprets the output of `pilot-agent wait`, which sends a plain HTTP request to a gateway. A reachable
 * gateway closes the connection, because it accepts only TLS. Undefined for any other output.
 */
export function gatewayResult(
  target: string,
  { exitCode, stdout, stderr }: PodCommandResult,
): 'reachable' | GatewayProblem | undefined {
  const reason = /Last error: (?:Get "[^"]*": )?(.*)/.exec(`${stdout}\n${stderr}`)?.[1];
  if (exitCode === 0) return 'reachable';
  if (reason === undefined) return undefined;
  if (/deadline exceeded|Client\.Timeout|i\/o timeout/.test(reason)) {
    return { reason: `${target} does not answer` };
  }
  return /^dial /.test(reason) ? { reason: `${target} does not answer: ${reason}` } : 'reachable';
}

/** Runs in the proxy's container, because iptables does not redirect the connections of the proxy. */
function runInProxy(
  live: LiveCluster,
  pod: string,
  command: readonly string[],
): Promise<PodCommandResult | undefined> {
  const { namespace } = helloWorld;
  return undefinedIfRefused(
    live.run({ namespace, pod, container: proxyContainer, command, timeoutSeconds: 15 }),
  );
}
