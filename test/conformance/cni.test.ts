import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences } from '../../scripts/compare/differences.mjs';
import { nodeAgentObjects } from '../../src/control-plane/cni/node-agent';
import { istiodCharts } from '../../src/control-plane/helm-charts';
import { clusterInput, controlPlaneInput } from '../../src/control-plane/input';
import { controlPlaneOperator } from '../../src/control-plane/istio-operator';
import { controlPlaneObjects } from '../../src/control-plane/istiod/control-plane-objects';
import { withUnvalidated } from '../../src/control-plane/unvalidated-values';
import type { ComponentDefinition } from '../../src/mesh/components/definition';
import { defineMesh } from '../../src/mesh/define-mesh';
import { type HelmValues, mergeValues } from '../../src/mesh/helm-values';
import type { ControlPlaneFormat, IstioDefinition } from '../../src/mesh/istio';
import type { Mesh } from '../../src/mesh/mesh';
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

const settings: readonly Setting[] = [
  { title: 'the defaults', values: {} },
  ...['gke', 'k3d', 'k3s', 'microk8s', 'minikube', 'openshift'].map((platform) => ({
    title: `the platform ${platform}`,
    namespace: 'kube-system',
    values: { global: { platform } },
  })),
  {
    title: 'a revision, a NetworkPolicy and shared settings',
    revision: 'canary',
    values: {
      global: {
        imagePullPolicy: 'Always',
        imagePullSecrets: ['registry', 'mirror'],
        logAsJson: true,
        logging: { level: 'cni:debug' },
        nativeNftables: true,
        networkPolicy: { enabled: true },
        variant: 'distroless',
      },
    },
  },
  { title: 'the objects of the cluster', values: { global: { resourceScope: 'cluster' } } },
  {
    title: 'the objects of the namespace',
    values: { global: { resourceScope: 'namespace', networkPolicy: { enabled: true } } },
  },
  {
    title: 'other folders, files and images',
    values: {
      cni: {
        cniBinDir: '',
        cniConfDir: '/etc/kubernetes/cni/net.d',
        cniConfFileName: '10-aws.conflist',
        cniNetnsDir: '/run/netns',
        chained: false,
        excludeNamespaces: ['kube-system', 'logging'],
        hub: 'registry.example.com/mirror',
        image: 'cni',
        istioOwnedCNIConfig: true,
        istioOwnedCNIConfigFileName: '01-istio.conflist',
        logging: { level: 'all:info' },
        pullPolicy: 'IfNotPresent',
        tag: '1.31.0-fips',
        variant: 'debug',
      },
    },
  },
  {
    title: 'pods that are deleted',
    namespace: 'istio-cni',
    values: {
      cni: {
        image: 'registry.example.com/cni:1',
        repair: { deletePods: true, repairPods: false, initContainerName: 'istio-init' },
        resourceQuotas: { enabled: true, pods: 100 },
        resources: { requests: { cpu: '50m' }, limits: { cpu: '1', memory: '256Mi' } },
      },
    },
  },
  {
    title: 'pods that are labelled, with labels and annotations',
    values: {
      cni: {
        daemonSetLabels: { team: 'mesh' },
        podLabels: { team: 'mesh', 'istio.io/dataplane-mode': 'other' },
        podAnnotations: { 'example.com/a': 'b', 'prometheus.io/scrape': 'false' },
        repair: { labelPods: true, repairPods: false, brokenPodLabelKey: 'a/b', brokenPodLabelValue: 'c' },
        resources: { requests: { cpu: null, memory: '1Gi' } },
        seccompProfile: { type: 'RuntimeDefault' },
      },
    },
  },
  {
    title: 'no repair, all namespaces, variables',
    values: {
      cni: {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'virtual', operator: 'DoesNotExist' }] }],
            },
          },
        },
        env: { AMBIENT_IPV6: false, LEVEL: 1, TEXT: 'a b' },
        excludeNamespaces: [],
        repair: { enabled: false },
      },
    },
  },
  {
    title: 'ambient mode',
    values: { cni: { ambient: { enabled: true, dnsCapture: false, enableAmbientDetectionRetry: true } } },
  },
  {
    title: 'ambient mode in the network of the node',
    values: {
      cni: {
        ambient: { enabled: true, ipv6: false, shareHostNetworkNamespace: true },
        repair: { repairPods: false },
      },
    },
  },
  {
    title: 'an older version',
    values: { compatibilityVersion: '1.28', cni: { ambient: { enabled: true } } },
  },
];

