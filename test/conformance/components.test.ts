import { afterAll, describe, expect, test } from 'vitest';
import { allowedDifference } from '../../scripts/compare/allowed-differences.mjs';
import { differences } from '../../scripts/compare/differences.mjs';
import { manifestGenerate } from '../../scripts/compare/istioctl.mjs';
import { canonical, parseObjectsWithoutCrds } from '../../scripts/compare/objects.mjs';
import { chartGateway } from '../../src/control-plane/gateway/chart-gateway';
import { gatewayObjects } from '../../src/control-plane/gateway/gateway-objects';
import { controlPlaneInput } from '../../src/control-plane/input';
import {
  controlPlaneObjects,
  defaultRevisionObjects,
  defaultValidatorObjects,
  readerObjects,
} from '../../src/control-plane/istiod/control-plane-objects';
import type { KubernetesObject } from '../../src/kubernetes/object';
import type { ComponentsDefinition, KubernetesSettings } from '../../src/mesh/components/definition';
import { gatewayComponents } from '../../src/mesh/components/gateway-components';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { HelmValues } from '../../src/mesh/helm-values';
import type { IstioProfile } from '../../src/mesh/istio';
import { defaultHub } from '../../src/mesh/istio-version';
import { problemsOf } from '../mesh/problems-of';
import { istioctls, objections, versionOf } from './istioctl';

/** What an IstioOperator has beside the version. */
interface Spec {
  readonly profile?: IstioProfile;
  readonly revision?: string;
  readonly components?: ComponentsDefinition;
  readonly values?: HelmValues;
}

