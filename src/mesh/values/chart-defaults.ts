/**
 * Values in which every value with a default is set.
 *
 * @typeParam Values the values that a user can set, all optional
 * @typeParam Defaults the type of the defaults
 */
export type Defaulted<Values, Defaults> = {
  readonly [Key in keyof Values as Key extends keyof Defaults ? Key : never]-?: Key extends keyof Defaults
    ? DefaultedValue<NonNullable<Values[Key]>, Defaults[Key]>
    : never;
} & { readonly [Key in keyof Values as Key extends keyof Defaults ? never : Key]?: Values[Key] };

/** Defaults are merged into maps key by key. Lists and scalars replace them. */
type DefaultedValue<Value, Default> = Default extends readonly unknown[]
  ? Value
  : Default extends object
    ? string extends keyof Value
      ? Value
      : Defaulted<Value, Default>
    : Value;

/**
 * The defaults of Istio's `global` values, from its istiod chart. Hub, tag, mesh ID, network and cluster
 * name come from the mesh.
 */
const globalDefaults = {
  caAddress: '',
  caName: '',
  certSigners: [],
  configCluster: false,
  configValidation: true,
  defaultPodDisruptionBudget: { enabled: true },
  defaultResources: { requests: { cpu: '10m' } },
  externalIstiod: false,
  hub: '',
  imagePullPolicy: '',
  imagePullSecrets: [],
  istioNamespace: 'istio-system',
  istiod: { enableAnalysis: false },
  logAsJson: false,
  logging: { level: 'default:info' },
  meshID: '',
  meshNetworks: {},
  mountMtlsCerts: false,
  multiCluster: { clusterName: '' },
  nativeNftables: false,
  network: '',
  networkPolicy: { enabled: false },
  omitSidecarInjectorConfigMap: false,
  operatorManageWebhooks: false,
  pilotCertProvider: 'istiod',
  priorityClassName: '',
  proxy: {
    autoInject: 'enabled',
    clusterDomain: 'cluster.local',
    componentLogLevel: 'misc:error',
    excludeIPRanges: '',
    excludeInboundPorts: '',
    excludeOutboundPorts: '',
    image: 'proxyv2',
    includeIPRanges: '*',
    includeInboundPorts: '*',
    includeOutboundPorts: '',
    logLevel: 'warning',
    outlierLogPath: '',
    privileged: false,
    readinessFailureThreshold: 4,
    readinessInitialDelaySeconds: 0,
    readinessPeriodSeconds: 15,
    resources: {
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { cpu: '2000m', memory: '1024Mi' },
    },
    seccompProfile: {},
    // Ten minutes: the probe runs once a second.
    startupProbe: { enabled: true, failureThreshold: 600 },
    statusPort: 15020,
    tracer: 'none',
  },
  proxy_init: { forceApplyIptables: false, image: 'proxyv2' },
  remotePilotAddress: '',
  resourceScope: 'all',
  sds: { token: { aud: 'istio-ca' } },
  sts: { servicePort: 0 },
  tag: '',
  variant: '',
  waypoint: {
    affinity: {},
    nodeSelector: {},
    resources: {
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { cpu: '2', memory: '1Gi' },
    },
    tolerations: [],
    topologySpreadConstraints: [],
  },
};

/** The defaults of Istio's `pilot` values, which are at the top level in its istiod chart. */
const pilotDefaults = {
  affinity: {},
  autoscaleBehavior: {},
  autoscaleEnabled: true,
  autoscaleMax: 5,
  autoscaleMin: 1,
  cni: { enabled: false, provider: 'default' },
  configMap: true,
  cpu: { targetAverageUtilization: 80 },
  deploymentAnnotations: {},
  deploymentLabels: {},
  enabled: true,
  env: {},
  envVarFrom: [],
  extraContainerArgs: [],
  hub: '',
  image: 'pilot',
  initContainers: [],
  ipFamilies: [],
  ipFamilyPolicy: '',
  jwksResolverExtraRootCA: '',
  keepaliveMaxServerConnectionAge: '30m',
  memory: {},
  nodeSelector: {},
  pdb: { minAvailable: 1, unhealthyPodEvictionPolicy: '' },
  podAnnotations: {},
  podLabels: {},
  replicaCount: 1,
  resources: { requests: { cpu: '500m', memory: '2048Mi' } },
  rollingMaxSurge: '100%',
  rollingMaxUnavailable: '25%',
  seccompProfile: {},
  serviceAccountAnnotations: {},
  serviceAnnotations: {},
  sidecarInjectorWebhookAnnotations: {},
  tag: '',
  taint: { enabled: false, namespace: '' },
  tolerations: [],
  topologySpreadConstraints: [],
  traceSampling: 1,
  trustedZtunnelName: '',
  trustedZtunnelNamespace: '',
  variant: '',
  volumeMounts: [],
  volumes: [],
};

