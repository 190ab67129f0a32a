import { Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { EastWestGateway } from '../../src/constructs/east-west-gateway';
import { Validated } from '../../src/constructs/props';
import { clusterGateway } from '../../src/control-plane/gateway/east-west';
import { eastWestGatewayOperator } from '../../src/control-plane/istio-operator';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { EastWestGatewayDefinition } from '../../src/mesh/gateway';
import type { IstioDefinition } from '../../src/mesh/istio';
import type { Cluster, EastWestGatewaySettings, Mesh } from '../../src/mesh/mesh';
import { istioctls, manifestGenerate } from './istioctl';
import { canonical, parseObjects } from './objects';

interface Case {
  readonly title: string;
  readonly gateway?: EastWestGatewayDefinition;
  readonly istio?: IstioDefinition;
  readonly security?: 'hardened';
}

const spread = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          topologyKey: 'topology.kubernetes.io/zone',
          labelSelector: { matchLabels: { istio: 'eastwestgateway' } },
        },
      },
    ],
  },
};

const cases: readonly Case[] = [
  { title: 'as it comes' },
  { title: 'of a hardened mesh', security: 'hardened' },
  { title: 'without ports of istiod', gateway: { istiodPorts: 'disabled' } },
  { title: 'with a revision', istio: { revision: 'canary' } },
  { title: 'with other bounds', gateway: { autoscaling: { minReplicas: 2, maxReplicas: 9 } } },
  { title: 'with another utilization', gateway: { autoscaling: { targetCPUUtilizationPercentage: 55 } } },
  { title: 'with one fixed pod', gateway: { autoscaling: 'disabled' } },
  { title: 'with three fixed pods', gateway: { autoscaling: 'disabled', replicas: 3 } },
  {
    title: 'with resources',
    gateway: { resources: { requests: { cpu: '2', memory: '1Gi' }, limits: { memory: '2Gi' } } },
  },
  { title: 'with requests alone', gateway: { resources: { requests: { cpu: '250m' } } } },
  {
    title: 'on nodes of its own',
    gateway: {
      nodeSelector: { 'node.kubernetes.io/pool': 'gateways' },
      tolerations: [
        { key: 'gateways', operator: 'Exists', effect: 'NoSchedule' },
        { key: 'spot', value: 'yes', effect: 'NoExecute', tolerationSeconds: 30 },
      ],
      affinity: spread,
      priorityClassName: 'system-cluster-critical',
    },
  },
  {
    title: 'with annotated pods',
    gateway: { podAnnotations: { 'proxy.istio.io/config': '{}', team: 'mesh' } },
  },
  { title: 'of type NodePort', gateway: { service: { type: 'NodePort' } } },
  { title: 'of type ClusterIP', gateway: { service: { type: 'ClusterIP' } } },
  {
    title: 'with a particular load balancer',
    gateway: {
      service: {
        loadBalancerClass: 'example.com/lb',
        loadBalancerIP: '203.0.113.9',
        loadBalancerSourceRanges: ['198.51.100.0/24', '203.0.113.0/24'],
        externalTrafficPolicy: 'Local',
        annotations: { 'example.com/tier': '1' },
      },
    },
  },
  {
    title: 'with further fields of a Service',
    gateway: {
      service: {
        ipFamilies: ['IPv4', 'IPv6'],
        ipFamilyPolicy: 'PreferDualStack',
        allocateLoadBalancerNodePorts: false,
        externalTrafficPolicy: 'Local',
        internalTrafficPolicy: 'Local',
        healthCheckNodePort: 31000,
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 100 } },
        publishNotReadyAddresses: true,
        externalIPs: ['203.0.113.7'],
        clusterIP: '10.0.0.7',
        trafficDistribution: 'PreferClose',
      },
    },
  },
  {
    title: 'in a namespace of its own, with labels and annotations',
    gateway: {
      namespace: 'edge',
      labels: { team: 'mesh', version: 'v2', tier: 1 },
      annotations: { 'example.com/owner': 'mesh', 'example.com/tier': '1' },
      autoscaling: { minReplicas: 2 },
      service: { annotations: { 'example.com/tier': '2' } },
      serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/gateway' } },
    },
  },
  {
    title: 'with an environment',
    gateway: {
      env: { ISTIO_META_UNPRIVILEGED_POD: false, LOG_LEVEL: 'info', EMPTY: '' },
      envVarFrom: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    },
  },
  {
    title: 'with another network view',
    gateway: { env: { ISTIO_META_REQUESTED_NETWORK_VIEW: 'a,b' } },
  },
  {
    title: 'with volumes and containers of its own',
    gateway: {
      volumes: [
        { name: 'certs', secret: { secretName: 'certs', optional: true } },
        { name: 'scratch', emptyDir: { sizeLimit: '512Mi' } },
      ],
      volumeMounts: [
        { name: 'certs', mountPath: '/certs', readOnly: true },
        { name: 'scratch', mountPath: '/scratch' },
      ],
      initContainers: [{ name: 'wait', image: 'busybox', command: ['sleep', '1'] }],
      additionalContainers: [
        { name: 'exporter', image: 'exporter', volumeMounts: [{ name: 'scratch', mountPath: '/s' }] },
      ],
    },
  },
  {
    title: 'that drains before it stops',
    gateway: {
      lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 30'] } } },
      terminationGracePeriodSeconds: 90,
      minReadySeconds: 5,
      readinessProbe: { httpGet: { path: '/healthz/ready', port: 15021 }, periodSeconds: 3 },
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    },
  },
  { title: 'that is stopped before it is replaced', gateway: { strategy: { type: 'Recreate' } } },
  {
    title: 'with security contexts',
    gateway: {
      securityContext: { fsGroup: 1337, runAsUser: 1000 },
      containerSecurityContext: {
        readOnlyRootFilesystem: false,
        capabilities: { add: ['NET_BIND_SERVICE'] },
      },
    },
  },
  {
    title: 'that is spread, with a budget',
    gateway: {
      autoscaling: { minReplicas: 3 },
      podDisruptionBudget: { maxUnavailable: '1', unhealthyPodEvictionPolicy: 'AlwaysAllow' },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { istio: 'eastwestgateway' } },
        },
      ],
    },
  },
  {
    title: 'with a budget for fixed pods',
    gateway: { autoscaling: 'disabled', replicas: 2, podDisruptionBudget: { minAvailable: '50%' } },
  },
  { title: 'with a budget for one pod', gateway: { podDisruptionBudget: { minAvailable: 1 } } },
  {
    title: 'that also scales with memory',
    gateway: {
      autoscaling: {
        targetMemoryUtilizationPercentage: 70,
        autoscaleBehavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
      },
    },
  },
  {
    title: 'with name servers and images of its own',
    gateway: {
      dnsPolicy: 'ClusterFirst',
      dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
      imagePullPolicy: 'Always',
      imagePullSecrets: ['one', { name: 'two' }],
    },
    istio: { values: { global: { imagePullPolicy: 'Never', imagePullSecrets: ['registry'] } } },
  },
  {
    title: 'with numbers where texts are due, and amounts that are removed',
    gateway: {
      podAnnotations: { 'example.com/number': 1 },
      nodeSelector: { 'example.com/gateway': true },
      resources: { requests: { cpu: 1 }, limits: { cpu: null } },
      priorityClassName: '',
    },
  },
  {
    title: 'with fixed node ports',
    gateway: {
      service: {
        type: 'NodePort',
        annotations: { 'traffic.istio.io/nodeSelector': '{"kubernetes.io/os": "linux"}' },
        ports: [
          { name: 'status-port', port: 15021, nodePort: 31021 },
          {
            name: 'tls',
            port: 15443,
            targetPort: 15443,
            nodePort: 31443,
            protocol: 'TCP',
            appProtocol: 'tls',
          },
          { name: 'udp', port: 15053, protocol: 'UDP' },
        ],
        selectorLabels: { 'istio.io/dataplane-mode': 'none' },
      },
    },
  },
  { title: 'on AWS', gateway: { loadBalancer: { cloud: 'aws-nlb' } } },
  { title: 'inside ACK', gateway: { loadBalancer: { cloud: 'alibaba-cloud-ack', scheme: 'internal' } } },
  { title: 'on OpenShift', istio: { values: { global: { platform: 'openshift' } } } },
  { title: 'without Prometheus', istio: { values: { meshConfig: { enablePrometheusMerge: false } } } },
  {
    title: 'from a private registry',
    istio: { values: { global: { imagePullPolicy: 'Always', imagePullSecrets: ['registry'] } } },
  },
  { title: 'with a priority for all of Istio', istio: { values: { global: { priorityClassName: 'mesh' } } } },
  {
    title: 'with scheduling for all of Istio',
    istio: {
      values: {
        global: {
          defaultTolerations: [{ key: 'infra', operator: 'Exists' }],
          defaultNodeSelector: { role: 'infra' },
        },
      },
    },
  },
  {
    title: 'with scheduling of its own over that for all of Istio',
    gateway: {
      nodeSelector: { zone: 'a' },
      tolerations: [{ key: 'own', operator: 'Exists' }],
      affinity: spread,
      priorityClassName: 'own',
    },
    istio: {
      values: {
        global: {
          priorityClassName: 'mesh',
          defaultTolerations: [{ key: 'infra', operator: 'Exists' }],
          defaultNodeSelector: { role: 'infra', disk: 'ssd' },
        },
      },
    },
  },
  { title: 'with network policies', istio: { values: { global: { networkPolicy: { enabled: true } } } } },
  {
    title: 'without disruption budgets',
    gateway: { autoscaling: { minReplicas: 3 } },
    istio: { values: { global: { defaultPodDisruptionBudget: { enabled: false } } } },
  },
  {
    title: 'on some architectures, with affinities of its own',
    gateway: {
      affinity: {
        ...spread,
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 1,
              preference: { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] },
            },
          ],
        },
      },
    },
    istio: {
      values: { global: { arch: { amd64: 3, arm64: 2, s390x: 0 }, defaultNodeSelector: { role: 'infra' } } },
    },
  },
  {
    title: 'beside an ingress gateway with settings of its own',
    istio: {
      values: { gateways: { 'istio-ingressgateway': { serviceAnnotations: { a: 'b' }, autoscaleMin: 4 } } },
    },
  },
];

