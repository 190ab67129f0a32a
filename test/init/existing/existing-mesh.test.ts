import { describe, expect, test } from 'vitest';
import { type ExistingMeshOptions, existingMesh } from '../../../src/init/existing/existing-mesh';
import { existingMeshText } from '../../../src/init/existing/existing-mesh-text';
import { parseDocuments } from '../../../src/init/existing/input-document';
import type { ExistingMesh } from '../../../src/init/existing/merged-definition';
import { recognize } from '../../../src/init/existing/recognize';
import { parseMesh } from '../../../src/mesh/mesh-file';
import { networkGatewayOf } from '../../../src/mesh/network-gateway';
import { MeshError, type Problem, valueAt } from '../../../src/problems/problem';

type Files = Readonly<Record<string, string>>;

/** The mesh of files. A name such as `eu=gateway.yaml` says the cluster of a file. */
function meshOf(files: Files, options: ExistingMeshOptions = {}): ExistingMesh {
  const documents = Object.entries(files).flatMap(([argument, text]) => {
    const [file = '', cluster] = argument.split('=').reverse();
    return parseDocuments(text, { file, cluster });
  });
  return existingMesh(recognize(documents).parts, options);
}

function problemsOf(files: Files, options: ExistingMeshOptions = {}): readonly Problem[] {
  try {
    meshOf(files, options);
    return [];
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
}

function operator(spec: string): string {
  return `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n${spec.replace(/^/gm, '  ')}`;
}

const identity = (cluster: string, network: string, more = '') =>
  `values: { global: { meshID: mesh1, network: ${network}, multiCluster: { clusterName: ${cluster} }${more} } }`;

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

describe('clusters', () => {
  test('have in common what they agree on, and the rest for themselves', () => {
    const { mesh, clusters } = meshOf({
      'a.yaml': operator(
        `${identity('a', 'n1', ', logAsJson: true, imagePullPolicy: Always')}\nhub: example.com/istio`,
      ),
      'b.yaml': operator(`${identity('b', 'n2', ', logAsJson: true')}\nhub: example.com/istio`),
    });
    expect(mesh).toEqual({
      meshID: 'mesh1',
      istio: { version: '1.31.0', hub: 'example.com/istio', values: { global: { logAsJson: true } } },
    });
    expect(clusters.map(({ settings }) => settings)).toEqual([
      { name: 'a', network: 'n1', istio: { values: { global: { imagePullPolicy: 'Always' } } } },
      { name: 'b', network: 'n2' },
    ]);
  });

  test('own the files that have their network or are in their folder', () => {
    const { clusters } = meshOf({
      'a/istiod.yaml': 'global: { meshID: m, network: n1, multiCluster: { clusterName: a } }',
      'b/istiod.yaml': 'global: { meshID: m, network: n2, multiCluster: { clusterName: b } }',
      'a/base.yaml': 'defaultRevision: default',
      'gateway.yaml': operator('profile: empty\nvalues: { global: { network: n2 } }'),
    });
    expect(clusters.map(({ sources }) => sources)).toEqual([
      ['a/istiod.yaml', 'a/base.yaml'],
      ['b/istiod.yaml', 'gateway.yaml'],
    ]);
  });

  test.each([
    ['no name', { 'a.yaml': operator('hub: example.com/istio') }, 'INIT-MISSING', '--from cluster1=a.yaml'],
    [
      'no network',
      { 'eu=a.yaml': operator('hub: example.com/istio') },
      'INIT-MISSING',
      '--network eu=network1',
    ],
    ['another name', { 'eu=a.yaml': operator(identity('us', 'n1')) }, 'INIT-CONFLICT', '--from us=a.yaml'],
    [
      'two mesh IDs',
      {
        'a.yaml': operator(identity('a', 'n1')),
        'b.yaml': operator(identity('b', 'n2').replace('mesh1', 'mesh2')),
      },
      'INIT-CONFLICT',
      '--mesh-id',
    ],
    [
      'another namespace',
      { 'eu=a.yaml': operator(`${identity('eu', 'n1')}\nnamespace: mesh`) },
      'INIT-CONTENT',
      '',
    ],
    [
      'a profile without a counterpart',
      { 'a.yaml': operator(`${identity('a', 'n1')}\nprofile: ambient`) },
      'INIT-CONTENT',
      '',
    ],
  ] as const)('with %s are a problem', (_, files, code, hint) => {
    const [problem, ...others] = problemsOf(files);
    expect(others).toEqual([]);
    expect(problem?.code).toBe(code);
    expect(problem?.hint).toContain(hint);
    expect(problem?.location.file).toMatch(/[ab]\.yaml$/);
  });
});

describe('values', () => {
  test('that Istio does not read are left out, each with its line', () => {
    const { mesh, notes } = meshOf({
      'a.yaml': operator(`${identity('a', 'n1')}\naddonComponents: {}\nmeshConfig: { enableTracing: true }`),
      'c.yaml': 'pilot: { enableProtocolSniffingForInbound: true, enableProtocolSniffingForOutbound: false }',
    });
    expect(mesh.istio).toEqual({
      version: '1.31.0',
      profile: 'minimal',
      values: { meshConfig: { enableTracing: true } },
    });
    expect(notes.join('\n')).toMatch(/^a\.yaml:5: addonComponents is no setting/m);
    expect(notes.join('\n')).toMatch(/^c\.yaml:1: pilot\.enableProtocolSniffingForInbound changes nothing/m);
    expect(notes.join('\n')).toMatch(
      /^c\.yaml:1: pilot\.enableProtocolSniffingForOutbound is .* Write pilot\.env\.PILOT_\w+ instead\.$/m,
    );
  });

  test('that are wrong are problems at their place, in the words of the input', () => {
    const wrong = operator(`${identity('a', 'n1')}\nmeshConfig:\n  outboundTrafficPolicy: { mode: NONE }`);
    expect(problemsOf({ 'a.yaml': wrong })).toMatchObject([
      { code: 'MESH-VALUE', location: { file: 'a.yaml', line: 6, column: 36 } },
    ]);
    expect(problemsOf({ 'a.yaml': wrong })[0]?.message).toContain(
      'meshConfig.outboundTrafficPolicy.mode is "NONE"',
    );
  });

  test('of the chart istiod are read at the top level, too', () => {
    const { mesh } = meshOf({
      'a.yaml':
        'autoscaleMin: 3\npilot: { autoscaleMax: 9 }\nglobal: { network: n, multiCluster: { clusterName: a } }',
    });
    expect(mesh.istio).toMatchObject({ values: { pilot: { autoscaleMin: 3, autoscaleMax: 9 } } });
  });
});

describe('the version', () => {
  test.each([
    ['1.30.3', undefined, { version: '1.30.3' }],
    ['1.30.3-distroless', undefined, { version: '1.30.3', tag: '1.30.3-distroless' }],
    ['1.14.6', undefined, { version: '1.31.0' }],
    ['1.30.3', '1.29.6', { version: '1.29.6' }],
    ['nightly', undefined, { version: '1.31.0', tag: 'nightly' }],
  ])('of the tag %s, with %s asked for', (tag, istioVersion, istio) => {
    expect(
      meshOf({ 'a.yaml': operator(`${identity('a', 'n1')}\ntag: ${tag}`) }, { istioVersion }).mesh.istio,
    ).toEqual(istio);
  });
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

describe('the CNI node agent', () => {
  test.each([
    ['profile: openshift', { namespace: 'kube-system' }],
    [
      'profile: openshift\ncomponents: { cni: { enabled: true, namespace: agents } }',
      { namespace: 'agents' },
    ],
    ['profile: openshift\ncomponents: { cni: { enabled: false } }', 'disabled'],
    ['components: { cni: { enabled: true } }', 'enabled'],
    ['components: { cni: { enabled: true, namespace: kube-system } }', { namespace: 'kube-system' }],
    ['components: { cni: { namespace: kube-system } }', undefined],
  ])('of %s', (spec, cni) => {
    const { mesh } = meshOf({ 'a.yaml': operator(`${spec}\n${identity('a', 'n1')}`) });
    expect(valueAt(mesh, ['istio', 'cni'])).toEqual(cni);
  });

  test('is a component, whose value pilot.cni.enabled istioctl ignores', () => {
    const values = `values: { pilot: { cni: { enabled: true } }, global: { network: n1, multiCluster: { clusterName: a } } }`;
    const { mesh, notes } = meshOf({ 'a.yaml': operator(values) });
    expect(valueAt(mesh, ['istio', 'values'])).toBeUndefined();
    expect(notes.join('\n')).toContain('values.pilot.cni.enabled has no effect without the component cni.');
  });
});

describe('the text', () => {
  test('is a mesh.yaml with the same settings, and says where they come from', () => {
    const files = {
      'a.yaml': operator(
        `${identity('a', 'n1')}\nmeshConfig: { accessLogFormat: "on\\n[%START_TIME%]\\n", trustDomain: a.example }\naddonComponents: {}`,
      ),
      'b.yaml': operator(`${identity('b', 'n2')}\nmeshConfig: { trustDomain: a.example }`),
    };
    const existing = meshOf(files);
    const text = existingMeshText(existing, './schema.json');
    const mesh = parseMesh(text, 'mesh.yaml');
    expect(mesh.trustDomain).toBe('a.example');
    expect(mesh.clusters.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(mesh.clusters[0]?.istio.values).toMatchObject({
      meshConfig: { accessLogFormat: 'on\n[%START_TIME%]\n' },
    });
    expect(text).toContain('# From a.yaml.\n  - name: a\n');
    expect(text).toMatch(/# - a\.yaml:\d+: addonComponents is no setting of Istio/);
  });
});

describe('values of the charts', () => {
  const istiod = (values: string) => ({
    'istiod.yaml': `${values}\nglobal: { network: n1, multiCluster: { clusterName: a } }`,
  });
  const settingsOf = (files: Files) => valueAt(meshOf(files).mesh, ['istio']);

  test('have the profile of the chart, without the gateways that istioctl adds', () => {
    expect(settingsOf(istiod('profile: demo'))).toMatchObject({
      profile: 'demo',
      components: { ingressGateways: [], egressGateways: [] },
    });
    expect(settingsOf(istiod('profile: openshift'))).toMatchObject({
      profile: 'minimal',
      values: { global: { platform: 'openshift' } },
    });
    expect(problemsOf(istiod('profile: ambient'))).toMatchObject([
      { code: 'INIT-CONTENT', location: { file: 'istiod.yaml', line: 1 } },
    ]);
  });

  test('can be the defaults of an older chart', () => {
    const { mesh, notes } = meshOf(
      istiod(`_internal_defaults_do_not_set: { autoscaleMin: 2 }
istiodRemote: { injectionURL: "", injectionPath: /inject }
global.tracer: {}`),
    );
    expect(mesh).toMatchObject({ istio: { values: { pilot: { autoscaleMin: 2 } } } });
    expect(notes.join()).toContain('global.tracer is no setting');
  });

  test('have settings of the tracer for Stackdriver left out, which the charts refuse', () => {
    const { mesh, notes } = meshOf({
      'istiod.yaml':
        'pilot: { autoscaleMin: 2 }\nglobal: { network: n1, multiCluster: { clusterName: a }, tracer: { stackdriver: { debug: false } } }',
    });
    expect(mesh).toMatchObject({ istio: { values: { pilot: { autoscaleMin: 2 } } } });
    expect(JSON.stringify(mesh)).not.toContain('stackdriver');
    expect(notes.join()).toContain(
      "istiod.yaml:2: global.tracer.stackdriver.debug is refused by Istio's charts",
    );
  });

  test('have the namespace of the node agent', () => {
    const files = {
      ...istiod('pilot: {}'),
      'cni.yaml': `apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: { name: cni }
spec: { chart: cni, targetNamespace: kube-system }`,
    };
    expect(settingsOf(files)).toMatchObject({ cni: { namespace: 'kube-system' } });
  });

  test('of a gateway without a name give it that of the file or its folder, and a note', () => {
    const files = { ...istiod('pilot: {}'), 'edge/values.yaml': 'service: { type: ClusterIP }' };
    const { mesh, notes } = meshOf(files);
    expect(mesh).toMatchObject({ gateways: { edge: { service: { type: 'ClusterIP' } } } });
    expect(notes.join()).toContain('gateways.edge: No input has the name of the gateway');
  });

  test('of a network gateway have no ports, which the chart does not read', () => {
    const { clusters, mesh, notes } = meshOf({
      ...istiod('pilot: {}'),
      'east.yaml': 'name: east\nnetworkGateway: n1\nservice: { ports: [{ port: 15443, protocol: TLS }] }',
    });
    expect(valueAt(mesh, ['gateways', 'east'])).toEqual({ networkGateway: 'n1' });
    expect(clusters[0]?.settings).toMatchObject({ eastWestGateway: 'disabled' });
    expect(notes.join()).toContain('east.yaml:3: service.ports has no effect');
  });

  test('of the former gateway charts are components', () => {
    const { mesh } = meshOf({
      ...istiod('pilot: {}'),
      'ingress.yaml':
        'gateways: { istio-ingressgateway: { name: edge, labels: { istio: edge }, type: ClusterIP } }\nmeshConfig: {}',
    });
    expect(mesh).toMatchObject({
      istio: {
        components: { ingressGateways: [{ name: 'edge', enabled: true, label: { istio: 'edge' } }] },
        values: { gateways: { 'istio-ingressgateway': { type: 'ClusterIP' } } },
      },
    });
  });
});

describe('several IstioOperators of a cluster', () => {
  test('keep the gateways of each, with any profile', () => {
    const gateway = (name: string) =>
      `components: { ingressGateways: [{ name: ${name}, enabled: true }] }\n${identity('a', 'n1')}`;
    const { mesh } = meshOf({
      'a.yaml': operator(
        `profile: demo\n${gateway('istio-ingressgateway')}\nmeshConfig: { accessLogFile: "" }`,
      ),
      'b.yaml': operator(`profile: demo\n${gateway('internal')}`),
    });
    const gateways = valueAt(mesh, ['istio', 'components', 'ingressGateways']);
    expect(gateways).toMatchObject([{ name: 'istio-ingressgateway' }, { name: 'internal' }]);
  });

  test('cannot have control planes of two revisions', () => {
    const files = {
      'a.yaml': operator(`revision: 1-30\n${identity('a', 'n1')}`),
      'b.yaml': operator(`revision: 1-31\n${identity('a', 'n1')}`),
    };
    expect(problemsOf(files)).toMatchObject([
      { code: 'INIT-CONFLICT', location: { file: 'b.yaml', line: 4 } },
    ]);
  });
});
