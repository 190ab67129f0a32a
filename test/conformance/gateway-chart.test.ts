import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { injectedGatewayObjects } from '../../src/control-plane/gateway/injected-gateway';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { GatewayDefinition } from '../../src/mesh/gateways/definition';
import type { HelmValues } from '../../src/mesh/helm-values';
import { canonical, parseObjects } from './objects';

/** Istio's official chart, which lies beside helm. */
const chart = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'istio-charts', 'gateway-1.31.0.tgz'))
  .find(existsSync);

/** What Helm renders of Istio's chart. */
function byHelm(values: HelmValues, namespace: string): KubernetesObject[] {
  const args = ['template', 'public', chart as string, '-n', namespace, '-f', '-'];
  const text = execFileSync('helm', args, { input: JSON.stringify(values), encoding: 'utf8' });
  return parseObjects(text) as KubernetesObject[];
}

/** What this package renders for a mesh with the values as they are. */
function byUs(values: HelmValues, namespace: string): KubernetesObject[] {
  const mesh = defineMesh({
    meshID: 'mesh1',
    istio: { version: '1.31.0', profile: 'minimal', values: { revisionTags: ['prod'] } },
    gateways: { public: { ...(values as GatewayDefinition), namespace } },
    clusters: [{ name: 'cluster1', network: 'network1', eastWestGateway: 'disabled' }],
  });
  const [gateway] = mesh.clusters[0]?.gateways ?? [];
  if (gateway === undefined) throw new Error('the cluster has no gateway');
  return Object.values(injectedGatewayObjects(gateway));
}

/**
 * What differs on purpose. An object with the label managed-by is Helm's, which it is not here, and the name of the
 * chart says the same. The labels of the NetworkPolicy are those of the operator, which no longer exists.
 */
const ofHelm = [
  'app.kubernetes.io/managed-by',
  'helm.sh/chart',
  'install.operator.istio.io/owning-resource',
  'operator.istio.io/component',
  'release',
];

/** The labels of each object and of its pods, without those of Helm. Null is the same as no label. */
function labelsOf(objects: readonly KubernetesObject[]): unknown {
  const entries = objects.map(({ kind, metadata, spec }) => {
    const template = (spec as { template?: KubernetesObject } | undefined)?.template;
    return [kind, { own: kept(metadata.labels), ofPods: kept(template?.metadata.labels) }];
  });
  return Object.fromEntries(entries);
}

function kept(labels: Readonly<Record<string, string | null>> = {}): unknown {
  return Object.fromEntries(
    Object.entries(labels).filter(([name, value]) => value !== null && !ofHelm.includes(name)),
  );
}

/** A DaemonSet has no number of pods. The chart writes one, which the API server refuses. */
function withoutReplicas(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'DaemonSet') return object;
  const { replicas: _, ...spec } = object.spec as Readonly<Record<string, unknown>>;
  return { ...object, spec };
}

function expectEqual(values: HelmValues, namespace = 'edge'): void {
  const [ours, theirs] = [byUs(values, namespace), byHelm(values, namespace).map(withoutReplicas)];
  expect(canonical(ours)).toEqual(canonical(theirs));
  expect(labelsOf(ours)).toEqual(labelsOf(theirs));
}

const spread = {
  maxSkew: 1,
  topologyKey: 'topology.kubernetes.io/zone',
  whenUnsatisfiable: 'ScheduleAnyway',
};

