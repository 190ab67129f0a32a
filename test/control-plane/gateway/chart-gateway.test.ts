import { expect, test } from 'vitest';
import { chartGateway } from '../../../src/control-plane/gateway/chart-gateway';
import { controlPlaneInput } from '../../../src/control-plane/input';
import { istioWithDefaults } from '../../../src/mesh/istio';
import type { IngressPortValues } from '../../../src/mesh/values/gateway-values';

function containerPorts(ports: readonly IngressPortValues[]) {
  const values = { gateways: { 'istio-ingressgateway': { ports } } };
  const { template } = chartGateway(controlPlaneInput(istioWithDefaults({ values })), { kind: 'ingress' });
  const [proxy] = template.spec.containers as { ports: { containerPort: number; protocol: string }[] }[];
  return proxy?.ports.map(({ containerPort, protocol }) => `${containerPort} ${protocol}`);
}

test('ports of the Service that lead to the same port of the pods are one port of the container', () => {
  const ports = [
    { name: 'http', port: 80, targetPort: 8080 },
    { name: 'http-alt', port: 8080 },
    { name: 'metrics', port: 15090 },
  ];
  expect(containerPorts(ports)).toEqual(['8080 TCP', '15090 TCP']);
});
