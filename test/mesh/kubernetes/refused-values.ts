/** A value of Istio's charts that is refused. */
export interface RefusedValue {
  /** In YAML. */
  readonly values: string;
  /** The end of the path at which it is reported. */
  readonly path: RegExp;
  /** A part of the message or the hint. */
  readonly hint: string;
}

type Row = readonly [values: string, path: RegExp, hint: string];

const refused = (rows: readonly Row[]): readonly RefusedValue[] =>
  rows.map(([values, path, hint]) => ({ values, path, hint }));

const nodeAffinity = (term: string) =>
  `pilot: { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [${term}] }] } } } }`;
const ingress = (values: string) => `gateways: { istio-ingressgateway: { ${values} } }`;
const port = (values: string) => ingress(`ports: [{ ${values} }]`);
const initContainer = (settings: string) =>
  `pilot: { initContainers: [{ name: a, image: a:1, ${settings} }] }`;
const behavior = (settings: string) => `pilot: { autoscaleBehavior: { scaleDown: { ${settings} } } }`;

/** Values that the API server refuses in what Istio's charts render with them. */
export const refusedByApiServer = refused([
  [nodeAffinity('{ key: a, operator: Is, values: [b] }'), /operator$/, 'Write one of In, NotIn'],
  [nodeAffinity('{ key: a, operator: in, values: [b] }'), /operator$/, 'Write In.'],
  [nodeAffinity('{ key: a, operator: In }'), /matchExpressions\[0\]$/, 'Add values'],
  [nodeAffinity('{ key: a, operator: Gt, values: ["1", "2"] }'), /matchExpressions\[0\]$/, 'one value'],
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
  [
    'pilot: { volumes: [{ name: a, emptyDir: {}, hostPath: { path: /a } }] }',
    /volumes\[0\]$/,
    'Leave only one',
  ],
  ['pilot: { volumeMounts: [{ name: A, mountPath: /a }] }', /name$/, 'lower-case'],
  [initContainer('imagePullPolicy: always'), /imagePullPolicy$/, 'Write Always.'],
  ['pilot: { podLabels: { a: b c } }', /podLabels\.a$/, 'hyphens'],
  ['pilot: { rollingMaxUnavailable: 101% }', /rollingMaxUnavailable$/, '100%'],
  [behavior('stabilizationWindowSeconds: 7200'), /Seconds$/, '3600'],
  ['pilot: { resources: { limits: { memory: 1GB } } }', /memory$/, 'Kubernetes quantity'],
  ['global: { priorityClassName: High }', /priorityClassName$/, 'lower-case'],
  [port('name: http_a, port: 80'), /name$/, 'lower-case'],
  [port('name: a, port: 70000'), /port$/, '1 to 65535'],
  [port('name: a, port: 80, protocol: tcp'), /protocol$/, 'TCP'],
  [ingress('type: Loadbalancer'), /type$/, 'LoadBalancer'],
  [ingress('loadBalancerSourceRanges: [10.0.0.0]'), /\[0\]$/, 'range'],
  [
    ingress('additionalContainers: [{ name: a, image: a:1, livenessProbe: { httpGet: {} } }]'),
    /httpGet$/,
    'Add port',
  ],
  [
    ingress('podAntiAffinityLabelSelector: [{ key: app, operator: in, values: a, topologyKey: zone }]'),
    /operator$/,
    'In',
  ],
  // Amounts: some of them together with the default of the chart.
  ['pilot: { resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } }', /limits\.cpu$/, 'at least 2'],
  ['pilot: { resources: { limits: { memory: 1Gi } } }', /limits\.memory$/, 'The request of 2048Mi'],
  ['pilot: { resources: { limits: { cpu: 100m } } }', /limits\.cpu$/, 'at least 500m'],
  [ingress('resources: { limits: { memory: 64Mi } }'), /limits\.memory$/, 'at least 128Mi'],
  [ingress('resources: { requests: { cpu: "4" } }'), /requests\.cpu$/, 'the limit of 2000m'],
  [
    initContainer('resources: { requests: { memory: 1Gi }, limits: { memory: 1000Mi } }'),
    /limits\.memory$/,
    'at least 1Gi',
  ],
  [
    ingress(
      'additionalContainers: [{ name: a, image: a:1, resources: { requests: { cpu: 2e-1 }, limits: { cpu: 100m } } }]',
    ).replace('2e-1', '"2e-1"'),
    /limits\.cpu$/,
    'at least 2e-1',
  ],
  ['pilot: { resources: { requests: { example.com/gpu: "1" } } }', /example\.com\/gpu$/, 'without a limit'],
  [
    'pilot: { resources: { requests: { example.com/gpu: "1" }, limits: { example.com/gpu: "2" } } }',
    /example\.com\/gpu$/,
    'same amount',
  ],
  ['pilot: { resources: { limits: { example.com/gpu: 500m } } }', /example\.com\/gpu$/, 'whole number'],
  [
    'pilot: { resources: { requests: { hugepages-2Mi: 3Mi }, limits: { hugepages-2Mi: 3Mi } } }',
    /hugepages-2Mi$/,
    'multiple',
  ],
  // Numbers of pods.
  ['pilot: { autoscaleMin: 7 }', /autoscaleMin$/, 'autoscaleMax, 5'],
  ['pilot: { autoscaleMin: 4, autoscaleMax: 3 }', /autoscaleMax$/, 'at least 4'],
  [ingress('autoscaleMin: 6'), /autoscaleMin$/, 'lower autoscaleMin'],
  ['pilot: { cpu: { targetAverageUtilization: 0 } }', /targetAverageUtilization$/, 'from 1'],
  ['pilot: { rollingMaxSurge: 0, rollingMaxUnavailable: 0 }', /rollingMaxUnavailable$/, 'greater than 0'],
  [ingress('rollingMaxSurge: 0%, rollingMaxUnavailable: 0'), /rollingMaxUnavailable$/, 'both 0'],
  [behavior('policies: []'), /policies$/, 'at least one policy'],
  [behavior('policies: [{ type: pods, value: 1, periodSeconds: 60 }]'), /type$/, 'Pods'],
  [behavior('policies: [{ type: Pods, value: 0, periodSeconds: 60 }]'), /value$/, 'from 1'],
  // Services.
  [
    ingress('ports: [{ name: a, port: 80 }, { name: a, port: 81 }]'),
    /ports\[1\]\.name$/,
    'Two ports of the Service have the name a.',
  ],
  [ingress('ports: [{ name: a, port: 80 }, { name: b, port: 80 }]'), /ports\[1\]\.port$/, 'port 80'],
  [
    ingress('ports: [{ name: a, port: 80, nodePort: 30080 }, { name: b, port: 81, nodePort: 30080 }]'),
    /ports\[1\]\.nodePort$/,
    'nodePort 30080',
  ],
  [ingress('ports: [{ port: 80 }, { name: b, port: 81 }]'), /ports\[0\]$/, 'Add name:'],
  [ingress('ports: [{ name: a }]'), /ports\[0\]$/, 'Add port:'],
  [ingress('ingressPorts: [{ name: https, port: 8443 }]'), /ingressPorts\[0\]\.name$/, 'name https'],
  [ingress('ingressPorts: [{ name: extra, port: 443 }]'), /ingressPorts\[0\]\.port$/, 'port 443'],
  [
    ingress('type: ClusterIP, ports: [{ name: a, port: 80, nodePort: 30080 }]'),
    /nodePort$/,
    'Remove nodePort',
  ],
  [
    ingress('type: NodePort, loadBalancerSourceRanges: [10.0.0.0/8]'),
    /loadBalancerSourceRanges$/,
    'type NodePort',
  ],
  [
    ingress('type: ClusterIP, externalTrafficPolicy: Local'),
    /externalTrafficPolicy$/,
    'Remove externalTrafficPolicy',
  ],
  [
    ingress('serviceAnnotations: { service.beta.kubernetes.io/load-balancer-source-ranges: any }'),
    /source-ranges$/,
    'Write ranges',
  ],
  ['pilot: { ipFamilies: [IPv4, IPv4] }', /ipFamilies$/, 'once'],
  ['pilot: { ipFamilyPolicy: SingleStack, ipFamilies: [IPv4, IPv6] }', /ipFamilyPolicy$/, 'PreferDualStack'],
  ['pilot: { trafficDistribution: Close }', /trafficDistribution$/, 'PreferClose'],
  // Parts of pods.
  [
    'pilot: { volumes: [{ name: a, emptyDir: {} }, { name: a, emptyDir: {} }] }',
    /volumes\[1\]\.name$/,
    'already has a volume',
  ],
  ['pilot: { volumes: [{ name: cacerts, emptyDir: {} }] }', /volumes\[0\]\.name$/, 'Write another name'],
  ['pilot: { volumeMounts: [{ name: a, mountPath: /a }] }', /name$/, 'The pod has no volume a.'],
  [
    'pilot: { volumes: [{ name: a, emptyDir: {} }], volumeMounts: [{ name: a, mountPath: /etc/cacerts }] }',
    /mountPath$/,
    'Write another mountPath',
  ],
  ['pilot: { initContainers: [{ name: discovery, image: a:1 }] }', /name$/, 'already has a container'],
  [initContainer('volumeMounts: [{ name: b, mountPath: /b }]'), /name$/, 'The pod has no volume b.'],
  [ingress('additionalContainers: [{ name: istio-proxy, image: a:1 }]'), /name$/, 'another name'],
  [ingress('secretVolumes: [{ name: istio-data, secretName: a, mountPath: /a }]'), /name$/, 'another name'],
  [ingress('secretVolumes: [{ name: a, secretName: a }]'), /secretVolumes\[0\]$/, 'Add mountPath:'],
  ['pilot: { podLabels: { istio: istiod } }', /podLabels\.istio$/, 'select the pods'],
  [
    ingress('podAnnotations: { controller.kubernetes.io/pod-deletion-cost: high }'),
    /pod-deletion-cost$/,
    'whole number',
  ],
  // Webhooks.
  ['istiodRemote: { injectionURL: "http://istiod.example.com/inject" }', /injectionURL$/, 'https'],
  ['istiodRemote: { injectionPath: inject }', /injectionPath$/, '/inject'],
  ['istiodRemote: { injectionPath: /inject/cluster_1 }', /injectionPath$/, 'lower-case'],
  ['revisionTags: [Prod]', /revisionTags\[0\]$/, 'lower-case'],
  ['base: { validationURL: "https://istiod.example.com/validate?a=b" }', /validationURL$/, 'without user'],
]);

