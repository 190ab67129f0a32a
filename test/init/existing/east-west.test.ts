import { describe, expect, test } from 'vitest';
import { existingMeshText } from '../../../src/init/existing/existing-mesh-text';
import { parseMesh } from '../../../src/mesh/mesh-file';
import { networkGatewayOf } from '../../../src/mesh/network-gateway';
import { identity, meshOf, operator } from './mesh-of-files';

test('values of the older chart of gateways keep the ports and variables of an east-west gateway', () => {
  const gateway = (name: string, more: string) =>
    `gateways: { istio-ingressgateway: { name: ${name}, namespace: edge, injectionTemplate: gateway, ${more} } }`;
  const ports = '[{ name: tcp-status, port: 15021 }, { name: tls, port: 15443, targetPort: 15443 }]';
  const variables = 'ISTIO_META_ROUTER_MODE: sni-dnat, ISTIO_META_REQUESTED_NETWORK_VIEW: n1';
  const labels = 'labels: { istio: eastwestgateway, topology.istio.io/network: n1 }';
  const { clusters, notes } = meshOf({
    'istiod.yaml': 'global: { meshID: m, network: n1, multiCluster: { clusterName: a } }',
    'a=ingress.yaml': gateway('istio-ingressgateway', 'labels: { istio: ingressgateway }'),
    'a=east-west.yaml': gateway('istio-eastwestgateway', `${labels}, ports: ${ports}, env: { ${variables} }`),
  });
  expect(clusters[0]?.settings.eastWestGateway).toEqual({
    namespace: 'edge',
    labels: { app: 'istio-ingressgateway' },
    env: { ISTIO_META_ROUTER_MODE: 'sni-dnat' },
    service: {
      ports: [
        { name: 'tcp-status', port: 15021 },
        { name: 'tls', port: 15443, targetPort: 15443 },
      ],
    },
  });
  expect(notes.filter((note) => /ingress|east-west/.test(note))).toEqual([]);
});

