import { App, Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { FailoverPolicy, type FailoverPolicyProps } from '../../src/constructs/failover-policy';
import { IstioMeshCluster } from '../../src/constructs/istio-mesh-cluster';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { MeshDefinition } from '../../src/mesh/definition';

function policyOf(props: FailoverPolicyProps) {
  const chart = new Chart(new App(), 'failover');
  new FailoverPolicy(chart, 'policy', props);
  return Testing.synth(chart)[0];
}

function policiesOf(definition: Partial<MeshDefinition>) {
  const clusters = [{ name: 'cluster1', network: 'network1' }];
  const mesh = defineMesh({ meshID: 'mesh1', clusters, ...definition });
  const cluster = new IstioMeshCluster(new App(), 'cluster1', { mesh });
  const chart = cluster.node.tryFindChild('57-failover');
  return chart === undefined ? [] : Testing.synth(chart as Chart);
}

describe('a failover policy', () => {
  test('prefers the own cluster, and leaves pods that do not answer', () => {
    expect(policyOf({ name: 'checkout', namespace: 'shop' })).toMatchObject({
      kind: 'DestinationRule',
      metadata: { name: 'failover-checkout.shop', namespace: 'istio-system' },
      spec: {
        host: 'checkout.shop.svc.cluster.local',
        trafficPolicy: {
          connectionPool: { tcp: { connectTimeout: '1s' } },
          loadBalancer: {
            localityLbSetting: {
              enabled: true,
              failoverPriority: ['topology.istio.io/network', 'topology.istio.io/cluster'],
            },
          },
          outlierDetection: { consecutive5xxErrors: 5, interval: '1s', maxEjectionPercent: 100 },
        },
      },
    });
  });

  test('without priorities shares calls among all clusters', () => {
    const { spec } = policyOf({ name: 'checkout', namespace: 'shop', failoverPriority: [] });
    expect(spec.trafficPolicy.loadBalancer).toEqual({ localityLbSetting: { enabled: false } });
  });

  test('refuses what its Service cannot be called', () => {
    expect(() => policyOf({ name: 'Checkout', namespace: 'shop' })).toThrow('the first one a letter');
  });
});

describe('a mesh', () => {
  test('has a policy for each Service, in its domain and its root namespace', () => {
    const services = ['checkout', 'search'].map((name) => ({
      name,
      namespace: 'shop',
      failover: 'enabled' as const,
    }));
    const values = {
      global: { proxy: { clusterDomain: 'k8s.example.com' } },
      meshConfig: { rootNamespace: 'istio-config' },
    };
    expect(
      policiesOf({ services, istio: { values } }).map(({ metadata, spec }) => [metadata, spec.host]),
    ).toEqual([
      [{ name: 'failover-checkout.shop', namespace: 'istio-config' }, 'checkout.shop.svc.k8s.example.com'],
      [{ name: 'failover-search.shop', namespace: 'istio-config' }, 'search.shop.svc.k8s.example.com'],
    ]);
  });

  test('has no policy without services', () => {
    expect(policiesOf({})).toEqual([]);
  });
});
