import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Deployment, V1Service } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { helloWorld } from '../mesh/istio-names';
import { MeshError } from '../problems/problem';
import type { LiveCluster } from './live-cluster';
import type { CallsObservation, HelloWorldObservation, PodObservation } from './observation';
import { observePods } from './observe-cluster';
import type { Deadline } from './timeout';

/** The version that an answer names; undefined for anything that is not HelloWorld's. */
export function answeredVersion(answer: string): string | undefined {
  return /^Hello version: (\S+), instance: \S+/.exec(answer)?.[1];
}

/** How many calls follow each other quickly; later ones wait for something that takes its time. */
const quickCalls = 40;

/** The pauses between quick and later calls, in milliseconds. */
const quickPause = 100;
const laterPause = 2000;

/** How long one answer may take, in seconds. */
const answerSeconds = 5;

/**
 * Calls HelloWorld from a pod until every version that should has answered, or the time is over.
 *
 * @param pod the client
 * @param versions those that should answer
 */
export async function callHelloWorld(
  live: LiveCluster,
  pod: string,
  versions: readonly string[],
  deadline: Deadline,
): Promise<CallsObservation> {
  const answers: Record<string, number> = {};
  let failed = 0;
  let lastFailure: string | undefined;
  for (let calls = 1; ; calls++) {
    const answer = await callOnce(live, pod);
    const version = answeredVersion(answer);
    if (version !== undefined) answers[version] = (answers[version] ?? 0) + 1;
    else {
      failed += 1;
      lastFailure = answer;
    }
    if (versions.every((expected) => expected in answers) || deadline.passed) break;
    await sleep(calls < quickCalls ? quickPause : laterPause);
  }
  return { from: live.name, answers, failed, lastFailure };
}

/** What the client got, or what it says about getting nothing. */
async function callOnce(live: LiveCluster, pod: string): Promise<string> {
  const { namespace, client, service, port } = helloWorld;
  const url = `http://${service}.${namespace}:${port}/hello`;
  try {
    const { stdout, stderr } = await live.run({
      namespace,
      pod,
      container: client,
      command: ['curl', '--silent', '--show-error', '--max-time', String(answerSeconds), url],
      timeoutSeconds: 2 * answerSeconds,
    });
    return (stdout || stderr).trim();
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    return error.problems.map(({ message }) => message).join(' ');
  }
}

/** Looks at HelloWorld and its client in a cluster. */
export async function observeHelloWorld(live: LiveCluster): Promise<HelloWorldObservation> {
  const { namespace, service: serviceName, client: clientName } = helloWorld;
  const [service, client] = await Promise.all([
    live.read<V1Service>({ apiVersion: 'v1', kind: 'Service', name: serviceName, namespace }),
    live.read<V1Deployment>({ apiVersion: 'apps/v1', kind: 'Deployment', name: clientName, namespace }),
  ]);
  const [servers, clients] = await Promise.all([
    podsOf(live, service?.spec?.selector),
    podsOf(live, client?.spec?.selector.matchLabels),
  ]);
  return { servers, clients };
}

/** No selector, no pods: nothing must not select everything. */
async function podsOf(
  live: LiveCluster,
  labels: Readonly<Record<string, string>> = {},
): Promise<PodObservation[]> {
  return Object.keys(labels).length === 0 ? [] : observePods(live, helloWorld.namespace, labels);
}

/** An address to which a proxy sends the requests for a Service. */
export interface ProxyEndpoint {
  readonly address: string;
  readonly port: number;
}

/**
 * The endpoints of HelloWorld that a proxy knows, out of Envoy's own list in JSON; undefined for anything
 * else than such a list.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--clusters
 */
export function helloWorldEndpoints(clusters: string): ProxyEndpoint[] | undefined {
  const { service, namespace, port } = helloWorld;
  const name = `outbound|${port}||${service}.${namespace}.svc.`;
  try {
    const { cluster_statuses: statuses } = JSON.parse(clusters) as EnvoyClusters;
    return statuses
      .filter((status) => status.name.startsWith(name))
      .flatMap(({ host_statuses: hosts = [] }) => hosts)
      .flatMap(({ address }) => {
        const { address: host, port_value: port } = address.socket_address ?? {};
        return host === undefined || port === undefined ? [] : { address: host, port };
      });
  } catch {
    return undefined;
  }
}

interface EnvoyClusters {
  readonly cluster_statuses: readonly {
    readonly name: string;
    readonly host_statuses?: readonly {
      readonly address: {
        readonly socket_address?: { readonly address?: string; readonly port_value?: number };
      };
    }[];
  }[];
}
