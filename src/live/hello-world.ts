import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Service } from '@kubernetes/client-node';
import { helloWorld } from '../mesh/istio-names';
import { MeshError } from '../problems/problem';
import { deployment } from './deployment';
import type { LiveCluster } from './live-cluster';
import type { CallsObservation, HelloWorldObservation, PodObservation } from './observation';
import { observePods } from './observe-pods';
import type { Deadline } from './timeout';

/** Parses the version from an answer of HelloWorld; undefined for any other text. */
export function parseHelloWorldVersion(answer: string): string | undefined {
  return /^Hello version: (\S+), instance: \S+/.exec(answer)?.[1];
}

/** The number of calls with short pauses. If they do not suffice, the mesh needs time, and the pauses grow. */
const quickCalls = 40;

/** The pauses between calls, in milliseconds. */
const quickPause = 100;
const laterPause = 2000;

/** The time limit of one call, in seconds. */
const answerSeconds = 5;

/**
 * Calls HelloWorld from a pod until all expected versions have answered, or the deadline passes.
 *
 * @param pod the name of the client's pod
 * @param versions the expected versions
 */
export async function callHelloWorld(
  live: LiveCluster,
  pod: string,
  versions: readonly string[],
  deadline: Deadline,
): Promise<CallsObservation> {
  // An answer may have any text as its version.
  const answers = new Map<string, number>();
  let failed = 0;
  let lastFailure: string | undefined;
  for (let calls = 1; ; calls++) {
    const answer = await callOnce(live, pod);
    const version = parseHelloWorldVersion(answer);
    if (version !== undefined) answers.set(version, (answers.get(version) ?? 0) + 1);
    else {
      failed += 1;
      lastFailure = answer;
    }
    if (versions.every((expected) => answers.has(expected)) || deadline.passed) break;
    await sleep(calls < quickCalls ? quickPause : laterPause);
  }
  return { from: live.name, answers: Object.fromEntries(answers), failed, lastFailure };
}

/** The response, or the error message of the client. */
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

/** Observes HelloWorld and its client in a cluster. */
export async function observeHelloWorld(live: LiveCluster): Promise<HelloWorldObservation> {
  const { namespace, service: serviceName, client: clientName } = helloWorld;
  const [service, client] = await Promise.all([
    live.read<V1Service>({ apiVersion: 'v1', kind: 'Service', name: serviceName, namespace }),
    deployment(live, clientName, namespace),
  ]);
  const [servers, clients] = await Promise.all([
    podsOf(live, service?.spec?.selector),
    podsOf(live, client?.spec?.selector.matchLabels),
  ]);
  return { servers, clients };
}

/** An empty selector selects no pods here, where the API would list all of them. */
async function podsOf(
  live: LiveCluster,
  labels: Readonly<Record<string, string>> = {},
): Promise<PodObservation[]> {
  return Object.keys(labels).length === 0 ? [] : observePods(live, helloWorld.namespace, labels);
}

/** An endpoint of a Service in the configuration of a proxy. */
export interface ProxyEndpoint {
  readonly address: string;
  readonly port: number;
}

/**
 * Parses the endpoints of HelloWorld from Envoy's list of clusters in JSON; undefined for any other text.
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
