import { X509Certificate } from 'node:crypto';
import type {
  KubernetesObject,
  V1ClusterRoleBinding,
  V1ConfigMap,
  V1Deployment,
  V1Namespace,
  V1Service,
} from '@kubernetes/client-node';
import {
  eastWestGatewayName,
  istioSystem,
  networkLabel,
  readerServiceAccount,
  withRevision,
} from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import type { LiveCluster } from './live-cluster';
import type { ControlPlaneObservation, GatewayObservation } from './observation';
import { observeReplicas } from './observe-pods';
import { observeRollout } from './rollout';

/** Observes the control plane of a cluster. */
export async function observeControlPlane(
  live: LiveCluster,
  { istio }: Cluster,
): Promise<ControlPlaneObservation> {
  const [namespace, istiod, gateway, readerBound, rootCertificates] = await Promise.all([
    live.read<V1Namespace>({ apiVersion: 'v1', kind: 'Namespace', name: istioSystem }),
    deployment(live, withRevision('istiod', istio.revision)),
    observeGateway(live),
    isReaderBound(live),
    readRootCertificates(live),
  ]);
  return {
    network: namespace?.metadata?.labels?.[networkLabel],
    istiod: istiod && (await observeRollout(live, istiod)),
    replicas: istiod === undefined ? [] : await observeReplicas(live, istiod),
    gateway,
    readerBound,
    rootCertificates,
  };
}

async function observeGateway(live: LiveCluster): Promise<GatewayObservation | undefined> {
  const [service, pods, gateways] = await Promise.all([
    live.read<V1Service>({
      apiVersion: 'v1',
      kind: 'Service',
      name: eastWestGatewayName,
      namespace: istioSystem,
    }),
    deployment(live, eastWestGatewayName),
    // All supported Istio versions serve this API version.
    live.list<IstioGateway>({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'Gateway',
      namespace: istioSystem,
    }),
  ]);
  if (service === undefined) return undefined;
  const ingress = service.status?.loadBalancer?.ingress ?? [];
  return {
    pods: pods === undefined ? { desired: 1, ready: 0 } : await observeRollout(live, pods),
    type: service.spec?.type ?? 'ClusterIP',
    addresses: [
      ...ingress.flatMap(({ ip, hostname }) => ip ?? hostname ?? []),
      ...(service.spec?.externalIPs ?? []),
    ],
    passthrough: gateways.some(({ spec }) =>
      spec?.servers?.some(({ tls }) => tls?.mode === 'AUTO_PASSTHROUGH'),
    ),
  };
}

interface IstioGateway extends KubernetesObject {
  readonly spec?: { readonly servers?: readonly { readonly tls?: { readonly mode?: string } }[] };
}

async function isReaderBound(live: LiveCluster): Promise<boolean> {
  const bindings = await live.list<V1ClusterRoleBinding>({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
  });
  return bindings.some(({ subjects = [] }) =>
    subjects.some(({ name, namespace }) => name === readerServiceAccount && namespace === istioSystem),
  );
}

/** istiod writes its root certificates into a ConfigMap of each namespace, including istio-system. */
async function readRootCertificates(live: LiveCluster): Promise<string[]> {
  const reference = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: 'istio-ca-root-cert',
    namespace: istioSystem,
  };
  const { data = {} } = (await live.read<V1ConfigMap>(reference)) ?? {};
  return fingerprints(data['root-cert.pem'] ?? '');
}

/** The SHA-256 fingerprints of the certificates in a PEM text, sorted. */
export function fingerprints(pem: string): string[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block).fingerprint256).sort();
}

function deployment(live: LiveCluster, name: string): Promise<V1Deployment | undefined> {
  return live.read<V1Deployment>({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace: istioSystem });
}
