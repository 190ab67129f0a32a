import fc from 'fast-check';

const port = fc.integer({ min: 1, max: 65535 });
const portList = fc.array(port, { maxLength: 4 }).map((ports) => ports.join(','));
const ports = fc.oneof(fc.constant('*'), portList);
const range = fc
  .tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 8, max: 32 }))
  .map(([a, b, bits]) => `10.${a}.${b}.0/${bits}`);
const rangeList = fc.array(range, { maxLength: 3 }).map((ranges) => ranges.join(','));
const interfaces = fc.subarray(['eth1', 'net0', 'virbr0']).map((names) => names.join(','));
const boolean = fc.constantFrom('true', 'false');
/** A name that YAML reads as a string without quotes, because Istio's own templates do not always quote. */
const word = fc.stringMatching(/^w[a-z0-9]{0,8}$/);
/** Label values, many of which look like numbers, booleans or null. */
const labelValue = fc.oneof(word, fc.constantFrom('', '1', '1.0', '0x1', 'true', 'no', 'null', 'v1_2-3.x'));
const quantity = (...units: string[]) =>
  fc.tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom(...units)).map((parts) => parts.join(''));
/** Text without quotes, backslashes and line breaks, which Istio's own templates do not escape. */
const text = fc.string({
  unit: fc.constantFrom(..."abcXYZ019 .,:;=/&<>{}[]()#@!?*+-_$%|~^äß'"),
  maxLength: 20,
});

const proxyConfig = fc.record(
  {
    concurrency: fc.nat(16),
    interceptionMode: fc.constantFrom('REDIRECT', 'TPROXY'),
    holdApplicationUntilProxyStarts: fc.boolean(),
    statusPort: port,
    image: fc.record({ imageType: fc.constantFrom('default', 'debug', 'distroless') }),
    tracing: fc.record({ sampling: fc.integer({ min: 0, max: 100 }) }),
    proxyMetadata: fc.dictionary(fc.stringMatching(/^[A-Z]{2,6}_[A-Z]{1,6}$/), text, { maxKeys: 4 }),
  },
  { requiredKeys: [] },
);

const volumes = fc.dictionary(
  word,
  fc.constantFrom({ emptyDir: {} }, { configMap: { name: 'c', optional: true } }),
  {
    maxKeys: 2,
  },
);
const mounts = fc.dictionary(
  word,
  fc.record({ mountPath: word.map((path) => `/${path}`), readOnly: fc.boolean() }),
  {
    maxKeys: 2,
  },
);

const annotations = fc.record(
  {
    'proxy.istio.io/config': proxyConfig.map((config) => JSON.stringify(config)),
    'inject.istio.io/templates': fc.constantFrom('sidecar', 'gateway', 'gateway,sidecar'),
    'sidecar.istio.io/interceptionMode': fc.constantFrom('REDIRECT', 'TPROXY', 'NONE'),
    'sidecar.istio.io/nativeSidecar': fc.constantFrom('true', 'false', ''),
    'sidecar.istio.io/capNetBindService': boolean,
    'sidecar.istio.io/proxyImage': fc.constantFrom('proxyv2', 'example.org/proxy:1', ''),
    'sidecar.istio.io/proxyImageType': fc.constantFrom('debug', 'distroless', 'default'),
    'sidecar.istio.io/proxyCPU': quantity('m', ''),
    'sidecar.istio.io/proxyMemory': quantity('Mi', 'Gi', 'M'),
    'sidecar.istio.io/proxyCPULimit': quantity('m', ''),
    'sidecar.istio.io/proxyMemoryLimit': quantity('Mi', 'Gi', 'M'),
    'sidecar.istio.io/logLevel': fc.constantFrom('debug', 'off', ''),
    'sidecar.istio.io/componentLogLevel': fc.constantFrom('http:debug', 'http:debug,rbac:off'),
    'sidecar.istio.io/agentLogLevel': fc.constantFrom('default:debug', 'all:none'),
    'sidecar.istio.io/bootstrapOverride': word,
    'sidecar.istio.io/userVolume': volumes.map((value) => JSON.stringify(value)),
    'sidecar.istio.io/userVolumeMount': mounts.map((value) => JSON.stringify(value)),
    'sidecar.istio.io/rewriteAppHTTPProbers': boolean,
    'status.sidecar.istio.io/port': fc.constantFrom('0', '15020', '16000'),
    'readiness.status.sidecar.istio.io/initialDelaySeconds': fc.nat(99).map(String),
    'readiness.status.sidecar.istio.io/periodSeconds': fc.nat(99).map(String),
    'readiness.status.sidecar.istio.io/failureThreshold': fc.nat(99).map(String),
    'traffic.sidecar.istio.io/includeOutboundIPRanges': fc.oneof(fc.constant('*'), rangeList),
    'traffic.sidecar.istio.io/excludeOutboundIPRanges': rangeList,
    'traffic.sidecar.istio.io/includeInboundPorts': ports,
    'traffic.sidecar.istio.io/excludeInboundPorts': portList,
    'traffic.sidecar.istio.io/includeOutboundPorts': portList,
    'traffic.sidecar.istio.io/excludeOutboundPorts': portList,
    'traffic.sidecar.istio.io/excludeInterfaces': interfaces,
    'traffic.sidecar.istio.io/kubevirtInterfaces': interfaces,
    'istio.io/reroute-virtual-interfaces': interfaces,
    'prometheus.istio.io/merge-metrics': boolean,
    'prometheus.io/port': port.filter((number) => number < 15000).map(String),
    'kubectl.kubernetes.io/default-container': word,
    'kubectl.kubernetes.io/default-logs-container': word,
    'k8s.v1.cni.cncf.io/networks': fc.constantFrom('net1', '[{"name":"net1"}]', '[]', 'default/istio-cni'),
    'apm.datadoghq.com/env': fc.dictionary(word, text, { maxKeys: 2 }).map((value) => JSON.stringify(value)),
  },
  { requiredKeys: [] },
);

