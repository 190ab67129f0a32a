import { X509Certificate } from 'node:crypto';
import type { V1ClusterRoleBinding, V1ConfigMap, V1Namespace } from '@kubernetes/client-node';
import { istioSystem, networkLabel, readerServiceAccount, withRevision } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { observeAmbientGateway } from './ambient/ambient-gateway';
import { deployment } from './deployment';
import type { LiveCluster } from './live-cluster';
import type { ControlPlaneObservation } from './observation';
import { observeGateway } from './observe-gateway';
import { observeReplicas } from './observe-pods';
import { observeRollout } from './rollout';

/** Observes the control plane of a cluster. */
export async function observeControlPlane(
  live: LiveCluster,
  mesh: Mesh,
  cluster: Cluster,
): Promise<ControlPlaneObservation> {
  const [namespace, istiod, gateway, ambientGateway, readerBound, rootCertificate] = await Promise.all([
    live.read<V1Namespace>({ apiVersion: 'v1', kind: 'Namespace', name: istioSystem }),
    deployment(live, withRevision('istiod', cluster.istio.revision)),
    observeGateway(live, mesh, cluster),
    observeAmbientGateway(live, cluster),
    isReaderBound(live),
    readRootCertificate(live),
  ]);
  return {
    network: namespace?.metadata?.labels?.[networkLabel],
    istiod: istiod && (await observeRollout(live, istiod)),
    replicas:
      istiod === undefined ? [] : await observeReplicas(live, istiod.spec?.selector.matchLabels ?? {}),
    gateway,
    ambientGateway,
    readerBound,
    rootCertificates: fingerprints(rootCertificate),
    rootCertificate,
  };
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
async function readRootCertificate(live: LiveCluster): Promise<string> {
  const reference = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: 'istio-ca-root-cert',
    namespace: istioSystem,
  };
  const { data = {} } = (await live.read<V1ConfigMap>(reference)) ?? {};
  return data['root-cert.pem'] ?? '';
}

/** The SHA-256 fingerprints of the certificates in a PEM text, sorted. */
export function fingerprints(pem: string): string[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block).fingerprint256).sort();
}
