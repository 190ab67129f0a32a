import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences } from '../../scripts/compare/differences.mjs';
import { controlPlaneInput } from '../../src/control-plane/input';
import { ztunnelObjects } from '../../src/control-plane/ztunnel/ztunnel';
import { ztunnelChartValues } from '../../src/control-plane/ztunnel/ztunnel-values';
import type { ComponentDefinition } from '../../src/mesh/components/definition';
import { type HelmValues, mergeValues } from '../../src/mesh/helm-values';
import { istioctls, manifestGenerate, versionOf } from './istioctl';
import { canonical, parseObjects } from './objects';

interface Setting {
  readonly title: string;
  readonly revision?: string;
  readonly namespace?: string;
  readonly values: HelmValues;
  readonly component?: ComponentDefinition;
}

const hub = 'registry.example.com/istio';
const cluster = { network: 'network1', multiCluster: { clusterName: 'cluster1' } };

const settings: readonly Setting[] = [
  { title: 'the defaults', values: {} },
  { title: 'a cluster of a mesh', values: { global: cluster } },
  ...['gke', 'k3s', 'openshift'].map((platform) => ({
    title: `the platform ${platform}`,
    namespace: 'kube-system',
    values: { global: { platform } },
  })),
  {
    title: 'a revision, a NetworkPolicy and shared settings',
    revision: 'canary',
    values: {
      global: {
        ...cluster,
        caAddress: 'ca.example.com:443',
        imagePullPolicy: 'Always',
        imagePullSecrets: ['registry', 'mirror'],
        logAsJson: true,
        logging: { level: 'default:debug' },
        nativeNftables: true,
        networkPolicy: { enabled: true },
        trustBundleName: 'roots',
        variant: 'debug',
      },
    },
  },
  {
    title: 'other values than the shared ones',
    values: {
      global: { caAddress: 'ca.example.com:443', imagePullSecrets: ['registry'], logAsJson: true },
      ztunnel: {
        caAddress: 'other.example.com:443',
        hub: 'registry.example.com/mirror',
        image: 'proxy',
        imagePullPolicy: 'Never',
        imagePullSecrets: ['mirror'],
        logAsJson: false,
        logLevel: 'info,access=debug',
        tag: '1.31.0-fips',
        trustBundleName: 'roots',
        variant: '',
        xdsAddress: 'istiod.example.com:15012',
      },
    },
  },
  {
    title: 'the objects of the cluster',
    values: { global: { resourceScope: 'cluster', platform: 'openshift' } },
  },
  {
    title: 'the objects of the namespace',
    values: {
      global: { networkPolicy: { enabled: true }, platform: 'openshift' },
      ztunnel: { resourceScope: 'namespace' },
    },
  },
  {
    title: 'another name, labels and annotations',
    revision: 'canary',
    namespace: 'ztunnel',
    values: {
      global: { networkPolicy: { enabled: true }, platform: 'openshift' },
      ztunnel: {
        annotations: { 'example.com/a': 'b', 'istio.io/rev': 'other' },
        image: 'registry.example.com/ztunnel:1',
        labels: { team: 'mesh' },
        podAnnotations: { 'example.com/c': 'd', 'prometheus.io/scrape': 'false' },
        podLabels: { team: 'mesh' },
        resourceName: 'node-proxy',
        resourceQuotas: { enabled: true, pods: 100 },
      },
    },
  },
  {
    title: 'where pods run, and how they are replaced',
    values: {
      ztunnel: {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'virtual', operator: 'DoesNotExist' }] }],
            },
          },
        },
        nodeSelector: { pool: 'mesh' },
        resources: { requests: { cpu: '3', memory: null }, limits: { cpu: '4', memory: '1Gi' } },
        seLinuxOptions: { type: 'spc_t' },
        terminationGracePeriodSeconds: 300,
        tolerations: [{ operator: 'Exists' }],
        updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '10%' } },
      },
    },
  },
  {
    title: 'variables, volumes and revoked certificates',
    values: {
      ztunnel: {
        env: { A: 'b c', ENABLE_CLUSTER_TRUST_BUNDLE_API: true, NUMBER: 1, TEXT: 'a' },
        meshConfig: { defaultConfig: { proxyMetadata: { DNS_CAPTURE: 'true' } } },
        peerCaCrl: { enabled: true },
        resources: { requests: { cpu: null } },
        volumeMounts: [{ name: 'extra', mountPath: '/extra' }],
        volumes: [{ name: 'extra', emptyDir: {} }],
      },
    },
  },
  {
    title: 'the resolver',
    values: {
      ztunnel: { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.1'], options: [{ name: 'ndots' }] } },
    },
  },
  { title: 'an older version', values: { compatibilityVersion: '1.28' } },
];

function ours(version: string, setting: Setting) {
  const { component, namespace = 'istio-system', revision = 'default', values } = setting;
  const input = controlPlaneInput({
    version,
    hub,
    tag: version,
    revision,
    profile: 'minimal',
    dataPlane: 'ambient',
    values,
    components: { ztunnel: component },
  });
  return canonical(ztunnelObjects(input, namespace));
}

/** The objects that istioctl renders with no other component. */
function ofIstioctl(istioctl: string, { component, namespace, revision, values }: Setting) {
  const [base, pilot, cni] = Array(3).fill({ enabled: false });
  const components = { base, pilot, cni, ztunnel: { enabled: true, namespace, ...component } };
  const spec = { profile: 'ambient', hub, tag: versionOf(istioctl), revision, components, values };
  const operator = { apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec };
  return canonical(parseObjects(manifestGenerate(istioctl, operator)));
}

