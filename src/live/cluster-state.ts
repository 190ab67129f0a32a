import type {
  V1ConfigMap,
  V1EndpointSlice,
  V1MutatingWebhookConfiguration,
  V1Namespace,
  V1Pod,
  V1Secret,
} from '@kubernetes/client-node';
import { hasAmbient } from '../mesh/data-plane';
import { caCertsSecretName, istioSystem, revocationLists } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import type { Problem } from '../problems/problem';
import { observeZtunnels, type Ztunnel } from './ambient/ztunnel';
import { appliedCaProblems, caCertsSecretIn } from './applied-ca-certs';
import { type IstiodState, observeIstiods } from './istiod-state';
import type { LiveCluster } from './live-cluster';
import { type ProxyPod, proxiesOf } from './proxy';
import { observeProxySecrets, type ProxySecrets, type ProxySelection } from './proxy-secrets';
import { undefinedIfRefused } from './timeout';

/** What runs in a cluster, beyond whether it is ready: versions, certificates, configuration, injection. */
export interface ClusterState {
  readonly cluster: Cluster;
  readonly namespaces: readonly V1Namespace[];
  /** The istiods of all revisions. */
  readonly istiods: readonly IstiodState[];
  /** All pods with a proxy. */
  readonly proxies: readonly ProxyPod[];
  /** The certificates of the proxies that were asked and have answered: usually the oldest one of each workload. */
  readonly proxySecrets: readonly ProxySecrets[];
  /** What the ztunnels know; empty without ambient mode. */
  readonly ztunnels: readonly Ztunnel[];
  readonly injectors: readonly V1MutatingWebhookConfiguration[];
  /** The names of the Services in istio-system that have a ready endpoint. */
  readonly servicesWithEndpoints: readonly string[];
  /** The ConfigMaps of istio-system. */
  readonly configMaps: readonly V1ConfigMap[];
  /** The ConfigMap with the root certificates in each namespace. */
  readonly rootConfigMaps: readonly V1ConfigMap[];
  /** The ConfigMap with the lists of revoked certificates in each namespace, which may be empty. */
  readonly crlConfigMaps: readonly V1ConfigMap[];
  /** The Secrets with certificates of istiod; undefined if they must not be read. */
  readonly caSecrets?: readonly V1Secret[];
  /**
   * Why istiod does not accept the Secret cacerts.
   * @default - it accepts it, or the Secret was not read
   */
  readonly caValidation?: readonly Problem[];
}

/** Secrets from which istiod takes the CA certificate, the one of its own that it creates last. */
const caSecretNames = [caCertsSecretName, 'istio-ca-secret'];

/** Observes what runs in a cluster. */
export async function observeClusterState(
  live: LiveCluster,
  mesh: Mesh,
  cluster: Cluster,
  selection?: ProxySelection,
): Promise<ClusterState> {
  const [pods, namespaces, istiods, injectors, slices, configMaps, rootConfigMaps, crlConfigMaps, caSecrets] =
    await Promise.all([
      live.list<V1Pod>({ apiVersion: 'v1', kind: 'Pod' }),
      live.list<V1Namespace>({ apiVersion: 'v1', kind: 'Namespace' }),
      observeIstiods(live),
      live.list<V1MutatingWebhookConfiguration>({
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'MutatingWebhookConfiguration',
        labels: { app: 'sidecar-injector' },
      }),
      live.list<V1EndpointSlice>({
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        namespace: istioSystem,
      }),
      live.list<V1ConfigMap>({ apiVersion: 'v1', kind: 'ConfigMap', namespace: istioSystem }),
      live.list<V1ConfigMap>({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        fieldSelector: 'metadata.name=istio-ca-root-cert',
      }),
      live.list<V1ConfigMap>({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        fieldSelector: `metadata.name=${revocationLists}`,
      }),
      readCaSecrets(live),
    ]);
  const proxies = proxiesOf(pods);
  const [proxySecrets, ztunnels] = await Promise.all([
    observeProxySecrets(live, proxies, selection),
    hasAmbient(cluster.dataPlane) ? observeZtunnels(live) : [],
  ]);
  const caCerts = caCertsSecretIn(caSecrets);
  const caValidation = caCerts && (await appliedCaProblems(mesh, cluster.name, caCerts, new Date()));
  return {
    ...{ cluster, namespaces, istiods, proxies, proxySecrets, ztunnels },
    ...{
      injectors,
      servicesWithEndpoints: servicesOf(slices),
      configMaps,
      rootConfigMaps,
      crlConfigMaps,
      caSecrets,
      caValidation,
    },
  };
}

/** The Services with a ready endpoint. The API server writes `null` where a slice has no endpoints. */
export function servicesOf(slices: readonly V1EndpointSlice[]): string[] {
  return slices
    .filter(({ endpoints }) => endpoints?.some(({ conditions }) => conditions?.ready !== false))
    .flatMap(({ metadata }) => metadata?.labels?.['kubernetes.io/service-name'] ?? []);
}

async function readCaSecrets(live: LiveCluster): Promise<V1Secret[] | undefined> {
  const secrets = await Promise.all(
    caSecretNames.map((name) =>
      undefinedIfRefused(
        live.list<V1Secret>({
          apiVersion: 'v1',
          kind: 'Secret',
          namespace: istioSystem,
          fieldSelector: `metadata.name=${name}`,
        }),
      ),
    ),
  );
  return secrets.some((list) => list === undefined) ? undefined : secrets.flatMap((list) => list ?? []);
}