const labels = fc.record(
  {
    app: labelValue,
    version: labelValue,
    'app.kubernetes.io/name': labelValue,
    'app.kubernetes.io/version': labelValue,
    'service.istio.io/canonical-name': labelValue,
    'service.istio.io/canonical-revision': labelValue,
    'service.istio.io/workload-name': labelValue,
    'security.istio.io/tlsMode': fc.constantFrom('disabled', 'istio', ''),
    'topology.istio.io/network': labelValue,
    'sidecar.istio.io/inject': boolean,
  },
  { requiredKeys: [] },
);

const probe = fc.oneof(
  fc.record({
    httpGet: fc.record({ path: fc.constant('/ready'), port: fc.oneof(port, fc.constant('web')) }),
  }),
  fc.record({ tcpSocket: fc.record({ port }) }),
  fc.record({ grpc: fc.record({ port }) }),
  fc.constant({ exec: { command: ['ready'] } }),
);

const container = fc.record(
  {
    name: fc.oneof(
      { arbitrary: word, weight: 6 },
      { arbitrary: fc.constantFrom('istio-proxy', 'istio-init', 'istio-validation'), weight: 1 },
    ),
    image: fc.constantFrom('auto', 'app:1', 'example.org:5000/app@sha256:abc'),
    ports: fc.array(
      fc.record(
        { containerPort: port, name: fc.constant('web'), protocol: fc.constantFrom('TCP', 'UDP', 'SCTP') },
        { requiredKeys: ['containerPort'] },
      ),
      { maxLength: 3 },
    ),
    env: fc.array(fc.record({ name: word, value: text }), { maxLength: 2 }),
    readinessProbe: probe,
    livenessProbe: probe,
    startupProbe: probe,
    resources: fc.constantFrom({}, { limits: { cpu: '1' } }, { requests: { memory: '1Mi' } }),
    securityContext: fc.record({ runAsUser: fc.nat(2000), runAsGroup: fc.nat(2000) }, { requiredKeys: [] }),
  },
  { requiredKeys: ['name', 'image'] },
);
const containers = (minLength: number) =>
  fc.uniqueArray(container, { minLength, maxLength: 3, selector: ({ name }) => name });

const podSpec = fc.record(
  {
    containers: containers(1),
    initContainers: containers(0),
    serviceAccountName: word,
    hostNetwork: fc.oneof({ arbitrary: fc.constant(false), weight: 9 }, fc.constant(true)),
    volumes: fc.constantFrom(
      [],
      [{ name: 'workload-socket', emptyDir: {} }],
      [{ name: 'own', emptyDir: {} }],
    ),
    imagePullSecrets: fc.constantFrom([], [{ name: 'registry' }]),
    securityContext: fc.constantFrom({}, { runAsNonRoot: true, sysctls: [] }),
  },
  { requiredKeys: ['containers'] },
);

const namespace = fc.option(fc.constantFrom('default', 'shop'), { nil: undefined });

/** Random pods and Deployments with fields that affect injection. */
export const randomWorkload: fc.Arbitrary<object> = fc
  .record({ name: word, namespace, annotations, labels, podSpec, isPod: fc.boolean() })
  .map(({ name, namespace, annotations, labels, podSpec, isPod }) =>
    isPod
      ? { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, annotations, labels }, spec: podSpec }
      : {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name, namespace },
          spec: {
            selector: { matchLabels: labels },
            template: { metadata: { annotations, labels }, spec: podSpec },
          },
        },
  );
