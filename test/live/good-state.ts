import type { V1ConfigMap, V1MutatingWebhookConfiguration, V1Pod } from '@kubernetes/client-node';
import { controlPlaneInput } from '../../src/control-plane/input';
import { istiodImage } from '../../src/control-plane/istiod/container';
import type { ClusterState } from '../../src/live/cluster-state';
import { proxiesOf } from '../../src/live/proxy';
import { certificatesIn } from '../../src/live/proxy-secrets';
import type { Cluster } from '../../src/mesh/mesh';
import { issue, type KeyPair } from '../remotes/key-pair';

/** The root certificate of the mesh. */
const root = issue('root');

/** A pod with a sidecar or a gateway, of a Deployment. */
export function proxyPod(
  namespace: string,
  deployment: string,
  revision = 'default',
  network?: string,
): V1Pod {
  const hash = '5d9c';
  return {
    metadata: {
      name: `${deployment}-${hash}-1`,
      namespace,
      creationTimestamp: new Date('2026-01-01T00:00:00Z'),
      labels: {
        'pod-template-hash': hash,
        ...(network === undefined ? {} : { 'topology.istio.io/network': network }),
      },
      annotations: { 'sidecar.istio.io/status': JSON.stringify({ revision }) },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${deployment}-${hash}`,
          uid: '1',
          controller: true,
        },
      ],
    },
    spec: { containers: [{ name: 'app' }], initContainers: [{ name: 'istio-proxy' }] },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

/** The webhook that injects namespaces with a label. */
export function injector(
  name: string,
  revision: string,
  matchLabels: Readonly<Record<string, string>>,
  caBundle: string = base64(root.certificate),
): V1MutatingWebhookConfiguration {
  return {
    metadata: { name, labels: { app: 'sidecar-injector', 'istio.io/rev': revision } },
    webhooks: [
      {
        name: 'namespace.sidecar-injector.istio.io',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        clientConfig: { caBundle, service: { namespace: 'istio-system', name: 'istiod' } },
        namespaceSelector: { matchLabels: { ...matchLabels } },
      },
    ],
  };
}

/** The state of a working cluster with one workload, sample/curl. */
export function goodState(cluster: Cluster): ClusterState {
  const proxies = proxiesOf([proxyPod('sample', 'curl', 'default', cluster.network)]);
  return {
    cluster,
    namespaces: [{ metadata: { name: 'sample', labels: { 'istio-injection': 'enabled' } } }],
    istiods: [istiod(cluster)],
    proxies,
    proxySecrets: proxies.map((proxy) => ({
      proxy,
      chain: certificatesIn(root.certificate),
      roots: certificatesIn(root.certificate),
      revocationLists: '',
    })),
    ztunnels: [],
    injectors: [injector('istio-sidecar-injector', 'default', { 'istio-injection': 'enabled' })],
    servicesWithEndpoints: ['istiod'],
    configMaps: [{ metadata: { name: 'istio' }, data: { mesh: 'trustDomain: cluster.local\n' } }],
    crlConfigMaps: [],
    rootConfigMaps: ['istio-system', 'sample'].map((namespace) => rootConfigMap(namespace)),
    caSecrets: [caSecret('cacerts')],
  };
}

/** An istiod that serves sample/curl. */
export function istiod(cluster: Cluster, revision = 'default', version = '1.31.0') {
  return {
    revision,
    image: istiodImage(controlPlaneInput(cluster.istio)),
    desired: 1,
    ready: 1,
    pods: [
      {
        pod: `istiod-${revision}`,
        version,
        meshConfig: { trustDomain: 'cluster.local' },
        connected: [{ id: 'curl-5d9c-1.sample', version: '1.31.0', clusterID: cluster.name }],
      },
    ],
  };
}

/** The ConfigMap with the root certificate of a namespace. */
export function rootConfigMap(namespace: string, { certificate }: KeyPair = root): V1ConfigMap {
  return { metadata: { name: 'istio-ca-root-cert', namespace }, data: { 'root-cert.pem': certificate } };
}

/** A Secret with a CA that signs with its root. */
export function caSecret(name: string, { certificate }: KeyPair = root) {
  const data = Object.fromEntries(
    ['ca-cert.pem', 'ca-key.pem', 'root-cert.pem', 'cert-chain.pem'].map((key) => [key, base64(certificate)]),
  );
  return { metadata: { name }, data };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
