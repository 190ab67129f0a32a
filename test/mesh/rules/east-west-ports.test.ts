import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { EastWestGatewayDefinition } from '../../../src/mesh/gateway';
import type { ServicePortDefinition } from '../../../src/mesh/gateways/service-settings';
import { problemsOf } from '../problems-of';

function problemsWith(eastWestGateway: EastWestGatewayDefinition) {
  const clusters = [{ name: 'cluster1', network: 'network1', eastWestGateway }];
  return problemsOf(() => defineMesh({ meshID: 'mesh1', clusters })).map(({ location, hint }) => [
    location.path?.replace('clusters[0].eastWestGateway.', ''),
    hint,
  ]);
}

const tls: ServicePortDefinition = { name: 'tls', port: 15443, targetPort: 15443 };
const addTls = 'Add { name: tls, port: 15443, targetPort: 15443 }.';
const gatewayPort = (port: string) => ({ 'networking.istio.io/gatewayPort': port });

describe('the ports of an east-west gateway', () => {
  test.each<[string, EastWestGatewayDefinition]>([
    ['the port of other networks', { service: { ports: [tls] } }],
    ['one without a target port', { service: { ports: [{ name: 'tls', port: 15443 }] } }],
    [
      'another one that its label names',
      { labels: gatewayPort('443'), service: { ports: [{ ...tls, port: 443 }] } },
    ],
    ['no list', { labels: { team: 'mesh' } }],
  ])('can be %s', (_, gateway) => {
    expect(problemsWith(gateway)).toEqual([]);
  });

  test.each<[string, ServicePortDefinition[]]>([
    ['without it', [{ name: 'status', port: 15021 }]],
    ['with UDP in its place', [{ ...tls, protocol: 'UDP' }]],
    ['with another target', [{ ...tls, targetPort: 8443 }]],
  ])('have the port of other networks: a list %s', (_, ports) => {
    expect(problemsWith({ service: { ports } })).toEqual([['service.ports', addTls]]);
  });

  test('have the port that the label names', () => {
    expect(problemsWith({ labels: gatewayPort('443'), service: { ports: [tls] } })).toEqual([
      ['service.ports', 'Add { name: tls, port: 443, targetPort: 15443 }.'],
    ]);
  });

  test('have targets that the pods can have', () => {
    const low = { name: 'http', port: 80 };
    const named = { name: 'http2', port: 81, targetPort: 'http' };
    expect(
      problemsWith({
        service: { ports: [tls, low, { ...low, name: 'h', port: 82, targetPort: 83 }, named] },
      }),
    ).toEqual([
      ['service.ports[1]', 'Write a targetPort from 1024 on.'],
      ['service.ports[2].targetPort', 'Write a targetPort from 1024 on.'],
      ['service.ports[3].targetPort', 'Write a number, such as 15443.'],
    ]);
  });

  test('are all in the list, so that istiodPorts has no effect', () => {
    expect(problemsWith({ istiodPorts: 'enabled', service: { ports: [tls] } }).map(([path]) => path)).toEqual(
      ['istiodPorts'],
    );
  });
});
