import { describe, expect, test } from 'vitest';
import { existingMeshText } from '../../../src/init/existing/existing-mesh-text';
import { parseMesh } from '../../../src/mesh/mesh-file';
import { valueAt } from '../../../src/problems/problem';
import { type Files, identity, meshOf, operator, problemsOf } from './mesh-of-files';

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
      { 'a.yaml': operator(`${identity('a', 'n1')}\nprofile: remote`) },
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
    expect(problemsOf(istiod('profile: remote'))).toMatchObject([
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