/** Values that the API server accepts, but with which istiod, istio-iptables or a proxy fails or ignores more than them. */
export const refusedByIstio = refused([
  ['pilot: { env: { CLUSTER_ID: a } }', /CLUSTER_ID$/, 'clusters[].name'],
  ['pilot: { env: { REVISION: a } }', /REVISION$/, 'istio.revision'],
  ['pilot: { env: { ROOT_CA_DIR: /a } }', /ROOT_CA_DIR$/, '/etc/cacerts'],
  [
    'pilot: { env: { PILOT_ENABLE_REMOTE_CREDENTIALS_CONTROLLER: false } }',
    /PILOT_ENABLE_REMOTE_CREDENTIALS_CONTROLLER$/,
    'crashes',
  ],
  [
    'meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_NETWORK: a } } }',
    /ISTIO_META_NETWORK$/,
    'clusters[].network',
  ],
  [
    'meshConfig: { defaultConfig: { proxyMetadata: { ENVOY_STATUS_PORT: "15031" } } }',
    /ENVOY_STATUS_PORT$/,
    '15021',
  ],
  ['global: { imagePullSecrets: [My Registry] }', /imagePullSecrets\[0\]$/, 'lower-case'],
  ['pilot: { podLabels: { app: pilot } }', /podLabels\.app$/, 'select the pods'],
  [
    'global: { waypoint: { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: Ignore }] } }',
    /whenUnsatisfiable$/,
    'ScheduleAnyway',
  ],
  [
    'global: { proxy: { lifecycle: { prestop: { exec: { command: [a] } } } } }',
    /prestop$/,
    'Write "preStop".',
  ],
  ['gateways: { securityContext: { fsGroup: -1 } }', /fsGroup$/, 'whole number from 0'],
  ['global: { proxy: { resources: { limits: { memory: 64Mi } } } }', /limits\.memory$/, 'at least 128Mi'],
  ['global: { proxy: { resources: { requests: { cpu: "3" } } } }', /requests\.cpu$/, 'the limit of 2000m'],
  ['global: { waypoint: { resources: { requests: { memory: 2Gi } } } }', /requests\.memory$/, '1Gi'],
  [
    'global: { defaultResources: { requests: { memory: 2Gi }, limits: { memory: 1Gi } } }',
    /limits\.memory$/,
    'at least 2Gi',
  ],
  ['pilot: { pdb: { minAvailable: 1, maxUnavailable: 1 } }', /minAvailable$/, 'Remove one'],
  ['global: { logging: { level: "default:verbose" } }', /level$/, 'debug, info'],
  ['global: { logging: { level: "default:info, ads:debug" } }', /level$/, 'without spaces'],
  ['global: { logging: { level: "default:info," } }', /level$/, 'with commas'],
  ['global: { proxy: { logLevel: verbose } }', /logLevel$/, 'warning'],
  ['global: { proxy: { componentLogLevel: "misc:err" } }', /componentLogLevel$/, 'critical'],
  ['global: { proxy: { componentLogLevel: error } }', /componentLogLevel$/, 'misc:error'],
  ['global: { proxy: { includeIPRanges: 10.0.0.0 } }', /includeIPRanges$/, '10.0.0.0/8'],
  ['global: { proxy: { excludeIPRanges: "*" } }', /excludeIPRanges$/, 'CIDR'],
  ['global: { proxy: { excludeInboundPorts: "80-90" } }', /excludeInboundPorts$/, 'ports'],
  ['global: { proxy: { tracer: zipkin }, tracer: { zipkin: { address: zipkin } } }', /address$/, '9411'],
  [
    'global: { proxy: { tracer: lightstep }, tracer: { lightstep: { address: "a.b:80" } } }',
    /tracer$/,
    'lightstep.accessToken',
  ],
  ['global: { caAddress: istiod.example.com }', /caAddress$/, '15012'],
  [
    'global: { meshNetworks: { n: { endpoints: [{ fromRegistry: Cluster_1 }] } } }',
    /fromRegistry$/,
    'lower-case',
  ],
  ['global: { meshNetworks: { n: { gateways: [{ address: 203.0.113.1 }] } } }', /gateways\[0\]$/, 'Add port'],
  [
    'global: { meshNetworks: { n: { gateways: [{ address: 203.0.113.1, port: 0 }] } } }',
    /port$/,
    '1 to 65535',
  ],
  ['global: { meshNetworks: { n: { endpoints: [{ fromCidr: 10.0.0.0/33 }] } } }', /fromCidr$/, '10.0.0.0/8'],
  ['pilot: { image: "my image" }', /image$/, 'image'],
  [ingress('podAnnotations: { proxy.istio.io/config: "drainDuration: \'45\'" }'), /config$/, 'such as 45s'],
  [ingress('podAnnotations: { proxy.istio.io/config: "{" }'), /config$/, 'not YAML'],
  [
    'sidecarInjectorWebhook: { injectedAnnotations: { proxy.istio.io/config: "concurrency: many" } }',
    /config$/,
    'ProxyConfig',
  ],
  [
    ingress('podAnnotations: { traffic.sidecar.istio.io/includeOutboundIPRanges: all }'),
    /includeOutboundIPRanges$/,
    'CIDR',
  ],
]);

