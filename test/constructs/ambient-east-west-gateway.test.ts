import { Testing } from 'cdk8s';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  AmbientEastWestGateway,
  type AmbientEastWestGatewayProps,
} from '../../src/constructs/ambient-east-west-gateway';
import type { Fields } from '../../src/kubernetes/object';
import { mergePatch } from '../../src/kubernetes/strategic-merge';

function objectsOf(props: AmbientEastWestGatewayProps): Record<string, Fields> {
  const chart = Testing.chart();
  new AmbientEastWestGateway(chart, 'gateway', props);
  const objects = Testing.synth(chart) as { readonly kind: string }[];
  return Object.fromEntries(objects.map((object) => [object.kind, object as unknown as Fields]));
}

/** What istiod has after it merges the settings over the fields that it writes itself. */
function deployed(props: Partial<AmbientEastWestGatewayProps>, kind: keyof typeof written): Fields {
  const { key, ...object } = written[kind];
  const { ConfigMap } = objectsOf({ network: 'network1', ...props });
  const overlay = (ConfigMap?.data as Record<string, string> | undefined)?.[key];
  return overlay === undefined ? object : mergePatch(object, parse(overlay, { version: '1.1' }));
}

const proxy = {
  name: 'istio-proxy',
  env: [{ name: 'TRUST_DOMAIN', value: 'cluster.local' }],
  resources: { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '100m', memory: '128Mi' } },
  readinessProbe: { failureThreshold: 4, httpGet: { path: '/healthz/ready', port: 15021 } },
  securityContext: { privileged: false, runAsUser: 1337 },
  volumeMounts: [{ mountPath: '/etc/istio/proxy', name: 'istio-envoy' }],
};

/** Parts of what istiod writes for a Gateway, and the key of the parameters that change it. */
const written = {
  Deployment: {
    key: 'deployment',
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { annotations: {} },
    spec: {
      template: {
        metadata: { annotations: { 'prometheus.io/scrape': 'true' } },
        spec: { containers: [proxy], volumes: [{ name: 'istio-envoy', emptyDir: { medium: 'Memory' } }] },
      },
    },
  },
  Service: {
    key: 'service',
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { annotations: { 'networking.istio.io/traffic-distribution': 'PreferClose' } },
    spec: {
      ipFamilyPolicy: 'PreferDualStack',
      ports: [
        { name: 'status-port', port: 15021, protocol: 'TCP', appProtocol: 'tcp' },
        { name: 'mesh', port: 15008, protocol: 'TCP', appProtocol: 'hbone' },
      ],
      selector: { 'gateway.networking.k8s.io/gateway-name': 'istio-eastwestgateway' },
      type: 'LoadBalancer',
    },
  },
  HorizontalPodAutoscaler: {
    key: 'horizontalPodAutoscaler',
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'istio-eastwestgateway' }, maxReplicas: 1 },
  },
  PodDisruptionBudget: {
    key: 'podDisruptionBudget',
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    spec: { selector: { matchLabels: { name: 'istio-eastwestgateway' } } },
  },
  ServiceAccount: { key: 'serviceAccount', apiVersion: 'v1', kind: 'ServiceAccount', metadata: {} },
} as const;