/** The defaults of Istio's `gateways.istio-ingressgateway` values. */
export const ingressGatewayDefaults = {
  additionalContainers: [],
  autoscaleEnabled: true,
  autoscaleMax: 5,
  autoscaleMin: 1,
  configVolumes: [],
  cpu: { targetAverageUtilization: 80 },
  customService: false,
  env: {},
  externalTrafficPolicy: '',
  ingressPorts: [],
  injectionTemplate: '',
  ipFamilies: [],
  ipFamilyPolicy: '',
  labels: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
  loadBalancerIP: '',
  loadBalancerSourceRanges: [],
  memory: {},
  name: 'istio-ingressgateway',
  nodeSelector: {},
  podAnnotations: {},
  podAntiAffinityLabelSelector: [],
  podAntiAffinityTermLabelSelector: [],
  // The status port comes first: some load balancers send health checks to the first port of a Service.
  ports: [
    { name: 'status-port', port: 15021, targetPort: 15021, protocol: 'TCP' },
    { name: 'http2', port: 80, targetPort: 8080, protocol: 'TCP' },
    { name: 'https', port: 443, targetPort: 8443, protocol: 'TCP' },
  ],
  resources: {
    requests: { cpu: '100m', memory: '128Mi' },
    limits: { cpu: '2000m', memory: '1024Mi' },
  },
  rollingMaxSurge: '100%',
  rollingMaxUnavailable: '25%',
  runAsRoot: false,
  secretVolumes: [
    {
      name: 'ingressgateway-certs',
      secretName: 'istio-ingressgateway-certs',
      mountPath: '/etc/istio/ingressgateway-certs',
    },
    {
      name: 'ingressgateway-ca-certs',
      secretName: 'istio-ingressgateway-ca-certs',
      mountPath: '/etc/istio/ingressgateway-ca-certs',
    },
  ],
  serviceAccount: { annotations: {} },
  serviceAnnotations: {},
  tolerations: [],
  type: 'LoadBalancer',
};

/** The defaults of Istio's `gateways.istio-egressgateway` values. */
export const egressGatewayDefaults = {
  ...ingressGatewayDefaults,
  labels: { app: 'istio-egressgateway', istio: 'egressgateway' },
  name: 'istio-egressgateway',
  ports: [
    { name: 'http2', port: 80, targetPort: 8080, protocol: 'TCP' },
    { name: 'https', port: 443, targetPort: 8443, protocol: 'TCP' },
  ],
  secretVolumes: ['egressgateway-certs', 'egressgateway-ca-certs'].map((name) => ({
    name,
    secretName: `istio-${name}`,
    mountPath: `/etc/istio/${name}`,
  })),
  type: 'ClusterIP',
};

/**
 * The defaults of the newest istiod chart, with the names that users set.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/customize-installation/
 */
export const chartDefaults = {
  base: { enableIstioConfigCRDs: true },
  defaultRevision: '',
  experimental: { stableValidationPolicy: false },
  gatewayClasses: {},
  gateways: { securityContext: {}, seccompProfile: {} },
  global: globalDefaults,
  istiodRemote: {
    enabled: false,
    enabledLocalInjectorIstiod: false,
    injectionCABundle: '',
    injectionPath: '/inject',
    injectionURL: '',
  },
  meshConfig: { enablePrometheusMerge: true },
  ownerName: '',
  pilot: pilotDefaults,
  revision: '',
  revisionTags: [],
  sidecarInjectorWebhook: {
    alwaysInjectSelector: [],
    defaultTemplates: [],
    enableNamespacesByDefault: false,
    injectedAnnotations: {},
    neverInjectSelector: [],
    reinvocationPolicy: 'Never',
    rewriteAppHTTPProbe: true,
    templates: {},
  },
  telemetry: {
    enabled: true,
    v2: { enabled: true, prometheus: { enabled: true }, stackdriver: { enabled: false } },
  },
};