function ours(
  version: string,
  { component, namespace = 'istio-system', revision = 'default', values }: Setting,
) {
  const input = controlPlaneInput({
    version,
    hub,
    tag: version,
    revision,
    profile: 'minimal',
    dataPlane: 'sidecar',
    values,
    components: { cni: component },
  });
  return canonical(nodeAgentObjects(input, namespace));
}

/** The objects of the node agent that istioctl renders. */
function ofIstioctl(istioctl: string, { component, namespace, revision, values }: Setting) {
  const components = { cni: { enabled: true, namespace, ...component } };
  const spec = { profile: 'minimal', hub, tag: versionOf(istioctl), revision, components };
  const text = manifestGenerate(istioctl, {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    spec: { ...spec, ...withUnvalidated(values, true) },
  });
  return canonical(parseObjects(text).filter((object) => object.metadata.name.startsWith('istio-cni')));
}

/** What only an IstioOperator has. */
const withComponent: Setting = {
  title: 'the settings of the component',
  values: { cni: { tag: 'unused' } },
  component: {
    hub: 'registry.example.com/other',
    tag: '1.31.0-cni',
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
          name: 'istio-cni-node',
          patches: [{ path: 'spec.template.spec.priorityClassName', value: 'system-cluster-critical' }],
        },
      ],
    },
  },
};

describe.each(istioctls)('the CNI node agent of %s', (istioctl) => {
  const version = versionOf(istioctl);
  // The platforms are the same in all versions.
  const compared =
    istioctl === 'istioctl' ? settings : settings.filter(({ title }) => !/platform [km]/.test(title));

  test.each([...compared, withComponent])('is the same: $title', (setting) => {
    expect(differences(ours(version, setting), ofIstioctl(istioctl, setting))).toEqual([]);
  });
});

const charts = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'istio-charts', 'cni-1.31.0.tgz'))
  .filter((file) => existsSync(file));

/** The objects that Helm renders from Istio's official chart. */
function ofHelm(chart: string, { namespace = 'istio-system', revision, values }: Setting) {
  const given = mergeValues(
    values,
    { global: { hub, tag: '1.31.0' } },
    revision === undefined ? {} : { revision },
  );
  const args = ['template', 'istio-cni', chart, '--namespace', namespace, '--values', '-'];
  return canonical(
    parseObjects(execFileSync('helm', args, { input: JSON.stringify(given), encoding: 'utf8' })),
  );
}

const flag = fc.boolean();
const folder = fc.constantFrom('/a', '/b/c');
const generated = fc.record(
  {
    ambient: fc.record(
      { enabled: flag, dnsCapture: flag, shareHostNetworkNamespace: flag, ipv6: flag },
      { requiredKeys: [] },
    ),
    chained: flag,
    cniBinDir: folder,
    cniConfDir: folder,
    cniConfFileName: fc.constantFrom('', 'a.conflist'),
    cniNetnsDir: folder,
    env: fc.dictionary(fc.constantFrom('A', 'B', 'POD_IP'), fc.constantFrom('x', '1', 2, true, '')),
    excludeNamespaces: fc.array(fc.constantFrom('kube-system', 'a', 'b')),
    image: fc.constantFrom('', 'cni', 'example.com/cni:1'),
    istioOwnedCNIConfig: flag,
    logging: fc.record({ level: fc.constantFrom('', 'all:debug') }),
    podAnnotations: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'true')),
    podLabels: fc.dictionary(fc.constantFrom('a', 'k8s-app'), fc.constantFrom('x', '1')),
    provider: fc.constantFrom('default', 'multus'),
    pullPolicy: fc.constantFrom('', 'Always', 'Never'),
    repair: fc.record(
      { enabled: flag, deletePods: flag, labelPods: flag, repairPods: flag },
      { requiredKeys: [] },
    ),
    resourceQuotas: fc.record({ enabled: flag, pods: fc.nat(10) }, { requiredKeys: ['enabled'] }),
    resources: fc.record(
      {
        requests: fc.constantFrom({}, { cpu: '1' }, { memory: '2Gi' }, { cpu: null }),
        limits: fc.constantFrom({ cpu: '2' }, { memory: '512Mi' }),
      },
      { requiredKeys: [] },
    ),
    seLinuxOptions: fc.constantFrom({}, { level: 's0' }, { type: 'container_t' }),
    tolerations: fc.constantFrom([], [{ operator: 'Exists' }]),
    updateStrategy: fc.constantFrom({ type: 'OnDelete' }, { rollingUpdate: { maxUnavailable: '25%' } }),
    useAppArmorAnnotation: flag,
    variant: fc.constantFrom('', 'debug', 'distroless'),
  },
  { requiredKeys: [] },
);