/** Values at the limits of what the API server and Istio accept. */
export const acceptedValues: readonly string[] = [
  'pilot: { resources: { requests: { cpu: 1000m, memory: 1Gi }, limits: { cpu: "1", memory: 1024Mi } } }',
  'pilot: { resources: { limits: { memory: 2Gi, example.com/gpu: "1" } } }',
  'pilot: { resources: { requests: { memory: null }, limits: { memory: 512Mi } } }',
  ingress('resources: { requests: { cpu: "2", memory: "1.5e2k" }, limits: { memory: 1Gi } }').replace(
    '"1.5e2k"',
    '150M',
  ),
  'pilot: { autoscaleMin: 5 }',
  'pilot: { autoscaleMin: 9, autoscaleEnabled: false }',
  'pilot: { rollingMaxSurge: 0, rollingMaxUnavailable: 1 }',
  'pilot: { rollingMaxSurge: 1%, rollingMaxUnavailable: 0% }',
  'pilot: { pdb: { maxUnavailable: 1 }, autoscaleMin: 2 }',
  ingress('ports: [{ port: 80 }]'),
  ingress('ports: [{ name: a, port: 80 }, { name: b, port: 80, protocol: UDP }]'),
  ingress(
    'type: NodePort, externalTrafficPolicy: Local, ports: [{ name: a, port: 80, nodePort: 30080 }, { name: b, port: 80, protocol: UDP, nodePort: 30080 }]',
  ),
  ingress('ports: [{ name: a, port: 80, targetPort: 8080 }], ingressPorts: [{ name: b, port: 81 }]'),
  ingress('type: ClusterIP, ports: [{ name: a, port: 80, nodePort: 0 }]'),
  'pilot: { ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4] }',
  'pilot: { trafficDistribution: PreferClose }',
  'pilot: { volumes: [{ name: a }] }',
  'pilot: { volumes: [{ name: a, emptyDir: {} }], volumeMounts: [{ name: a, mountPath: /a }], initContainers: [{ name: b, image: c:1, volumeMounts: [{ name: cacerts, mountPath: /etc/cacerts }] }] }',
  // istioctl ignores both: the name and the labels are those of the component.
  ingress('name: 1-gateway, labels: { sidecar.istio.io/inject: "true" }'),
  ingress('labels: { team: a }, secretVolumes: [{ name: a, secretName: b, mountPath: /a }]'),
  ingress(
    'podAnnotations: { proxy.istio.io/config: "drainDuration: 45s", controller.kubernetes.io/pod-deletion-cost: "-5" }',
  ),
  ingress(
    'serviceAnnotations: { service.beta.kubernetes.io/load-balancer-source-ranges: "10.0.0.0/8, 192.0.2.0/24" }',
  ),
  'istiodRemote: { injectionPath: /inject/cluster/cluster1/net/network1 }',
  'istiodRemote: { injectionURL: "https://istiod.example.com:15017/inject" }',
  'global: { logging: { level: "default:info,ads:debug,all:warn" }, proxy: { componentLogLevel: "misc:error,http:debug" } }',
  'global: { proxy: { includeIPRanges: "10.0.0.0/8,fd00::/8", excludeInboundPorts: "80, 90", includeInboundPorts: "" } }',
  'global: { proxy: { tracer: datadog }, tracer: { datadog: { address: "$(HOST_IP):8126" } } }',
  'global: { meshNetworks: { n: { endpoints: [{ fromRegistry: cluster1 }, { fromCidr: 10.0.0.1 }], gateways: [{ address: gw.example.com, port: 15443 }] } } }',
  'revisionTags: [prod, stable-1]',
  'pilot: { image: "registry.example.com:5000/istio/pilot:1.31.0" }',
];
