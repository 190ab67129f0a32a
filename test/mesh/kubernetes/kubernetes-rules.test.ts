import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { MeshDefinition } from '../../../src/mesh/definition';
import { problemsOf } from '../problems-of';

function problemsIn(part: object) {
  return problemsOf(() => defineMesh({ meshID: 'mesh1', ...part } as MeshDefinition)).map(
    ({ location, message, hint }) => ({ path: location.path ?? '', text: `${message} ${hint}` }),
  );
}

const inGateway = (settings: string) =>
  problemsIn({ clusters: [{ name: 'cluster1', network: 'network1', eastWestGateway: parse(settings) }] });

const inValues = (values: string) =>
  problemsIn({
    istio: { controlPlane: 'native', values: parse(values) },
    clusters: [{ name: 'cluster1', network: 'network1' }],
  });

const long = 'a'.repeat(64);

describe('settings of an east-west gateway that the API server refuses', () => {
  test.each([
    ['{ podAnnotations: { a/b/c: x } }', 'podAnnotations.a/b/c', 'example.com/name'],
    [`{ podAnnotations: { ${long}: x } }`, `podAnnotations.${long}`, 'at most 63'],
    ['{ service: { annotations: { -a: x } } }', 'service.annotations.-a', 'example.com/name'],
    ['{ service: { loadBalancerClass: a b } }', 'service.loadBalancerClass', 'example.com/name'],
    ['{ nodeSelector: { Example.com/zone: a } }', 'nodeSelector.Example.com/zone', 'example.com/name'],
    ['{ nodeSelector: { zone: a b } }', 'nodeSelector.zone', 'hyphens'],
    ['{ priorityClassName: High Prio }', 'priorityClassName', 'lower-case'],
    ['{ priorityClassName: high..prio }', 'priorityClassName', 'lower-case'],
    ['{ affinity: { nodeAfinity: {} } }', 'affinity.nodeAfinity', 'Write "nodeAffinity".'],
    ['{ tolerations: [{ operator: Equal }] }', 'tolerations[0]', 'operator: Exists'],
    ['{ tolerations: [{ key: a, operator: Exists, value: b }] }', 'tolerations[0].value', 'Remove value'],
    [
      '{ tolerations: [{ key: a, effect: NoSchedule, tolerationSeconds: 3 }] }',
      'tolerations[0].tolerationSeconds',
      'NoExecute',
    ],
    ['{ resources: { requests: { mem: 1Gi } } }', 'resources.requests.mem', 'memory'],
  ])('%s', (settings, path, hint) => {
    expect(inGateway(settings)).toEqual([
      { path: `clusters[0].eastWestGateway.${path}`, text: expect.stringContaining(hint) },
    ]);
  });

  test('are not those that it accepts', () => {
    const settings = `
podAnnotations: { Example.com/Name: any text, a: "" }
nodeSelector: { kubernetes.io/os: linux, empty: "" }
priorityClassName: system-cluster-critical.v1
resources: { requests: { cpu: "1e-1", memory: 64Mi, example.com/gpu: "1" }, limits: { memory: 1Gi, example.com/gpu: "1" } }
tolerations:
  - { operator: Exists }
  - { key: example.com/a, value: b, effect: NoExecute, tolerationSeconds: 30 }
affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions: [{ key: cores, operator: Gt, values: ["4"] }, { key: zone, operator: Exists }]
          matchFields: [{ key: metadata.name, operator: In, values: [node1] }]
  podAffinity: null
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector: { matchLabels: { app: gateway } }
          matchLabelKeys: [pod-template-hash]
service: { annotations: { a.b/c: d }, loadBalancerClass: service.k8s.aws/nlb }
`;
    expect(inGateway(settings)).toEqual([]);
  });
});

