import { expect, test } from 'vitest';
import { clustersOfEndpoints } from '../../src/live/proxy-endpoints';

/** A part of what Envoy answers, with the metadata of endpoints. */
function dump(...workloads: readonly string[]): string {
  const endpoints = workloads.map((workload) => ({
    endpoint: { address: { socket_address: { address: '198.51.100.64', port_value: 15443 } } },
    metadata: { filter_metadata: { istio: workload === '' ? {} : { workload } } },
  }));
  const config = { cluster_name: 'outbound|5000||helloworld.sample.svc.cluster.local' };
  return JSON.stringify(
    { configs: [{ endpoint_config: { ...config, endpoints: [{ lb_endpoints: endpoints }] } }] },
    null,
    1,
  );
}

test('finds the cluster of pods, and of endpoints at gateways', () => {
  const text = dump('helloworld-v1;sample;helloworld;v1;cluster1', ';;;;cluster2');
  expect(clustersOfEndpoints(text)).toEqual(new Set(['cluster1', 'cluster2']));
});

test('knows that a proxy without endpoints has none', () => {
  expect(clustersOfEndpoints('{}')).toEqual(new Set());
});

test('does not guess where endpoints say no cluster', () => {
  expect(clustersOfEndpoints(dump('', 'helloworld-v1;sample;helloworld;v1;'))).toBeUndefined();
  expect(clustersOfEndpoints('upstream connect error')).toBeUndefined();
  expect(clustersOfEndpoints('')).toBeUndefined();
});
