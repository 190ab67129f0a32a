import { request } from 'node:http';
import type { V1Pod } from '@kubernetes/client-node';
import type { LiveCluster } from '../live-cluster';
import { mapLimited } from '../map-limited';
import { isPodReady } from '../observe-pods';

/** The labels of the pods of ztunnel. */
export const ztunnelPods = { app: 'ztunnel' } as const;

/** The port on which ztunnel answers questions about its configuration, in its own pod only. */
const adminPort = 15000;

/** What ztunnel of one node knows. */
export interface Ztunnel {
  readonly pod: string;
  readonly namespace: string;
  readonly node: string;
  readonly services: readonly ZtunnelService[];
  readonly workloads: readonly ZtunnelWorkload[];
  readonly certificates: readonly ZtunnelCertificate[];
}

/** A Service, as ztunnel knows it. */
interface ZtunnelService {
  readonly name: string;
  readonly namespace: string;
  /** The UIDs of the workloads behind it. */
  readonly endpoints: readonly string[];
  readonly waypoint: boolean;
}

/** A workload, or the gateway behind which the workloads of another network are. */
interface ZtunnelWorkload {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly network: string;
  readonly protocol: string;
  /** The addresses of the gateway that leads to it: IP addresses or host names; empty for a workload of the own network. */
  readonly gateway: string;
}

/** A certificate that ztunnel holds for the pods of a service account. */
export interface ZtunnelCertificate {
  /** The SPIFFE ID. */
  readonly identity: string;
  /** `Available`, or why there is no certificate. */
  readonly state: string;
  /** In PEM: the certificate and its issuers. */
  readonly chain: string;
  /** In PEM: the root certificates that ztunnel trusts. */
  readonly roots: string;
}

/** How long to wait for an answer, in milliseconds. */
const answerTime = 10_000;

/** How many ztunnels to ask at a time. */
const atOnce = 8;

/** Asks ready ztunnels what they know. Those that do not answer are left out. */
export async function observeZtunnels(live: LiveCluster, nodes?: readonly string[]): Promise<Ztunnel[]> {
  const pods = await live.list<V1Pod>({ apiVersion: 'v1', kind: 'Pod', labels: ztunnelPods });
  const asked = pods.filter(
    (pod) => isPodReady(pod) && (nodes === undefined || nodes.includes(pod.spec?.nodeName ?? '')),
  );
  const found = await mapLimited(asked, atOnce, async ({ metadata, spec }) => {
    const { name: pod = '', namespace = '' } = metadata ?? {};
    const dump = parseZtunnel(await configurationOf(live, namespace, pod));
    return dump && { pod, namespace, node: spec?.nodeName ?? '', ...dump };
  });
  return found.filter((each) => each !== undefined);
}

/** The answer of ztunnel; empty if there is none. */
async function configurationOf(live: LiveCluster, namespace: string, pod: string): Promise<string> {
  const stream = await live.openPort({ namespace, pod, port: adminPort, timeoutSeconds: 10 });
  if (stream === undefined) return '';
  return new Promise((resolve) => {
    const asked = request(
      {
        path: '/config_dump',
        headers: { host: 'localhost', connection: 'close' },
        createConnection: () => stream,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
        response.on('error', () => resolve(''));
      },
    );
    asked.on('error', () => resolve(''));
    asked.end();
    // The stream is no socket, so Node does not limit its time.
    setTimeout(() => asked.destroy(), answerTime).unref();
  });
}

/**
 * Parses what ztunnel says about its configuration; undefined for any other text.
 *
 * @see https://istio.io/latest/docs/ambient/usage/troubleshoot-ztunnel/
 */
export function parseZtunnel(text: string): Omit<Ztunnel, 'pod' | 'namespace' | 'node'> | undefined {
  try {
    const { services, workloads, certificates } = JSON.parse(text) as ConfigDump;
    return {
      services: listOf(services).map(({ name, namespace, endpoints, waypoint }) => ({
        name,
        namespace,
        endpoints: listOf(endpoints).map(({ workloadUid }) => workloadUid),
        waypoint: waypoint !== undefined && waypoint !== null,
      })),
      workloads: listOf(workloads).map((workload) => ({
        uid: workload.uid,
        name: workload.name,
        namespace: workload.namespace,
        cluster: workload.clusterId ?? '',
        network: workload.network ?? '',
        protocol: workload.protocol ?? '',
        gateway: workload.networkGateway?.destination ?? '',
      })),
      certificates: listOf(certificates).map(({ identity, state, certChain, rootCerts }) => ({
        identity,
        state: typeof state === 'string' ? state : JSON.stringify(state),
        chain: pemOf(certChain),
        roots: pemOf(rootCerts),
      })),
    };
  } catch {
    return undefined;
  }
}

/** Depending on its version, ztunnel writes a list, or a map by key. */
type Listed<T> = readonly T[] | Readonly<Record<string, T>>;

interface ConfigDump {
  readonly services?: Listed<{
    readonly name: string;
    readonly namespace: string;
    readonly endpoints?: Listed<{ readonly workloadUid: string }>;
    readonly waypoint?: object | null;
  }>;
  readonly workloads?: Listed<{
    readonly uid: string;
    readonly name: string;
    readonly namespace: string;
    readonly clusterId?: string;
    readonly network?: string;
    readonly protocol?: string;
    readonly networkGateway?: { readonly destination?: string } | null;
  }>;
  readonly certificates?: Listed<{
    readonly identity: string;
    readonly state: unknown;
    readonly certChain?: Listed<{ readonly pem?: string }>;
    readonly rootCerts?: Listed<{ readonly pem?: string }>;
  }>;
}

function listOf<T>(listed: Listed<T> | undefined): readonly T[] {
  return Object.values(listed ?? {});
}

/** The texts are in base64 of PEM. */
function pemOf(certificates: Listed<{ readonly pem?: string }> | undefined): string {
  return listOf(certificates)
    .map(({ pem = '' }) => (pem.startsWith('-----') ? pem : Buffer.from(pem, 'base64').toString('utf8')))
    .join('\n');
}