/** Each setting of a component for itself: a gateway has one of them. */
const settings: Readonly<Record<string, KubernetesSettings>> = {
  affinity: {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: { labelSelector: { matchLabels: { app: 'a' } }, topologyKey: 'zone' },
          },
        ],
      },
    },
  },
  env: {
    env: [
      { name: 'PILOT_TRACE_SAMPLING', value: '5' },
      { name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
      { name: 'ADDED', value: 'x' },
      { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'a', key: 'b', optional: true } } },
    ],
  },
  'env-null': { env: null },
  hpa: {
    hpaSpec: {
      minReplicas: 2,
      maxReplicas: 7,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
      behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
    },
  },
  'image-pull-policy': { imagePullPolicy: 'Always' },
  'node-selector': { nodeSelector: { 'kubernetes.io/os': 'linux' } },
  'pdb-max': { hpaSpec: { minReplicas: 3 }, podDisruptionBudget: { maxUnavailable: '25%' } },
  'pdb-min': {
    replicaCount: 3,
    podDisruptionBudget: { minAvailable: 2, selector: { matchLabels: { a: 'b' } } },
  },
  annotations: { podAnnotations: { 'prometheus.io/port': '1', added: 'yes' } },
  priority: { priorityClassName: 'system-cluster-critical' },
  probe: { readinessProbe: { initialDelaySeconds: 30, httpGet: { path: '/other', port: 8080 } } },
  'probe-null': { readinessProbe: null },
  replicas: { replicaCount: 4 },
  resources: { resources: { requests: { cpu: '2', memory: '1536Mi' }, limits: { cpu: 4, memory: '4Gi' } } },
  security: {
    securityContext: { fsGroup: 1337, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  },
  service: {
    service: {
      type: 'NodePort',
      externalTrafficPolicy: 'Local',
      loadBalancerSourceRanges: ['203.0.113.0/24'],
      sessionAffinity: 'ClientIP',
    },
  },
  'service-annotations': { serviceAnnotations: { 'example.com/a': 'b' } },
  strategy: { strategy: { rollingUpdate: { maxSurge: '50%', maxUnavailable: 0 } } },
  recreate: { strategy: { type: 'Recreate', rollingUpdate: null } },
  tolerations: { tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' }] },
  ignored: { volumes: [{ name: 'a', emptyDir: {} }], volumeMounts: [{ name: 'a', mountPath: '/a' }] },
};

const ports: KubernetesSettings = {
  service: {
    ports: [
      { name: 'status-port', port: 15021, targetPort: 15021 },
      { name: 'https', port: 443, targetPort: 8443, nodePort: 30443, protocol: 'TCP', appProtocol: 'https' },
      { name: 'tls', port: 15443 },
    ],
  },
};

/** Overlays of a gateway: all forms of a path, and patches that istioctl ignores. */
function overlays(name: string, container: string): KubernetesSettings {
  const deployment = (patches: { path: string; value?: unknown }[]) => ({
    kind: 'Deployment',
    name,
    patches,
  });
  const pod = 'spec.template.spec';
  return {
    overlays: [
      deployment([
        { path: `${pod}.containers.[name:${container}].args.[-1]`, value: '--added' },
        { path: `${pod}.containers.[name:${container}].args.[:--domain]`, value: '--replaced' },
        { path: `${pod}.containers.[name:${container}].env.[name:SERVICE_ACCOUNT]` },
        {
          path: `${pod}.containers.[name:${container}].env.[name:POD_NAME].valueFrom.fieldRef.fieldPath`,
          value: 'a',
        },
        { path: `${pod}.containers[0].volumeMounts[100]`, value: { name: 'first', mountPath: '/first' } },
        { path: `${pod}.volumes[100]`, value: { name: 'first', emptyDir: {} } },
        { path: `${pod}.terminationGracePeriodSeconds`, value: 75 },
        { path: `${pod}.dnsConfig.options`, value: [{ name: 'ndots', value: '2' }] },
        { path: 'spec.template.metadata.annotations.example\\.com/dotted', value: 'yes' },
        { path: 'metadata.annotations', value: { a: 'b' } },
        { path: 'spec.strategy.rollingUpdate' },
        { path: `${pod}.containers.[name:absent].image`, value: 'ignored' },
        { path: `${pod}.hostAliases`, value: '- ip: "127.0.0.1"\n  hostnames: [a]' },
        { path: 'metadata.labels.text', value: 'key: value' },
      ]),
      {
        apiVersion: 'v2beta1',
        kind: 'HorizontalPodAutoscaler',
        name,
        patches: [{ path: 'spec.metrics[0]' }],
      },
      { kind: 'Service', name, patches: [{ path: 'spec.ports.[name:https].port', value: 8443 }] },
      { kind: 'Service', name: 'absent', patches: [{ path: 'spec.type', value: 'NodePort' }] },
    ],
  };
}

const gateways = Object.entries(settings).map(([name, k8s]) => ({ name, enabled: true, k8s }));

const specs: Readonly<Record<string, Spec>> = {
  'the profile demo': { profile: 'demo' },
  'the egress gateway through a value': {
    values: {
      gateways: {
        'istio-egressgateway': {
          enabled: true,
          autoscaleMin: 2,
          env: { A: 'b' },
          serviceAnnotations: { c: 'd' },
          nodeSelector: { e: 'f' },
        },
      },
      global: { networkPolicy: { enabled: true }, mountMtlsCerts: true },
    },
  },
  'every setting of an ingress gateway': { components: { ingressGateways: gateways } },
  'every setting of an egress gateway': { profile: 'minimal', components: { egressGateways: gateways } },
  'gateways with labels, ports, overlays and namespaces': {
    components: {
      ingressGateways: [
        { name: 'istio-ingressgateway', enabled: true, label: { istio: 'other', version: 'v2' }, k8s: ports },
        {
          name: 'public',
          namespace: 'istio-ingress',
          tag: '1.0.0',
          hub: 'ignored',
          k8s: overlays('public', 'istio-proxy'),
        },
        { name: 'off', enabled: false },
      ],
      egressGateways: [{ name: 'egress', namespace: 'egress', k8s: { ...ports, replicaCount: 2 } }],
    },
    values: {
      gateways: {
        'istio-ingressgateway': { labels: { ignored: 'yes' }, name: 'ignored', autoscaleEnabled: false },
      },
    },
  },
  'injected gateways': {
    components: { ingressGateways: [{ name: 'injected', k8s: { ...settings.env, ...settings.resources } }] },
    values: { gateways: { 'istio-ingressgateway': { injectionTemplate: 'gateway' } } },
  },
  'overlays of istiod': { components: { pilot: { k8s: overlays('istiod', 'discovery') } } },
  'istiod of a revision': {
    revision: 'canary',
    components: {
      pilot: { tag: '1.0.0', hub: 'example.com/a', k8s: { ...settings.hpa, ...settings.strategy } },
    },
  },
  'settings of istiod that go together': {
    components: {
      pilot: {
        k8s: Object.assign(
          {},
          ...['affinity', 'env', 'hpa', 'node-selector', 'annotations', 'priority', 'probe', 'resources'].map(
            (name) => settings[name],
          ),
          { podDisruptionBudget: { maxUnavailable: 1 } },
        ),
      },
    },
  },
  'further settings of istiod': {
    components: {
      base: { enabled: true },
      pilot: {
        enabled: true,
        k8s: Object.assign(
          {},
          ...[
            'pdb-min',
            'security',
            'service',
            'service-annotations',
            'recreate',
            'tolerations',
            'ignored',
          ].map((name) => settings[name]),
        ),
      },
    },
  },
};

function write(
  version: string,
  { profile = 'default', revision = 'default', components, values = {} }: Spec,
) {
  const settings = {
    version,
    hub: defaultHub(version),
    tag: version,
    profile,
    revision,
    dataPlane: 'sidecar' as const,
    values: { ...values, revisionTags: ['default'], defaultRevision: revision },
    components,
  };
  const input = controlPlaneInput(settings);
  return [
    ...controlPlaneObjects(input),
    ...readerObjects(input),
    ...defaultRevisionObjects(input),
    ...defaultValidatorObjects(input),
    ...gatewayComponents(settings).flatMap((gateway) =>
      Object.values(gatewayObjects(chartGateway(input, gateway))),
    ),
  ];
}

function operator(version: string, { profile = 'default', revision, components, values }: Spec) {
  const spec = {
    profile,
    hub: defaultHub(version),
    tag: version,
    ...(revision && { revision }),
    ...(components && { components }),
    values: { ...values, revisionTags: ['default'], defaultRevision: revision ?? 'default' },
  };
  return { apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec };
}

/** A port of 0 is the same as none. */
function withoutZeroPorts(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return JSON.parse(JSON.stringify(objects), (key, value) =>
    key === 'targetPort' && value === 0 ? undefined : value,
  );
}

const occurred = new Set<string>();

describe.each(istioctls)('the components of %s', (istioctl) => {
  const version = versionOf(istioctl);
  const compared = Object.entries(specs).map(([title, spec]) => ({
    title,
    spec,
    theirs: manifestGenerate(istioctl, operator(version, spec)).catch((error: Error) => error),
  }));

  test.each(compared)('$title', async ({ title, spec, theirs }) => {
    const rendered = await theirs;
    if (rendered instanceof Error) throw rendered;
    const objects = withoutZeroPorts(parseObjectsWithoutCrds(rendered));
    const found = differences(canonical(write(version, spec)), canonical(objects));
    expect(found.filter((difference) => !allowedDifference(difference, title))).toEqual([]);
    occurred.add(title);
  });

  test.each(Object.entries(specs))('are accepted by istioctl and by us: %s', (_, { values, ...spec }) => {
    const { profile, revision, components } = spec;
    const istio = { version, profile, revision, components };
    const clusters = [{ name: 'cluster1', network: 'network1' }];
    expect(objections(istioctl, operator(version, spec))).toBe('');
    expect(problemsOf(() => defineMesh({ meshID: 'mesh1', istio, clusters }))).toEqual([]);
  });
});

afterAll(() => {
  if (istioctls.length > 0) expect(occurred.size).toBe(Object.keys(specs).length);
});

test.skipIf(istioctls.length > 0)('no istioctl is on the PATH, so nothing was compared', (context) => {
  context.skip();
});
