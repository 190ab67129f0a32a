import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { MeshDefinition } from '../../../src/mesh/definition';
import type { HelmValues } from '../../../src/mesh/helm-values';
import type { ControlPlaneFormat } from '../../../src/mesh/istio';
import { problemsOf } from '../problems-of';
import { acceptedValues, refusedByApiServer, refusedByIstio } from './refused-values';

function problemsIn(part: object) {
  return problemsOf(() => defineMesh({ meshID: 'mesh1', ...part } as MeshDefinition)).map(
    ({ location, message, hint }) => ({ path: location.path ?? '', text: `${message} ${hint}` }),
  );
}

const inGateway = (settings: string) =>
  problemsIn({ clusters: [{ name: 'cluster1', network: 'network1', eastWestGateway: parse(settings) }] });

const formats = ['native', 'istioctl', 'operator', 'helm'] as const;

const byArgoCd = {
  gitops: 'argocd',
  repository: { url: 'https://git.example.com/mesh.git' },
  secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
};

const inValues = (values: string, controlPlane: ControlPlaneFormat) =>
  problemsIn({
    istio: { controlPlane, values: parse(values) },
    ...(controlPlane === 'helm' ? byArgoCd : {}),
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
    ['{ resources: { limits: { memory: 64Mi } } }', 'resources.limits.memory', 'at least 128Mi'],
    ['{ resources: { requests: { cpu: "3" } } }', 'resources.requests.cpu', 'the limit of 2000m'],
    ['{ resources: { requests: { example.com/gpu: "1" } } }', 'resources.requests.example.com/gpu', 'limit'],
    ['{ service: { externalIPs: [127.0.0.1] } }', 'service.externalIPs[0]', 'outside the cluster'],
    [
      '{ podAnnotations: { proxy.istio.io/config: "statusPort: a" } }',
      'podAnnotations.proxy.istio.io/config',
      'ProxyConfig',
    ],
    [
      '{ podAnnotations: { sidecar.istio.io/proxyCPU: 1 core } }',
      'podAnnotations.sidecar.istio.io/proxyCPU',
      '100m',
    ],
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

describe.each(formats)('values of Istio in the format %s', (format) => {
  test.each([...refusedByApiServer, ...refusedByIstio])('$values is refused', ({ values, path, hint }) => {
    expect(inValues(values, format)).toEqual([
      { path: expect.stringMatching(path), text: expect.stringContaining(hint) },
    ]);
  });

  test.each(acceptedValues)('%s is accepted', (values) => {
    expect(inValues(values, format)).toEqual([]);
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
    expect(inValues(values, format)).toEqual([]);
  });
});

test('amounts, numbers of pods and names of several files are compared after they are merged', () => {
  const part = (values: string) => ({ values: parse(values) as HelmValues });
  const found = (mesh: string, cluster: string) =>
    problemsIn({
      istio: part(mesh),
      clusters: [{ name: 'cluster1', network: 'network1', istio: part(cluster) }],
    }).map(({ path }) => path);
  const resources = (amounts: string) => `pilot: { resources: { ${amounts} } }`;
  expect(found(resources('limits: { cpu: "1" }'), resources('requests: { cpu: "2" }'))).toEqual([
    'istio.values.pilot.resources.limits.cpu',
  ]);
  expect(found('pilot: { autoscaleMax: 9 }', 'pilot: { autoscaleMin: 8 }')).toEqual([]);
  expect(found('pilot: { autoscaleMin: 3 }', 'pilot: { autoscaleMax: 2 }')).toEqual([
    'clusters[0].istio.values.pilot.autoscaleMax',
  ]);
});

test('the lower requests of the profile demo are compared with', () => {
  const values = parse('pilot: { resources: { limits: { memory: 1Gi } } }') as HelmValues;
  const mesh = (profile: string) => ({
    istio: { controlPlane: 'istioctl', profile, values },
    clusters: [{ name: 'cluster1', network: 'network1' }],
  });
  expect(problemsIn(mesh('demo'))).toEqual([]);
  expect(problemsIn(mesh('default'))).toHaveLength(1);
});

test('values that Helm writes in the same way, and keys of other versions, are passed on', () => {
  const values = 'pilot: { replicaCount: "2", resources: null, newKey: 1 }, meshConfig: { newKey: 1 }';
  for (const format of ['istioctl', 'operator', 'helm'] as const) {
    expect(inValues(`{ ${values} }`, format)).toEqual([]);
  }
});