/** What only an IstioOperator has. */
const withComponent: Setting = {
  title: 'the settings of the component',
  values: { ztunnel: { tag: 'unused' } },
  component: {
    hub: 'registry.example.com/other',
    tag: '1.31.0-fips',
    k8s: {
      affinity: { nodeAffinity: {} },
      env: [{ name: 'LEVEL', value: '1' }],
      nodeSelector: { pool: 'mesh' },
      podAnnotations: { a: 'b' },
      resources: { limits: { cpu: '200m' }, requests: { cpu: '20m', memory: '50Mi' } },
      tolerations: [{ key: 'a', operator: 'Exists' }],
      overlays: [
        {
          kind: 'DaemonSet',
          name: 'ztunnel',
          patches: [{ path: 'spec.template.spec.priorityClassName', value: 'system-cluster-critical' }],
        },
      ],
    },
  },
};

/** What istioctl refuses, and the charts read. */
const onlyForHelm: Setting = {
  title: 'a platform beside the global values',
  values: { platform: 'openshift' },
};

describe.each(istioctls)('ztunnel of %s', (istioctl) => {
  test.each([...settings, withComponent])('is the same: $title', (setting) => {
    const theirs = ofIstioctl(istioctl, setting);
    expect(Object.keys(theirs).length).toBeGreaterThan(0);
    expect(differences(ours(versionOf(istioctl), setting), theirs)).toEqual([]);
  });
});

const charts = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'istio-charts', 'ztunnel-1.31.0.tgz'))
  .filter((file) => existsSync(file));

/** The objects that Helm renders from Istio's official chart. */
function ofHelm(chart: string, { namespace = 'istio-system', revision, values }: Setting) {
  const given = mergeValues(
    values,
    { profile: 'ambient', global: { hub, tag: '1.31.0' } },
    revision === undefined ? {} : { revision },
  );
  const args = ['template', 'ztunnel', chart, '--namespace', namespace, '--values', '-'];
  const input = JSON.stringify(ztunnelChartValues(given));
  return canonical(parseObjects(execFileSync('helm', args, { input, encoding: 'utf8' })));
}

const flag = fc.boolean();
const texts = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'true'));
const generated = fc.record(
  {
    affinity: fc.constantFrom({}, { nodeAffinity: {} }),
    annotations: texts,
    caAddress: fc.constantFrom('', 'ca.example.com:443'),
    dnsConfig: fc.constantFrom({}, { searches: ['a'] }),
    dnsPolicy: fc.constantFrom('', 'Default'),
    env: fc.dictionary(fc.constantFrom('A', 'B', 'POD_IP'), fc.constantFrom('x', '1', 2, true, '')),
    image: fc.constantFrom('', 'proxy', 'example.com/ztunnel:1'),
    imagePullPolicy: fc.constantFrom('', 'Always'),
    imagePullSecrets: fc.constantFrom([], ['a']),
    labels: texts,
    logAsJson: flag,
    logLevel: fc.constantFrom('', 'debug'),
    meshConfig: fc.record({ defaultConfig: fc.record({ proxyMetadata: texts }, { requiredKeys: [] }) }),
    nodeSelector: texts,
    peerCaCrl: fc.record({ enabled: flag }),
    podAnnotations: texts,
    podLabels: texts,
    resourceName: fc.constantFrom('', 'proxy'),
    resourceQuotas: fc.record({ enabled: flag, pods: fc.nat(10) }, { requiredKeys: ['enabled'] }),
    resourceScope: fc.constantFrom('all', 'cluster', 'namespace'),
    resources: fc.record(
      {
        requests: fc.constantFrom({}, { cpu: '1' }, { memory: '2Gi' }, { cpu: null }),
        limits: fc.constantFrom({ cpu: '2' }, { memory: '3Gi' }),
      },
      { requiredKeys: [] },
    ),
    revision: fc.constantFrom('', 'other'),
    seLinuxOptions: fc.constantFrom({}, { level: 's0' }, { type: 'container_t' }),
    tag: fc.constantFrom('1.31.0', 1),
    terminationGracePeriodSeconds: fc.nat(10),
    tolerations: fc.constantFrom([], [{ operator: 'Exists' }]),
    trustBundleName: fc.constantFrom('', 'roots'),
    updateStrategy: fc.constantFrom({ type: 'OnDelete' }, { rollingUpdate: { maxSurge: '25%' } }),
    variant: fc.constantFrom('', 'debug', 'distroless'),
    volumes: fc.constantFrom([], [{ name: 'a', emptyDir: {} }]),
    xdsAddress: fc.constantFrom('', 'istiod.example.com:15012'),
  },
  { requiredKeys: [] },
);

describe.each(charts)('ztunnel of the official chart', (chart) => {
  test.each([...settings, onlyForHelm])('is the same: $title', (setting) => {
    expect(differences(ours('1.31.0', setting), ofHelm(chart, setting))).toEqual([]);
  });

  test('is the same with any values', () => {
    const platform = fc.constantFrom('', 'gke', 'k3s', 'openshift');
    fc.assert(
      fc.property(generated, platform, flag, (ztunnel, chosen, enabled) => {
        const global = { ...cluster, platform: chosen, networkPolicy: { enabled } };
        const setting = { title: '', values: { global, ztunnel: JSON.parse(JSON.stringify(ztunnel)) } };
        expect(differences(ours('1.31.0', setting), ofHelm(chart, setting))).toEqual([]);
      }),
      { numRuns: 40, seed: 1_31_0 },
    );
  });
});

test.skipIf(istioctls.length > 0)('no istioctl is on the PATH, so nothing was compared', (context) => {
  context.skip();
});