test("without settings it is the Gateway of Istio's script, as the API server stores it", () => {
  expect(objectsOf({ network: 'network1' })).toEqual({
    Gateway: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: {
        name: 'istio-eastwestgateway',
        namespace: 'istio-system',
        labels: { 'topology.istio.io/network': 'network1' },
      },
      spec: {
        gatewayClassName: 'istio-east-west',
        listeners: [
          {
            name: 'mesh',
            port: 15008,
            protocol: 'HBONE',
            tls: { mode: 'Terminate', options: { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' } },
            allowedRoutes: { namespaces: { from: 'Same' } },
          },
        ],
      },
    },
  });
});

test('istiod of another revision deploys it, with its labels and the type of its Service', () => {
  const { Gateway, ConfigMap } = objectsOf({
    network: 'network1',
    name: 'east-west',
    namespace: 'edge',
    revision: 'canary',
    labels: { team: 'mesh', istio: 'eastwestgateway' },
    service: { type: 'NodePort' },
  });
  expect(Gateway?.metadata).toEqual({
    name: 'east-west',
    namespace: 'edge',
    labels: { team: 'mesh', 'topology.istio.io/network': 'network1', 'istio.io/rev': 'canary' },
    annotations: { 'networking.istio.io/service-type': 'NodePort' },
  });
  expect(ConfigMap).toBeUndefined();
});

test('the Gateway refers to the settings in its namespace', () => {
  const { Gateway, ConfigMap } = objectsOf({ network: 'network1', namespace: 'edge', replicas: 2 });
  expect((Gateway as { spec: { infrastructure: unknown } }).spec.infrastructure).toEqual({
    parametersRef: { group: '', kind: 'ConfigMap', name: 'istio-eastwestgateway-parameters' },
  });
  expect(ConfigMap?.metadata).toEqual({ name: 'istio-eastwestgateway-parameters', namespace: 'edge' });
});

test('the settings of pods reach the pods, beside what istiod writes', () => {
  const { spec, metadata } = deployed(
    {
      replicas: 3,
      annotations: { owner: 'team' },
      podAnnotations: { scraped: true },
      env: { LEVEL: 7 },
      resources: { requests: { cpu: '1' }, limits: { cpu: null } },
      readinessProbe: { tcpSocket: { port: 15008 } },
      containerSecurityContext: { runAsUser: null },
      volumes: [{ name: 'certs', emptyDir: {} }],
      volumeMounts: [{ name: 'certs', mountPath: '/certs' }],
      additionalContainers: [{ name: 'other', image: 'other' }],
      nodeSelector: { zone: 'a' },
      tolerations: [{ operator: 'Exists' }],
      terminationGracePeriodSeconds: 60,
      strategy: { type: 'Recreate' },
    },
    'Deployment',
  ) as { spec: Fields; metadata: Fields };
  expect(metadata.annotations).toEqual({ owner: 'team' });
  expect(spec).toMatchObject({
    replicas: 3,
    strategy: { type: 'Recreate' },
    template: {
      metadata: { annotations: { 'prometheus.io/scrape': 'true', scraped: 'true' } },
      spec: {
        nodeSelector: { zone: 'a' },
        tolerations: [{ operator: 'Exists' }],
        terminationGracePeriodSeconds: 60,
        volumes: expect.arrayContaining([
          { name: 'istio-envoy', emptyDir: { medium: 'Memory' } },
          { name: 'certs', emptyDir: {} },
        ]),
        containers: expect.arrayContaining([
          { name: 'other', image: 'other' },
          {
            name: 'istio-proxy',
            env: expect.arrayContaining([...proxy.env, { name: 'LEVEL', value: '7' }]),
            resources: { limits: { memory: '1Gi' }, requests: { cpu: '1', memory: '128Mi' } },
            readinessProbe: { tcpSocket: { port: 15008 } },
            securityContext: { privileged: false },
            volumeMounts: expect.arrayContaining([
              ...proxy.volumeMounts,
              { name: 'certs', mountPath: '/certs' },
            ]),
          },
        ]),
      },
    },
  });
});

test('the settings of the Service and the preset of its load balancer reach the Service', () => {
  const { metadata, spec } = deployed(
    {
      loadBalancer: { cloud: 'aws-nlb', scheme: 'internal' },
      annotations: { owner: 'team' },
      service: {
        annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' },
        loadBalancerSourceRanges: ['10.0.0.0/8'],
        externalTrafficPolicy: 'Local',
        ports: [{ name: 'hbone', port: 15008, nodePort: 30008 }],
      },
    },
    'Service',
  ) as { metadata: Fields; spec: Fields };
  expect(metadata.annotations).toEqual({
    'networking.istio.io/traffic-distribution': 'PreferClose',
    'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb',
    'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
    'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
    owner: 'team',
  });
  expect(spec).toEqual({
    ...written.Service.spec,
    loadBalancerSourceRanges: ['10.0.0.0/8'],
    externalTrafficPolicy: 'Local',
    ports: [{ name: 'hbone', port: 15008, nodePort: 30008, protocol: 'TCP', appProtocol: 'hbone' }],
  });
});

test('it scales with its load, and some pods stay while nodes are drained', () => {
  const autoscaling = { minReplicas: 2, targetMemoryUtilizationPercentage: 70 };
  expect(deployed({ autoscaling }, 'HorizontalPodAutoscaler').spec).toEqual({
    scaleTargetRef: { kind: 'Deployment', name: 'istio-eastwestgateway' },
    minReplicas: 2,
    maxReplicas: 5,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
      },
      {
        type: 'Resource',
        resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 70 } },
      },
    ],
  });
  expect(deployed({ autoscaling }, 'PodDisruptionBudget').spec).toMatchObject({ minAvailable: 1 });
  const podDisruptionBudget = { maxUnavailable: '50%' };
  expect(deployed({ replicas: 2, podDisruptionBudget }, 'PodDisruptionBudget').spec).toEqual({
    ...written.PodDisruptionBudget.spec,
    maxUnavailable: '50%',
  });
  for (const props of [{ replicas: 1 }, { replicas: 2, disruptionBudget: 'disabled' as const }]) {
    const { ConfigMap } = objectsOf({ network: 'network1', ...props });
    expect(Object.keys(ConfigMap?.data as object)).toEqual(['deployment']);
  }
});

test('its service account has the annotations of a role', () => {
  const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/mesh' };
  expect(deployed({ serviceAccount: { annotations } }, 'ServiceAccount').metadata).toEqual({ annotations });
});

test('a policy opens its ports, and no others', () => {
  const { NetworkPolicy } = objectsOf({ network: 'network1', networkPolicy: 'enabled' });
  expect(NetworkPolicy?.spec).toMatchObject({
    podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'istio-eastwestgateway' } },
    ingress: [15021, [15020, 15090], 15008].map((port) => ({
      ports: [port].flat().map((each) => ({ protocol: 'TCP', port: each })),
    })),
  });
});

test('settings that contradict each other are an error at their path', () => {
  const wrong = { network: 'n', service: { type: 'ClusterIP', loadBalancerIP: '203.0.113.10' } } as const;
  expect(() => objectsOf(wrong)).toThrow(/gateway\.service\.loadBalancerIP: MESH-GATEWAY: /);
  expect(() => objectsOf({ network: 'n', replicas: 3, autoscaling: {} })).toThrow(/gateway\.replicas/);
});