const cases: Readonly<Record<string, HelmValues>> = {
  'without values': {},
  'with another name': { name: 'istio-ingressgateway' },
  'with selector labels of an older installation': {
    name: 'custom-gateway',
    labels: { app: '', istio: 'ingressgateway', foo: 'bar' },
  },
  'with a revision': { revision: 'prod' },
  'as a DaemonSet with a budget': {
    kind: 'DaemonSet',
    autoscaling: { minReplicas: 2 },
    podDisruptionBudget: { maxUnavailable: '25%' },
  },
  'for egress': { service: { type: 'ClusterIP' } },
  'without a Service': { service: { type: 'None' } },
  'without autoscaling': {
    autoscaling: { enabled: false },
    replicaCount: 3,
    podDisruptionBudget: { minAvailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  },
  'with no pods': { autoscaling: { enabled: false }, replicaCount: 0 },
  'with numbers in place of texts': {
    labels: { tier: 1, public: true },
    env: { LIMIT: 1000000, SMALL: 0.00001, RATE: 1.5, ON: true, BIG: 12345678 },
    podAnnotations: { 'example.com/weight': '5' },
  },
  'with texts of several lines and quotes in the environment': {
    env: {
      JSON: '{"a": "b"}',
      ESCAPED: '{\\"a\\": \\"b\\"}',
      LINES: 'a\nb\n',
      TAB: 'a\tb',
      WORDS: 'ä 😀 # : {',
    },
  },
  'with null for defaults': {
    resources: { limits: null, requests: { cpu: null, memory: '64Mi' } },
    securityContext: null,
    containerSecurityContext: null,
    replicaCount: null,
    minReadySeconds: null,
    readinessProbe: null,
    labels: { 'istio.io/dataplane-mode': null, app: null },
  },
  'with the defaults of its values.yaml': {
    _internal_defaults_do_not_set: {
      kind: 'DaemonSet',
      labels: { from: 'defaults' },
      env: { A: 'a', B: 'b' },
    },
    env: { B: 'c' },
  },
  'with global values': {
    global: {
      hub: 'registry.example.com',
      imagePullPolicy: 'Always',
      priorityClassName: 'system-cluster-critical',
      networkPolicy: { enabled: true },
      proxy: { logLevel: 'debug' },
    },
    priorityClassName: 'own',
  },
  'with a network policy of a revision': { revision: 'prod', global: { networkPolicy: { enabled: true } } },
  'between networks': { networkGateway: 'network1' },
  'between networks with other ports': {
    networkGateway: 'network1',
    networkGatewayPorts: { tls: { port: 443, targetPort: 15443 }, 'tls-istiod': { port: 15112 } },
  },
  'on OpenShift': { platform: 'openshift' },
  'with a profile': { profile: 'demo', compatibilityVersion: '1.30' },
  'with an account of its own': {
    serviceAccount: { name: 'edge', annotations: { 'eks.amazonaws.com/role-arn': 'arn' } },
  },
  'with an account of the user': {
    serviceAccount: { create: false, name: 'mine' },
    rbac: { enabled: false },
  },
  'with the default account': { serviceAccount: { create: false } },
  'with a Service of every field': {
    service: {
      type: 'LoadBalancer',
      annotations: { a: 'service' },
      loadBalancerIP: '203.0.113.7',
      loadBalancerClass: 'service.k8s.aws/nlb',
      loadBalancerSourceRanges: ['203.0.113.0/24', '2001:db8::/32'],
      allocateLoadBalancerNodePorts: false,
      externalTrafficPolicy: 'Local',
      internalTrafficPolicy: 'Cluster',
      healthCheckNodePort: 31000,
      externalIPs: ['198.51.100.7'],
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'PreferDualStack',
      clusterIP: '10.0.0.7',
      selectorLabels: { version: 'v1' },
      ports: [
        { name: 'status-port', port: 15021, targetPort: 15021, nodePort: 31021 },
        { name: 'http3', port: 443, targetPort: 8443, protocol: 'UDP', appProtocol: 'kubernetes.io/h3' },
        { name: 'https', port: 443, targetPort: 8443 },
      ],
    },
    annotations: { a: 'all', b: 'all' },
  },
  'with a load balancer class for another type': {
    service: { type: 'NodePort', loadBalancerClass: 'a/b', allocateLoadBalancerNodePorts: true },
  },
  'with pods of every field': {
    podAnnotations: { 'proxy.istio.io/config': '{}', 'prometheus.io/port': '9090' },
    imagePullPolicy: 'Always',
    imagePullSecrets: [{ name: 'registry' }],
    priorityClassName: 'system-cluster-critical',
    env: { ISTIO_META_HTTP10: '1' },
    envVarFrom: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'secret', key: 'token' } } }],
    volumes: [{ name: 'tls', secret: { secretName: 'tls', optional: true } }],
    volumeMounts: [{ name: 'tls', mountPath: '/etc/tls', readOnly: true }],
    initContainers: [{ name: 'init', image: 'busybox', volumeMounts: [{ name: 'tls', mountPath: '/tls' }] }],
    additionalContainers: [{ name: 'side', image: 'busybox', args: ['sleep', '1d'] }],
    securityContext: { fsGroup: 1337 },
    containerSecurityContext: { runAsUser: 0, capabilities: { add: ['NET_BIND_SERVICE'] } },
    lifecycle: { preStop: { exec: { command: ['sleep', '30'] } } },
    readinessProbe: { httpGet: { path: '/healthz/ready', port: 15021 }, failureThreshold: 10 },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '50%', maxUnavailable: 0 } },
    minReadySeconds: 10,
    terminationGracePeriodSeconds: 120,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ key: 'edge', operator: 'Exists', effect: 'NoSchedule' }],
    topologySpreadConstraints: [spread],
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'public' } } },
        ],
      },
    },
    dnsPolicy: 'None',
    dnsConfig: {
      nameservers: ['10.0.0.10'],
      searches: ['example.com'],
      options: [{ name: 'ndots', value: '2' }],
    },
    resources: { requests: { cpu: '1', 'ephemeral-storage': '1Gi' }, limits: { cpu: null, memory: '2Gi' } },
  },
  'with an autoscaler of every field': {
    autoscaling: {
      minReplicas: 3,
      maxReplicas: 30,
      targetCPUUtilizationPercentage: 0,
      targetMemoryUtilizationPercentage: '70',
      autoscaleBehavior: { scaleDown: { stabilizationWindowSeconds: 600 } },
    },
    podDisruptionBudget: { minAvailable: '50%' },
  },
  'with values that the chart no longer reads': {
    enabled: true,
    runAsRoot: true,
    unprivilegedPort: 'auto',
    defaultRevision: 'default',
    pilot: { cni: { enabled: true } },
  },
};

