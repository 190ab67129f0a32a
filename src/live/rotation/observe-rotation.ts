import type {
  V1MutatingWebhookConfiguration,
  V1Pod,
  V1ValidatingWebhookConfiguration,
} from '@kubernetes/client-node';
import { istioSystem } from '../../mesh/istio-names';
import type { Cluster, Mesh } from '../../mesh/mesh';
import type { Certificate } from '../../pki/certificate';
import { type ClusterState, observeClusterState } from '../cluster-state';
import type { LiveCluster } from '../live-cluster';
import { isPodReady } from '../observe-pods';
import type { ProxyPod } from '../proxy';
import { certificatesIn } from '../proxy-secrets';
import { istiodCertificate } from './istiod-certificate';

/** What a cluster shows of a rotation of the root. */
export interface RotationObservation {
  readonly state: ClusterState;
  /** The pods of all istiods that are not terminating. */
  readonly istiods: readonly RotatingIstiod[];
  readonly webhooks: readonly WebhookRoots[];
  /** The proxies that did not answer. */
  readonly silentProxies: readonly ProxyPod[];
}

/** An istiod pod. */
interface RotatingIstiod {
  readonly pod: string;
  readonly ready: boolean;
  /** Whether it takes another root certificate while it runs. */
  readonly takesAnotherRoot: boolean;
  /** The certificate that it presents, and its issuers; undefined if it was not reached. */
  readonly chain?: readonly Certificate[];
}

/** The root certificates with which the API server verifies istiod. */
interface WebhookRoots {
  /** The configuration, as kubectl takes it. */
  readonly name: string;
  readonly roots: readonly Certificate[];
}

/** Observes everything in a cluster that a rotation of the root changes. Asks every proxy. */
export async function observeRotation(
  live: LiveCluster,
  mesh: Mesh,
  cluster: Cluster,
): Promise<RotationObservation> {
  const [state, istiods, webhooks] = await Promise.all([
    observeClusterState(live, mesh, cluster, 'all'),
    observeIstiods(live),
    observeWebhooks(live),
  ]);
  const answered = new Set(state.proxySecrets.map(({ proxy }) => proxy));
  return { state, istiods, webhooks, silentProxies: state.proxies.filter((proxy) => !answered.has(proxy)) };
}

async function observeIstiods(live: LiveCluster): Promise<RotatingIstiod[]> {
  const labels = { app: 'istiod' };
  const pods = await live.list<V1Pod>({ apiVersion: 'v1', kind: 'Pod', namespace: istioSystem, labels });
  const running = pods.filter(({ metadata, status }) => {
    const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed';
    return metadata?.deletionTimestamp === undefined && !isOver;
  });
  return Promise.all(
    running.map(async (pod) => {
      const name = pod.metadata?.name ?? '';
      const ready = isPodReady(pod);
      const chain = ready ? await istiodCertificate(live, name) : undefined;
      return { pod: name, ready, takesAnotherRoot: takesAnotherRoot(pod), ...(chain && { chain }) };
    }),
  );
}

/** As Go's strconv.ParseBool, with which istiod reads the variable. */
function takesAnotherRoot({ spec }: V1Pod): boolean {
  const env = spec?.containers.find(({ name }) => name === 'discovery')?.env ?? [];
  const { value = '' } = env.find(({ name }) => name === 'ISTIO_MULTIROOT_MESH') ?? {};
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value);
}

async function observeWebhooks(live: LiveCluster): Promise<WebhookRoots[]> {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const [injectors, validators] = await Promise.all([
    live.list<V1MutatingWebhookConfiguration>({ apiVersion, kind: 'MutatingWebhookConfiguration' }),
    live.list<V1ValidatingWebhookConfiguration>({ apiVersion, kind: 'ValidatingWebhookConfiguration' }),
  ]);
  return [
    ...injectors.flatMap((each) => rootsOf('mutatingwebhookconfiguration', each)),
    ...validators.flatMap((each) => rootsOf('validatingwebhookconfiguration', each)),
  ];
}

/** istiod writes the roots into the webhooks that lead to it. Those of others have none of them. */
function rootsOf(
  kind: string,
  { metadata, webhooks = [] }: V1MutatingWebhookConfiguration | V1ValidatingWebhookConfiguration,
): WebhookRoots[] {
  return webhooks.flatMap(({ clientConfig: { service, caBundle } }) => {
    const isIstiod = service?.namespace === istioSystem && service.name.startsWith('istiod');
    if (!isIstiod || caBundle === undefined || caBundle === '') return [];
    const roots = certificatesIn(Buffer.from(caBundle, 'base64').toString('utf8'));
    return { name: `${kind} ${metadata?.name}`, roots };
  });
}
