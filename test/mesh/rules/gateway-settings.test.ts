import { describe, expect, test } from 'vitest';
import { gatewayNamespaces } from '../../../src/control-plane/gateway/gateway-namespaces';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { ClusterDefinition, MeshDefinition } from '../../../src/mesh/definition';
import type { GatewayDefinition, GatewaysDefinition } from '../../../src/mesh/gateways/definition';
import { networkGatewayOf } from '../../../src/mesh/network-gateway';
import { problemsOf } from '../problems-of';

function definitionOf(
  gateways: GatewaysDefinition,
  cluster: Partial<ClusterDefinition> = {},
  mesh: Partial<MeshDefinition> = {},
): MeshDefinition {
  return {
    meshID: 'mesh1',
    gateways,
    ...mesh,
    clusters: [{ name: 'cluster1', network: 'network1', ...cluster }],
  };
}

function found(definition: MeshDefinition): string[] {
  const problems = problemsOf(() => defineMesh(definition));
  return problems.map(({ location, message }) => `${location.path}: ${message}`);
}

describe('a gateway is refused', () => {
  test.each<[string, GatewayDefinition, string]>([
    [
      'with a revision that no control plane has',
      { revision: 'canary' },
      'gateways.public.revision: No control plane of cluster1 has the revision or the tag canary, so nothing injects the proxy.',
    ],
    [
      'with the name of the ingress gateway',
      { name: 'istio-ingressgateway' },
      'gateways.public.name: istio-ingressgateway in istio-system is the name of the ingress gateway of the profile default.',
    ],
    [
      'with the name of the east-west gateway',
      { name: 'istio-eastwestgateway' },
      'gateways.public.name: istio-eastwestgateway in istio-system is the name of the east-west gateway.',
    ],
    [
      'with the name of istiod',
      { name: 'istiod-canary' },
      'gateways.public.name: istiod-canary in istio-system is the name of a Service of istiod.',
    ],
    [
      'beside an east-west gateway of the same network',
      { networkGateway: 'network1' },
      'gateways.public.networkGateway: network1 has two gateways in cluster1: public and eastWestGateway.',
    ],
    [
      'with another network',
      { networkGateway: 'network2' },
      'gateways.public.networkGateway: The network of cluster1 is network1, not network2.',
    ],
    [
      'that is switched off',
      { enabled: false },
      'gateways.public.enabled: The gateway public is switched off.',
    ],
    [
      'in a namespace without injection',
      { namespace: { name: 'edge', labels: { 'istio-injection': 'disabled' } } },
      'gateways.public.namespace.labels.istio-injection: In a namespace with the label istio-injection: disabled, istiod does not inject the proxy of a gateway.',
    ],
    [
      'with two ports of one name',
      {
        service: {
          ports: [
            { name: 'a', port: 80 },
            { name: 'a', port: 81 },
          ],
        },
      },
      'gateways.public.service.ports[1].name: Two ports of the Service have the name a.',
    ],
    ['without a port', { service: { ports: [] } }, 'gateways.public.service.ports: The Service has no port.'],
    [
      'with a port for health checks that Kubernetes refuses',
      { service: { healthCheckNodePort: 31000 } },
      'gateways.public.service.healthCheckNodePort: Only a load balancer with externalTrafficPolicy: Local has a healthCheckNodePort.',
    ],
    [
      'with source ranges of another type',
      { service: { type: 'NodePort', loadBalancerSourceRanges: ['203.0.113.0/24'] } },
      'gateways.public.service.loadBalancerSourceRanges: A Service of type NodePort has no loadBalancerSourceRanges.',
    ],
    [
      'with a minimum above the maximum',
      { autoscaling: { minReplicas: 9 } },
      'gateways.public.autoscaling: minReplicas 9 is greater than maxReplicas 5.',
    ],
    [
      'with a request above the limit',
      { resources: { requests: { cpu: '4' } } },
      'gateways.public.resources.limits.cpu: The request of 4 cpu is greater than the limit of 2000m.',
    ],
    [
      'with a mount of no volume',
      { volumeMounts: [{ name: 'tls', mountPath: '/tls' }] },
      'gateways.public.volumeMounts[0].name: The pod has no volume tls.',
    ],
    [
      'with the strategy of a Deployment in a DaemonSet',
      { kind: 'DaemonSet', strategy: { type: 'Recreate' } },
      'gateways.public.strategy.type: A DaemonSet does not know the strategy Recreate.',
    ],
    [
      'with a misspelled key',
      { replicas: 2 } as never,
      'gateways.public.replicas: "replicas" is not a key of gateways.public.',
    ],
  ])('%s', (_, gateway, problem) => {
    expect(found(definitionOf({ public: gateway }))).toEqual([problem]);
  });

  test('with the name of another one in its namespace', () => {
    const gateways = { a: { name: 'same', namespace: 'edge' }, b: { name: 'same', namespace: 'edge' } };
    expect(found(definitionOf(gateways))).toEqual([
      'gateways.b.name: The gateways a and b have the same name, same, in edge.',
    ]);
    expect(found(definitionOf({ ...gateways, b: { name: 'same' } }))).toEqual([]);
  });

  test('with the service account of another one', () => {
    const [a, b] = ['a', 'b'].map(() => ({ serviceAccount: { name: 'edge' } }));
    expect(found(definitionOf({ a: a as object, b: b as object }))).toEqual([
      'gateways.b.serviceAccount: The gateways a and b both write the service account edge.',
    ]);
    const borrowed = { serviceAccount: { name: 'edge', create: false }, rbac: { enabled: false } };
    expect(found(definitionOf({ a: a as object, b: borrowed }))).toEqual([]);
  });
});

