import { expect, test } from 'vitest';
import { parseEndpointCounts } from '../../../src/live/tokens/endpoint-counts';

test('counts endpoints by the cluster that they were read from', () => {
  const answer = {
    'helloworld.sample.svc.cluster.local': {
      sample: {
        Shards: {
          'Kubernetes/cluster1': [{}, {}],
          'Kubernetes/cluster2': [{}],
          'External/cluster2': [{}],
        },
        ServiceAccounts: {},
      },
    },
    'kubernetes.default.svc.cluster.local': {
      default: { Shards: { 'Kubernetes/cluster1': null, 'Kubernetes/cluster2': [{}] } },
    },
    'empty.default.svc.cluster.local': {},
  };
  expect(parseEndpointCounts(JSON.stringify(answer))).toEqual({ cluster1: 2, cluster2: 2 });
});

test.each(['', 'not found', '[null]'])('ignores an answer of another kind: %j', (text) => {
  expect(parseEndpointCounts(text)).toBeUndefined();
});