describe.skipIf(chart === undefined)('a gateway, compared with the chart of Istio by Helm', () => {
  test.each(Object.entries(cases))('%s', (_, values) => {
    expectEqual(values);
  });

  test('in istio-system', () => {
    expectEqual({ name: 'custom' }, 'istio-system');
  });

  test('with any values', () => {
    fc.assert(
      fc.property(anyValues(), (values) => expectEqual(values)),
      { numRuns: 60 },
    );
  });
});

function anyValues(): fc.Arbitrary<HelmValues> {
  const word = fc.constantFrom('a', 'edge', 'public-2', 'x1');
  const label = fc.constantFrom('team', 'example.com/tier', 'app', 'istio', 'version');
  const labelMap = fc.dictionary(label, fc.oneof(word, fc.integer({ min: 0, max: 9 }), fc.boolean()), {
    maxKeys: 3,
  });
  const annotations = fc.dictionary(fc.constantFrom('a', 'example.com/b'), fc.string({ maxLength: 9 }), {
    maxKeys: 2,
  });
  const port = fc.integer({ min: 1, max: 65_535 });
  const optional = { requiredKeys: [] };
  const service = fc.record(
    {
      type: fc.constantFrom('LoadBalancer', 'NodePort', 'None'),
      annotations,
      selectorLabels: fc.dictionary(fc.constant('tier'), word),
      loadBalancerIP: fc.constantFrom('', '203.0.113.9'),
      externalTrafficPolicy: fc.constantFrom('', 'Local', 'Cluster'),
      internalTrafficPolicy: fc.constantFrom('', 'Local', 'Cluster'),
      externalIPs: fc.constantFrom([], ['203.0.113.10', '203.0.113.11']),
      ipFamilies: fc.constantFrom([], ['IPv6']),
      ipFamilyPolicy: fc.constantFrom('', 'SingleStack'),
      ports: fc.uniqueArray(
        fc.record(
          { name: fc.constantFrom('a', 'b', 'c'), port, targetPort: port },
          { requiredKeys: ['name', 'port'] },
        ),
        { minLength: 1, maxLength: 3, selector: ({ name }) => name, comparator: (a, b) => a === b },
      ),
    },
    optional,
  );
  const cpu = fc.constantFrom('1', '2500m', null);
  const memory = fc.constantFrom('1500M', '2Gi', null);
  const amounts = fc.oneof(fc.constant(null), fc.record({ cpu, memory }, optional));
  return fc.record(
    {
      name: fc.constantFrom('', 'istio-gw', 'gw'),
      kind: fc.constantFrom('Deployment', 'DaemonSet'),
      labels: labelMap,
      annotations,
      podAnnotations: annotations,
      replicaCount: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 4 })),
      autoscaling: fc.record(
        {
          enabled: fc.boolean(),
          minReplicas: fc.integer({ min: 1, max: 4 }),
          maxReplicas: fc.integer({ min: 5, max: 9 }),
          targetCPUUtilizationPercentage: fc.integer({ min: 0, max: 90 }),
          targetMemoryUtilizationPercentage: fc.oneof(fc.constant({}), fc.integer({ min: 1, max: 90 })),
        },
        optional,
      ),
      podDisruptionBudget: fc.constantFrom({}, { minAvailable: 1 }, { maxUnavailable: '50%' }),
      service,
      resources: fc.record({ limits: amounts }, optional),
      env: fc.dictionary(
        fc.constantFrom('A', 'B_C', 'D'),
        fc.oneof(
          fc.string(),
          fc.integer(),
          fc.boolean(),
          fc.integer({ min: 1, max: 99 }).map((cents) => cents / 100),
        ),
      ),
      serviceAccount: fc.record(
        { create: fc.boolean(), name: fc.constantFrom('', 'sa'), annotations },
        optional,
      ),
      rbac: fc.record({ enabled: fc.boolean() }, optional),
      minReadySeconds: fc.constantFrom(null, 0, 7),
      terminationGracePeriodSeconds: fc.integer({ min: 0, max: 300 }),
      nodeSelector: fc.dictionary(label, word, { maxKeys: 2 }),
      tolerations: fc.constantFrom([], [{ operator: 'Exists' }]),
      topologySpreadConstraints: fc.constantFrom([], [spread]),
      imagePullPolicy: fc.constantFrom('', 'Never'),
      dnsPolicy: fc.constantFrom('', 'Default'),
      global: fc.record(
        { networkPolicy: fc.record({ enabled: fc.boolean() }), imagePullPolicy: fc.constant('Always') },
        optional,
      ),
    },
    optional,
  ) as fc.Arbitrary<HelmValues>;
}