describe('the east-west gateway', () => {
  const gateway = operator(`profile: empty
values: { global: { network: n1 }, gateways: { istio-ingressgateway: { injectionTemplate: gateway } } }
components:
  ingressGateways:
    - name: istio-eastwestgateway
      enabled: true
      label: { app: istio-eastwestgateway, istio: eastwestgateway, topology.istio.io/network: n1 }
      k8s:
        env: [{ name: ISTIO_META_REQUESTED_NETWORK_VIEW, value: n1 }]
        hpaSpec: { minReplicas: 2, maxReplicas: 7 }
        serviceAnnotations: { example.com/lb: internal }
        service:
          type: NodePort
          ports:
            - { name: status-port, port: 15021, targetPort: 15021 }
            - { name: tls, port: 15443, targetPort: 15443 }`);

  test('has a place of its own, without what is so anyway', () => {
    const { mesh, clusters } = meshOf({ 'a.yaml': operator(identity('a', 'n1')), 'gateway.yaml': gateway });
    expect(clusters[0]?.settings).toEqual({
      name: 'a',
      network: 'n1',
      eastWestGateway: {
        autoscaling: { minReplicas: 2, maxReplicas: 7 },
        istiodPorts: 'disabled',
        service: { type: 'NodePort', annotations: { 'example.com/lb': 'internal' } },
      },
    });
    expect(mesh.istio).toEqual({ version: '1.31.0' });
  });

  test('of the chart is a gateway with networkGateway', () => {
    const { mesh, clusters, notes } = meshOf({
      'a.yaml': 'global: { network: n1, multiCluster: { clusterName: a } }\npilot: {}',
      'ew.yaml': 'name: istio-eastwestgateway\nautoscaling: { enabled: false }\nreplicaCount: 2',
    });
    expect(clusters[0]?.settings.eastWestGateway).toBe('disabled');
    expect(mesh.gateways).toEqual({
      'istio-eastwestgateway': { networkGateway: 'n1', autoscaling: { enabled: false }, replicaCount: 2 },
    });
    expect(notes.join('\n')).not.toContain('eastwest');
  });

  const values = { gateways: { 'istio-ingressgateway': { injectionTemplate: 'gateway' } } };
  const inPlace = (settings: string) => gateway.replace('hpaSpec', `${settings}\n          hpaSpec`);
  const ports = [
    { name: 'status-port', port: 15021, targetPort: 15021 },
    { name: 'tls', port: 15443, targetPort: 15443, nodePort: 31443 },
  ];
  test.each<[string, string, object]>([
    [
      'node ports',
      gateway.replace('targetPort: 15443 }', 'targetPort: 15443, nodePort: 31443 }'),
      { service: { type: 'NodePort', ports } },
    ],
    [
      'another namespace',
      gateway.replace('enabled: true', 'enabled: true\n        namespace: edge'),
      { namespace: 'edge' },
    ],
    [
      'further labels',
      gateway.replace('istio: eastwestgateway,', 'istio: eastwestgateway, traffic: all,'),
      { labels: { traffic: 'all' } },
    ],
    [
      'a budget, a security context and amounts as numbers',
      inPlace(
        'podDisruptionBudget: { maxUnavailable: 1 }\n          securityContext: { fsGroup: 1337 }\n          resources: { requests: { cpu: 1 } }',
      ),
      {
        podDisruptionBudget: { maxUnavailable: 1 },
        securityContext: { fsGroup: 1337 },
        resources: { requests: { cpu: 1 } },
      },
    ],
    [
      'overlays',
      inPlace(`overlays:
            - kind: Deployment
              name: istio-eastwestgateway
              patches:
                - path: spec.template.spec.containers.[name:istio-proxy].lifecycle.preStop
                  value: { exec: { command: [sleep, "30"] } }
                - { path: spec.template.spec.terminationGracePeriodSeconds, value: 60 }
                - { path: "spec.template.spec.volumes[-1]", value: { name: v, emptyDir: {} } }
                - { path: "spec.template.spec.containers[0].volumeMounts[-1]", value: { name: v, mountPath: /v } }`),
      {
        lifecycle: { preStop: { exec: { command: ['sleep', '30'] } } },
        terminationGracePeriodSeconds: 60,
        volumes: [{ name: 'v', emptyDir: {} }],
        volumeMounts: [{ name: 'v', mountPath: '/v' }],
      },
    ],
  ])('with %s has a place of its own', (_, file, settings) => {
    expect(file).not.toBe(gateway);
    for (const profile of ['minimal', 'default']) {
      const controlPlane = operator(`profile: ${profile}\n${identity('a', 'n1')}`);
      const files = { 'a.yaml': controlPlane, 'gateway.yaml': file };
      const existing = meshOf(files, { istioVersion: '1.31.0' });
      expect(existing.clusters[0]?.settings.eastWestGateway).toMatchObject(settings);
      expect(existing.mesh.istio).not.toHaveProperty('components');
      expect(existing.notes).toEqual([]);
      const mesh = parseMesh(existingMeshText(existing, './mesh.schema.json'), 'mesh.yaml');
      expect(mesh.clusters.map((cluster) => networkGatewayOf(cluster)?.chart)).toEqual([
        '40-eastwest-gateway',
      ]);
    }
  });

  test.each([
    ['ports without 15443', gateway.replaceAll('15443', '15444')],
    [
      'an overlay of another field',
      inPlace(
        'overlays: [{ kind: Deployment, name: istio-eastwestgateway, patches: [{ path: spec.paused, value: true }] }]',
      ),
    ],
  ])('with %s stays among the components', (_, file) => {
    expect(file).not.toBe(gateway);
    const controlPlane = operator(`profile: minimal\n${identity('a', 'n1')}`);
    const existing = meshOf({ 'a.yaml': controlPlane, 'gateway.yaml': file });
    expect(existing.clusters[0]?.settings.eastWestGateway).toBe('disabled');
    expect(existing.mesh.istio).toMatchObject({
      values,
      components: { ingressGateways: [{ name: 'istio-eastwestgateway' }] },
    });
    const mesh = parseMesh(existingMeshText(existing, './mesh.schema.json'), 'mesh.yaml');
    expect(mesh.clusters.map((cluster) => networkGatewayOf(cluster)?.chart)).toEqual([
      '45-gateway-istio-eastwestgateway',
    ]);
  });

  test('with another name keeps it', () => {
    const file = gateway.replace('name: istio-eastwestgateway', 'name: cross-network');
    const existing = meshOf({
      'a.yaml': operator(`profile: minimal\n${identity('a', 'n1')}`),
      'b.yaml': file,
    });
    const mesh = parseMesh(existingMeshText(existing, './mesh.schema.json'), 'mesh.yaml');
    expect(mesh.clusters.map((cluster) => networkGatewayOf(cluster)?.name)).toEqual(['cross-network']);
  });

  test('beside another gateway is not a component: a comment names what has no place', () => {
    const file = inPlace('overlays: [{ kind: Service, name: other }]').replace(
      'injectionTemplate: gateway',
      'injectionTemplate: gateway, type: LoadBalancer, rollingMaxSurge: 1',
    );
    const files = { 'a.yaml': operator(identity('a', 'n1')), 'gateway.yaml': file };
    const { clusters, notes } = meshOf(files, { istioVersion: '1.31.0' });
    expect(clusters[0]?.settings.eastWestGateway).toMatchObject({ istiodPorts: 'disabled' });
    expect(notes).toEqual([
      expect.stringMatching(/values\.gateways\.istio-ingressgateway\.rollingMaxSurge has no place/),
      expect.stringMatching(/components\.ingressGateways\[0\]\.k8s\.overlays has no place/),
    ]);
  });
});
