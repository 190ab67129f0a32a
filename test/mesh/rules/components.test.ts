import { expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import { networkGatewayOf } from '../../../src/mesh/network-gateway';

function notesOf(k8s: object) {
  const istio = { components: { pilot: { k8s } } };
  return defineMesh({ meshID: 'mesh1', istio, clusters: [{ name: 'c', network: 'n' }] }).notes;
}

test('settings that istioctl accepts and does not apply are in a note', () => {
  const path = 'webhooks.[name:rev.namespace.istio.io].timeoutSeconds';
  const overlays = [{ kind: 'Deployment', name: 'istiod', patches: [{ path, value: 5 }] }];
  expect(notesOf({ volumes: [{ name: 'a', emptyDir: {} }], overlays })).toEqual([
    expect.objectContaining({ location: { path: 'istio.components.pilot.k8s.volumes' } }),
    expect.objectContaining({
      location: { path: 'istio.components.pilot.k8s.overlays[0].patches[0].path' },
    }),
  ]);
});

test('the form of a path in which a dot is part of a name is no note', () => {
  const path = 'webhooks.[name:rev\\.namespace\\.istio\\.io].timeoutSeconds';
  const overlays = [{ kind: 'MutatingWebhookConfiguration', name: 'a', patches: [{ path, value: 5 }] }];
  expect(notesOf({ overlays })).toEqual([]);
});

function gatewayMesh(component: object, cluster: object = {}, values: object = {}) {
  const ingressGateways = [{ name: 'istio-eastwestgateway', enabled: true, ...component }];
  const istio = { components: { ingressGateways }, values } as never;
  return () => defineMesh({ meshID: 'mesh1', istio, clusters: [{ name: 'c', network: 'n', ...cluster }] });
}

test('a gateway listens below 1024 only as root', () => {
  const component = { name: 'local', k8s: { service: { type: 'ClusterIP', ports: [{ port: 80 }] } } };
  expect(gatewayMesh(component)).toThrow('The pods would listen on the port 80, for which they need root.');
  const runAsRoot = { gateways: { 'istio-ingressgateway': { runAsRoot: true } } };
  expect(gatewayMesh(component, {}, runAsRoot)).not.toThrow();
});

test('a gateway with the label of the network replaces the east-west gateway', () => {
  const label = { istio: 'eastwestgateway', 'topology.istio.io/network': 'n' };
  expect(gatewayMesh({ label })).toThrow('is that of another Service in istio-system');
  const [cluster] = gatewayMesh({ label, namespace: 'edge' }, { eastWestGateway: 'disabled' })().clusters;
  expect(cluster && networkGatewayOf(cluster)).toMatchObject({
    name: 'istio-eastwestgateway',
    namespace: 'edge',
    selector: { istio: 'eastwestgateway' },
    labels: { app: 'istio-ingressgateway', istio: 'eastwestgateway' },
    serviceType: 'LoadBalancer',
    chart: '45-gateway-istio-eastwestgateway-edge',
  });
});