function meshOf({ gateway = {}, istio = {}, security }: Case): {
  mesh: Mesh;
  cluster: Cluster;
  settings: EastWestGatewaySettings;
} {
  const mesh = defineMesh({
    meshID: 'mesh1',
    istio,
    security,
    clusters: [{ name: 'cluster1', network: 'network1', eastWestGateway: gateway }],
  });
  const cluster = mesh.clusters[0];
  if (cluster?.eastWestGateway === undefined) throw new Error('the mesh has no gateway');
  return { mesh, cluster, settings: cluster.eastWestGateway };
}

/** The gateway of the official installation guide for several networks. */
const official = {
  apiVersion: 'install.istio.io/v1alpha1',
  kind: 'IstioOperator',
  spec: {
    profile: 'empty',
    components: {
      ingressGateways: [
        {
          name: 'istio-eastwestgateway',
          enabled: true,
          label: {
            app: 'istio-eastwestgateway',
            istio: 'eastwestgateway',
            'topology.istio.io/network': 'network1',
          },
          k8s: {
            env: [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: 'network1' }],
            service: {
              ports: [
                { name: 'status-port', port: 15021, targetPort: 15021 },
                { name: 'tls', port: 15443, targetPort: 15443 },
                { name: 'tls-istiod', port: 15012, targetPort: 15012 },
                { name: 'tls-webhook', port: 15017, targetPort: 15017 },
              ],
            },
          },
        },
      ],
    },
    values: {
      gateways: { 'istio-ingressgateway': { injectionTemplate: 'gateway' } },
      global: { network: 'network1' },
    },
  },
};

describe.each(istioctls)('an east-west gateway, compared with that of %s', (istioctl) => {
  test('equals the gateway of the official installation guide', () => {
    const chart = Testing.chart();
    new EastWestGateway(chart, 'gateway', { network: 'network1' });
    const rendered = parseObjects(manifestGenerate(istioctl, official));
    expect(canonical(Testing.synth(chart))).toEqual(canonical(rendered));
  });

  test.each(cases)('$title', (example) => {
    const { mesh, cluster, settings } = meshOf(example);
    const chart = Testing.chart();
    new EastWestGateway(chart, 'gateway', new Validated(clusterGateway(cluster, settings)));
    const rendered = parseObjects(
      manifestGenerate(istioctl, eastWestGatewayOperator(mesh, cluster, settings)),
    );
    expect(canonical(Testing.synth(chart))).toEqual(canonical(rendered));
  });
});

test.skipIf(istioctls.length > 0)('no istioctl is on the PATH, so nothing was compared', (context) => {
  context.skip();
});