test('a problem is where its cause is written, once for all clusters', () => {
  const clusters = ['network1', 'network2'].map((network) => ({ name: network, network }));
  const mesh = { meshID: 'mesh1', gateways: { public: { autoscaling: { minReplicas: 9 } } }, clusters };
  expect(found(mesh)).toEqual(['gateways.public.autoscaling: minReplicas 9 is greater than maxReplicas 5.']);
  const own = { public: { autoscaling: { minReplicas: 7 } } };
  expect(found(definitionOf({ public: { name: 'a' } }, { gateways: own }))).toEqual([
    'clusters[0].gateways.public.autoscaling: minReplicas 7 is greater than maxReplicas 5.',
  ]);
});

test('the gateways of a cluster are merged over those of the mesh', () => {
  const gateways = { a: { labels: { x: '1', y: '1' } }, b: {} };
  const own = { a: { labels: { y: null } }, b: 'disabled' as const, c: {} };
  const mesh = defineMesh(definitionOf(gateways, { gateways: own as never }));
  const settings = mesh.clusters[0]?.gateways ?? [];
  expect(settings.map(({ name }) => name)).toEqual(['a', 'c']);
  expect(settings[0]?.values.labels).toEqual({ 'istio.io/dataplane-mode': 'none', x: '1', y: null });
});

test('pods name the revision of their control plane, unless it is the default', () => {
  const revisionOf = (gateway: GatewayDefinition, revision?: string) =>
    defineMesh(
      definitionOf(
        { a: gateway },
        {},
        { istio: { revision, canary: { revision: 'next', version: '1.31.0' } } },
      ),
    ).clusters[0]?.gateways[0]?.revision;
  expect(revisionOf({})).toBeUndefined();
  expect(revisionOf({}, 'blue')).toBe('blue');
  expect(revisionOf({ revision: 'next' })).toBe('next');
});

test('namespaces are created, but for those that exist', () => {
  const namespacesOf = (gateways: GatewaysDefinition, settings: Partial<MeshDefinition> = {}) => {
    const mesh = defineMesh(definitionOf(gateways, {}, settings));
    return mesh.clusters
      .slice(0, 1)
      .flatMap((cluster) => gatewayNamespaces(mesh, cluster))
      .map(({ metadata }) => [metadata.name, metadata.labels]);
  };
  expect(
    namespacesOf({
      a: {},
      b: { namespace: 'edge' },
      c: { namespace: { name: 'edge', labels: { team: 'edge' } } },
      d: { namespace: { name: 'theirs', create: 'disabled' } },
    }),
  ).toEqual([['edge', { team: 'edge' }]]);
  const hardened = { security: 'hardened' } as const;
  const level = 'pod-security.kubernetes.io/enforce';
  expect(namespacesOf({ a: { namespace: 'edge' } }, hardened)).toEqual([['edge', { [level]: 'restricted' }]]);
  const securityContext = { runAsUser: 0 };
  expect(namespacesOf({ a: { namespace: 'edge', securityContext } }, hardened)).toEqual([
    ['edge', undefined],
  ]);
});

test('a gateway with networkGateway is that of its cluster', () => {
  const gateways = { 'istio-eastwestgateway': { networkGateway: 'network1', namespace: 'edge' } };
  const other = { name: 'cluster2', network: 'network2' };
  const definition = definitionOf({}, { gateways, eastWestGateway: 'disabled' });
  const mesh = defineMesh({ ...definition, clusters: [...definition.clusters, other] });
  const [cluster] = mesh.clusters;
  expect(cluster && networkGatewayOf(cluster)).toMatchObject({
    name: 'istio-eastwestgateway',
    namespace: 'edge',
    selector: { app: 'istio-eastwestgateway', istio: 'eastwestgateway' },
  });
});

test('in ambient mode other networks enter only through the east-west gateway, whose name is its own', () => {
  const ambient = { dataPlane: 'ambient' } as const;
  const own = definitionOf(
    { edge: { networkGateway: 'network1' } },
    { eastWestGateway: 'disabled' },
    ambient,
  );
  expect(found(own)).toContain(
    'gateways.edge.networkGateway: cluster1 is in ambient mode, in which other networks enter only through the east-west gateway.',
  );
  const name = 'istio-eastwestgateway-ambient';
  expect(found(definitionOf({ edge: { name } }, {}, { dataPlane: 'both' }))).toEqual([
    `gateways.edge.name: ${name} in istio-system is the name of the east-west gateway of ambient mode.`,
  ]);
  expect(found(definitionOf({ edge: { name } }, {}, ambient))).toEqual([]);
});
