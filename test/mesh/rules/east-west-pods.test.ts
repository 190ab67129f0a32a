import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { EastWestGatewayDefinition } from '../../../src/mesh/gateway';
import { problemsOf } from '../problems-of';

function problemsWith(eastWestGateway: EastWestGatewayDefinition) {
  const clusters = [{ name: 'cluster1', network: 'network1', eastWestGateway }];
  return problemsOf(() => defineMesh({ meshID: 'mesh1', clusters })).map(({ location, hint }) => [
    location.path?.replace('clusters[0].eastWestGateway.', ''),
    hint,
  ]);
}

describe('the labels of an east-west gateway', () => {
  test.each<[string, Record<string, string>]>([
    ['of the user', { team: 'mesh' }],
    ['that it has anyway', { istio: 'eastwestgateway', 'topology.istio.io/network': 'network1' }],
    // Gateways that istioctl installs without this label have that of the ingress gateway.
    ['in the selector of a gateway that runs', { app: 'istio-ingressgateway' }],
  ])('can be those %s', (_, labels) => {
    expect(problemsWith({ labels })).toEqual([]);
    const clusters = [{ name: 'cluster1', network: 'network1', eastWestGateway: { labels } }];
    const [cluster] = defineMesh({ meshID: 'mesh1', clusters }).clusters;
    expect(cluster?.eastWestGateway?.labels).toEqual(labels);
  });

  test.each([
    ['istio', 'ingressgateway'],
    ['topology.istio.io/network', 'network2'],
  ])('cannot hide it from Istio: %s', (name, value) => {
    expect(problemsWith({ labels: { [name]: value } })).toEqual([
      [
        `labels.${name}`,
        'Remove it. For a gateway with other labels, write one of gateways with networkGateway, and eastWestGateway: disabled.',
      ],
    ]);
  });

  test.each(['istio.io/rev', 'service.istio.io/canonical-name', 'sidecar.istio.io/inject'])(
    'cannot be those that Istio sets: %s',
    (name) => {
      expect(problemsWith({ labels: { [name]: 'false' } })).toEqual([[`labels.${name}`, 'Remove it.']]);
    },
  );
});

describe('the pods of an east-west gateway', () => {
  test('have the Secrets of the chart already', () => {
    const volume = { name: 'ingressgateway-certs', emptyDir: {} };
    expect(problemsWith({ volumes: [volume] }).map(([path]) => path)).toEqual(['volumes[0].name']);
    const mount = { name: 'cache', mountPath: '/etc/istio/ingressgateway-certs' };
    const found = problemsWith({ volumes: [{ name: 'cache', emptyDir: {} }], volumeMounts: [mount] });
    expect(found.map(([path]) => path)).toEqual(['volumeMounts[0].mountPath']);
  });

  test('are replaced by a strategy that a Deployment knows', () => {
    expect(problemsWith({ strategy: { type: 'Recreate' } })).toEqual([]);
    expect(
      problemsWith({ strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } }).map(([path]) => path),
    ).toEqual(['strategy.rollingUpdate']);
  });
});
