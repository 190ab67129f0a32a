import { request } from 'node:http';
import type { V1Pod } from '@kubernetes/client-node';
import { ztunnelPods } from '../../control-plane/ztunnel/naming';
import type { LiveCluster } from '../live-cluster';
import { mapLimited } from '../map-limited';
import { isPodReady } from '../observe-pods';

/** The port on which ztunnel answers questions about its configuration, in its own pod only. */
const adminPort = 15000;

/** What ztunnel of one node knows. */
export interface Ztunnel {
  readonly pod: string;
  readonly namespace: string;
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
}

/** A workload, or the gateway behind which the workloads of another network are. */
interface ZtunnelWorkload {
  readonly uid: string;
  readonly network: string;
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
export async function observeZtunnels(live: LiveCluster): Promise<Ztunnel[]> {
  const pods = await live.list<V1Pod>({ apiVersion: 'v1', kind: 'Pod', labels: ztunnelPods });
  const found = await mapLimited(pods.filter(isPodReady), atOnce, async ({ metadata }) => {
    const { name: pod = '', namespace = '' } = metadata ?? {};
    const dump = parseZtunnel(await configurationOf(live, namespace, pod));
    return dump && { pod, namespace, ...dump };
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
export function parseZtunnel(text: string): Omit<Ztunnel, 'pod' | 'namespace'> | undefined {
  try {
    const { services, workloads, certificates } = JSON.parse(text) as ConfigDump;
    return {
      services: listOf(services).map(({ name, namespace, endpoints }) => ({
        name,
        namespace,
        endpoints: listOf(endpoints).map(({ workloadUid }) => workloadUid),
      })),
      workloads: listOf(workloads).map(({ uid, network = '' }) => ({ uid, network })),
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
  }>;
  readonly workloads?: Listed<{ readonly uid: string; readonly network?: string }>;
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
