import { isIP, isIPv6 } from 'node:net';
import type { V1Secret, V1Service } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
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
import { proxyContainer } from './observe-cluster';
import type { PodCommandResult } from './pod-command';
import { orUndefined } from './timeout';

/** Tries from here whether the remote secret that a cluster has for another one opens it. */
export async function tryRemoteSecret(
  live: LiveCluster,
  to: string,
): Promise<'opens' | RemoteSecretProblem | undefined> {
  const name = remoteSecretName(to);
  const secret = await orUndefined(
    live.list<V1Secret>({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace: istioSystem,
      fieldSelector: `metadata.name=${name}`,
    }),
  );
  return secret && judgeRemoteSecret(to, secret[0]);
}

async function judgeRemoteSecret(
  to: string,
  secret: V1Secret | undefined,
): Promise<'opens' | RemoteSecretProblem> {
  const name = `${istioSystem}/${remoteSecretName(to)}`;
  const data = secret?.data?.[to];
  if (data === undefined) return { fault: `There is no Secret ${name} with the key ${to}.` };
  const [[label, value] = ['', '']] = Object.entries(multiClusterLabels);
  if (secret?.metadata?.labels?.[label] !== value) {
    return { fault: `Secret ${name} has no label ${label}: "${value}".` };
  }
  const text = Buffer.from(data, 'base64').toString('utf8');
  const [refused] = validateRemoteKubeconfig(text, name, new Date()).problems;
  if (refused !== undefined) {
    return { code: refused.code, fault: `istiod cannot use Secret ${name}: ${refused.message}` };
  }
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromString(text);
  try {
    const remote = await LiveCluster.of(to, config);
    await remote.connect();
    await remote.list<V1Service>({ apiVersion: 'v1', kind: 'Service', namespace: istioSystem });
    return 'opens';
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    const { code, message = '' } = error.problems[0] ?? {};
    return { code, fault: `Secret ${name} does not open ${to}: ${message}` };
  }
}

/** Whether the proxy of the client knows an endpoint of HelloWorld at one of a gateway's addresses. */
export async function isEndpointKnown(
  live: LiveCluster,
  client: string,
  addresses: readonly string[],
): Promise<boolean | undefined> {
  const result = await runInProxy(live, client, ['pilot-agent', 'request', 'GET', 'clusters?format=json']);
  const endpoints = helloWorldEndpoints(result?.stdout ?? '');
  // istiod resolves a load balancer's host name, perhaps to other addresses than we would get.
  const resolved = addresses.some((address) => isIP(address) === 0);
  return endpoints?.some(
    ({ address, port }) => addresses.includes(address) || (resolved && port === crossNetworkPort),
  );
}

/** Whether the pod of the client can connect to one of a gateway's addresses. */
export async function reachGateway(
  live: LiveCluster,
  client: string,
  addresses: readonly string[],
): Promise<'reached' | GatewayProblem | undefined> {
  const outcomes = await Promise.all(
    addresses.map(async (address) => {
      const target = `${isIPv6(address) ? `[${address}]` : address}:${crossNetworkPort}`;
      const bounds = ['--timeoutSeconds', '4', '--requestTimeoutMillis', '3000'];
      const command = ['pilot-agent', 'wait', '--url', `http://${target}/`, ...bounds];
      const result = await runInProxy(live, client, command);
      return result && connectionOutcome(target, result);
    }),
  );
  return outcomes.find((outcome) => outcome === 'reached') ?? outcomes[0];
}

/**
 * What pilot-agent's waiting for a plain HTTP answer of a gateway shows. A gateway that is reached hangs
 * up, because it takes TLS only. Undefined where it shows nothing.
 */
export function connectionOutcome(
  target: string,
  { exitCode, stdout, stderr }: PodCommandResult,
): 'reached' | GatewayProblem | undefined {
  const reason = /Last error: (?:Get "[^"]*": )?(.*)/.exec(`${stdout}\n${stderr}`)?.[1];
  if (exitCode === 0) return 'reached';
  if (reason === undefined) return undefined;
  if (/deadline exceeded|Client\.Timeout|i\/o timeout/.test(reason)) {
    return { fault: `${target} does not answer` };
  }
  return /^dial /.test(reason) ? { fault: `${target} does not answer: ${reason}` } : 'reached';
}

/** The proxy's own connections are not redirected, so they show the network as it is. */
function runInProxy(
  live: LiveCluster,
  pod: string,
  command: readonly string[],
): Promise<PodCommandResult | undefined> {
  const { namespace } = helloWorld;
  return orUndefined(live.run({ namespace, pod, container: proxyContainer, command, timeoutSeconds: 15 }));
}