describe('values of Istio that the API server refuses', () => {
  const nodeAffinity = (term: string) =>
    `pilot: { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [${term}] }] } } } }`;
  test.each([
    [nodeAffinity('{ key: a, operator: Is, values: [b] }'), /operator$/, 'Write one of In, NotIn'],
    [nodeAffinity('{ key: a, operator: in, values: [b] }'), /operator$/, 'Write In.'],
    [nodeAffinity('{ key: a, operator: In }'), /matchExpressions\[0\]$/, 'Add values'],
    [nodeAffinity('{ key: a, operator: Gt, values: ["1", "2"] }'), /matchExpressions\[0\]$/, 'one value'],
    [
      'global: { waypoint: { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: Ignore }] } }',
      /whenUnsatisfiable$/,
      'ScheduleAnyway',
    ],
    ['pilot: { seccompProfile: { type: Runtime } }', /type$/, 'RuntimeDefault'],
    ['pilot: { seccompProfile: { type: Localhost } }', /seccompProfile$/, 'Add localhostProfile'],
    [
      'pilot: { envVarFrom: [{ name: A, valueFrom: { secretRef: { name: a, key: b } } }] }',
      /secretRef$/,
      'secretKeyRef',
    ],
    ['pilot: { envVarFrom: [{ name: A=B, value: c }] }', /name$/, 'environment variable'],
    ['pilot: { env: { A=B: c } }', /A=B$/, 'environment variable'],
    ['pilot: { volumes: [{ name: a, secret: { secretname: b } }] }', /secretname$/, 'secretName'],
    ['pilot: { volumes: [{ name: a }] }', /volumes\[0\]$/, 'Add one of configMap'],
    [
      'pilot: { volumes: [{ name: a, emptyDir: {}, hostPath: { path: /a } }] }',
      /volumes\[0\]$/,
      'Leave only one',
    ],
    ['pilot: { volumeMounts: [{ name: A, mountPath: /a }] }', /name$/, 'lower-case'],
    [
      'pilot: { initContainers: [{ name: a, imagePullPolicy: always }] }',
      /imagePullPolicy$/,
      'Write Always.',
    ],
    ['pilot: { podLabels: { a: b c } }', /podLabels\.a$/, 'hyphens'],
    ['pilot: { rollingMaxUnavailable: 101% }', /rollingMaxUnavailable$/, '100%'],
    ['pilot: { autoscaleBehavior: { scaleDown: { stabilizationWindowSeconds: 7200 } } }', /Seconds$/, '3600'],
    ['pilot: { resources: { limits: { memory: 1GB } } }', /memory$/, 'Kubernetes quantity'],
    [
      'global: { proxy: { lifecycle: { prestop: { exec: { command: [a] } } } } }',
      /prestop$/,
      'Write "preStop".',
    ],
    ['global: { priorityClassName: High }', /priorityClassName$/, 'lower-case'],
    ['global: { imagePullSecrets: [My Registry] }', /imagePullSecrets\[0\]$/, 'lower-case'],
    ['gateways: { istio-ingressgateway: { ports: [{ name: http_a, port: 80 }] } }', /name$/, 'lower-case'],
    ['gateways: { istio-ingressgateway: { ports: [{ name: a, port: 0 }] } }', /port$/, '1 to 65535'],
    [
      'gateways: { istio-ingressgateway: { ports: [{ name: a, port: 80, protocol: tcp }] } }',
      /protocol$/,
      'TCP',
    ],
    ['gateways: { istio-ingressgateway: { type: Loadbalancer } }', /type$/, 'LoadBalancer'],
    ['gateways: { istio-ingressgateway: { loadBalancerSourceRanges: [10.0.0.0] } }', /\[0\]$/, 'range'],
    [
      'gateways: { istio-ingressgateway: { additionalContainers: [{ name: a, livenessProbe: { httpGet: {} } }] } }',
      /httpGet$/,
      'Add port',
    ],
    ['gateways: { securityContext: { fsGroup: -1 } }', /fsGroup$/, 'whole number from 0'],
    [
      'gateways: { istio-ingressgateway: { podAntiAffinityLabelSelector: [{ key: app, operator: in }] } }',
      /operator$/,
      'In',
    ],
  ])('%s', (values, path, hint) => {
    expect(inValues(values)).toEqual([
      { path: expect.stringMatching(path), text: expect.stringContaining(hint) },
    ]);
  });

  test('are not those that it accepts', () => {
    const values = `
global:
  priorityClassName: ""
  proxy:
    seccompProfile: {}
    lifecycle: { preStop: { sleep: { seconds: 5 } }, postStart: { httpGet: { path: /, port: http-a } } }
  waypoint: { nodeSelector: { zone: a }, tolerations: [{ key: a }] }
pilot:
  env: { spring.config: a, A: true, B: 1 }
  envVarFrom: [{ name: B, valueFrom: { configMapKeyRef: { name: a.b, key: c.yaml, optional: true } } }, { name: C }]
  rollingMaxSurge: 150%
  rollingMaxUnavailable: 100%
  resources: { requests: { cpu: .5, memory: 2.5Gi }, limits: null }
  volumes:
    - { name: a, projected: { sources: [{ serviceAccountToken: { path: token } }, { secret: { name: b } }] } }
    - { name: b, emptyDir: { medium: Memory, sizeLimit: 1Gi } }
    - { name: c, nfs: { server: a, path: /b } }
  volumeMounts: [{ name: a, mountPath: /a, readOnly: true, subPath: b }]
  initContainers: [{ name: a, image: b, restartPolicy: Always, ports: [{ containerPort: 80 }, { containerPort: 81 }] }]
`.replace('cpu: .5', 'cpu: ".5"');
    expect(inValues(values)).toEqual([]);
  });
});