describe.each(charts)('the CNI node agent of the official chart', (chart) => {
  test.each(settings)('is the same: $title', (setting) => {
    expect(differences(ours('1.31.0', setting), ofHelm(chart, setting))).toEqual([]);
  });

  test('is the same with any values', () => {
    const platform = fc.constantFrom('', 'gke', 'k3s', 'openshift');
    fc.assert(
      fc.property(generated, platform, flag, (cni, chosen, enabled) => {
        const global = { platform: chosen, networkPolicy: { enabled } };
        const setting = { title: '', values: { global, cni: JSON.parse(JSON.stringify(cni)) } };
        expect(differences(ours('1.31.0', setting), ofHelm(chart, setting))).toEqual([]);
      }),
      { numRuns: 40, seed: 1_31_0 },
    );
  });
});

describe('pods are injected in the same way in every format', () => {
  /** Only the format helm needs a GitOps tool, and not every format can have one. */
  const withGitOps = {
    gitops: 'argocd',
    repository: { url: 'https://git.example.com/mesh.git' },
    secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
  } as const;
  const meshOf = (controlPlane: ControlPlaneFormat, istio: IstioDefinition) =>
    defineMesh({
      meshID: 'mesh1',
      istio: { controlPlane, profile: 'minimal', ...istio },
      clusters: [{ name: 'cluster1', network: 'network1' }],
      ...(controlPlane === 'helm' ? withGitOps : {}),
    });
  const clusterOf = (mesh: Mesh) => mesh.clusters[0] ?? expect.fail('no cluster');
  /** What the injector knows about the node agent. */
  const injected = (objects: readonly { kind: string; metadata: { name: string }; data?: object }[]) => {
    const config = objects.find(({ kind, metadata: { name } }) =>
      [kind, name].join(' ').startsWith('ConfigMap istio-sidecar-injector'),
    );
    const { values = '{}' } = (config?.data ?? {}) as { values?: string };
    return JSON.parse(values).pilot?.cni;
  };
  const set = (enabled: boolean) => ({ values: { pilot: { cni: { enabled } } } });
  const choices: readonly (readonly [string, boolean, IstioDefinition])[] = [
    ['a node agent of another tool', true, set(true)],
    ['a node agent of the mesh', true, { cni: 'enabled' }],
    ['a node agent of the mesh that pods do not use yet', false, { cni: 'enabled', ...set(false) }],
    ['no node agent', false, set(false)],
  ];

  describe.each(istioctls)('%s', (istioctl) => {
    test.each(choices)('%s', (_, enabled, istio) => {
      const version = versionOf(istioctl);
      const native = meshOf('native', { version, ...istio });
      expect(injected(controlPlaneObjects(clusterInput(native, clusterOf(native))))).toMatchObject({
        enabled,
      });
      for (const format of ['operator', 'istioctl'] as const) {
        const mesh = meshOf(format, { version, ...istio });
        const text = manifestGenerate(istioctl, controlPlaneOperator(mesh, clusterOf(mesh)));
        expect(injected(parseObjects(text))).toMatchObject({ enabled });
      }
    });
  });

  test.each(charts.length === 0 ? [] : choices)('the official chart: %s', (_, enabled, istio) => {
    const mesh = meshOf('helm', istio);
    const [istiod] = istiodCharts(mesh, clusterOf(mesh));
    const chart = (charts[0] ?? '').replace('/cni-', '/istiod-');
    const args = ['template', 'istiod', chart, '--namespace', 'istio-system', '--values', '-'];
    const text = execFileSync('helm', args, { input: JSON.stringify(istiod?.values), encoding: 'utf8' });
    expect(injected(parseObjects(text))).toMatchObject({ enabled });
  });
});
