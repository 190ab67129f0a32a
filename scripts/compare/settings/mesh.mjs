// What concerns a control plane, or the mesh, as a whole.

export const ofMesh = [
  ...profiles(),
  ...revisions(),
  ...multicluster(),
  ...meshConfig(),
  ...telemetry(),
  ...platforms(),
];

function profiles() {
  return [
    { title: 'as it comes', values: {} },
    ...['minimal', 'preview', 'stable'].map((profile) => ({
      title: `profile ${profile}`,
      profile,
      values: {},
    })),
    ...['1.28', '1.29', '1.30'].map((version) => ({
      title: `compatible with ${version}`,
      minorVersions: { 1.28: ['1.29', '1.30', '1.31'], 1.29: ['1.30', '1.31'], '1.30': ['1.31'] }[version],
      values: { compatibilityVersion: version },
    })),
  ];
}

function revisions() {
  return [
    { title: 'a revision', revision: 'canary', values: {} },
    {
      title: 'a revision that is the default',
      revision: 'canary',
      values: {},
      defaultTag: 'of this revision',
    },
    { title: 'the default revision is the default', values: {}, defaultTag: 'of this revision' },
    {
      title: 'tags',
      values: { revisionTags: ['prod', 'stable'], pilot: { serviceAnnotations: { a: 'b' } } },
    },
    {
      title: 'tags of a revision, one of them the default',
      revision: 'canary',
      defaultTag: 'of this revision',
      values: {
        revisionTags: ['prod'],
        sidecarInjectorWebhook: { enableNamespacesByDefault: true },
      },
    },
    {
      title: 'a revision with all that is named after it',
      revision: 'canary',
      values: {
        global: { networkPolicy: { enabled: true } },
        pilot: { autoscaleMin: 2, jwksResolverExtraRootCA: 'a root' },
        gatewayClasses: { istio: { service: { spec: { type: 'ClusterIP' } } } },
        experimental: { stableValidationPolicy: true },
      },
    },
    {
      title: 'the stable channel of the default revision',
      defaultTag: 'of this revision',
      values: { experimental: { stableValidationPolicy: true } },
    },
  ];
}

function multicluster() {
  return [
    {
      title: 'a cluster of a mesh',
      values: {
        global: { meshID: 'mesh1', multiCluster: { clusterName: 'cluster1' }, network: 'network1' },
        meshConfig: { trustDomain: 'example.org' },
      },
    },
    {
      title: 'networks that are written down',
      values: {
        global: {
          meshNetworks: {
            network1: {
              endpoints: [{ fromRegistry: 'cluster1' }, { fromCidr: '192.168.0.0/16' }],
              gateways: [{ address: '203.0.113.1', port: 15443 }],
            },
          },
        },
      },
    },
    { title: 'no reader', values: { global: { enableReaderRBAC: false } } },
    {
      title: 'a reader of its own',
      values: { global: { readerServiceAccount: { name: 'reader', namespace: 'elsewhere' } } },
    },
    {
      title: 'a remote istiod',
      revision: 'canary',
      values: { global: { remotePilotAddress: '203.0.113.2' } },
    },
    { title: 'an istiod for other clusters', values: { global: { externalIstiod: true } } },
  ];
}

function meshConfig() {
  return [
    {
      title: 'mesh configuration',
      values: {
        meshConfig: {
          trustDomain: 'example.org',
          rootNamespace: 'istio-config',
          enablePrometheusMerge: false,
          accessLogFile: '/dev/stdout',
          accessLogFormat: '[%START_TIME%] "%REQ(:METHOD)%"\n',
          outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
          discoverySelectors: [{ matchLabels: { mesh: 'yes' } }],
          extensionProviders: [
            { name: 'otel', opentelemetry: { service: 'collector.observability', port: 4317 } },
          ],
        },
      },
    },
    {
      title: 'providers of telemetry',
      values: { meshConfig: { defaultProviders: { tracing: ['otel'], metrics: [] } } },
    },
    {
      title: 'proxies configured',
      values: {
        global: { meshID: 'mesh1', proxy: { tracer: 'zipkin' } },
        meshConfig: {
          defaultConfig: {
            discoveryAddress: 'istiod.elsewhere.svc:15012',
            holdApplicationUntilProxyStarts: true,
            concurrency: 0,
            tracing: { sampling: 10 },
            proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true', BOOTSTRAP_XDS_AGENT: 'true' },
          },
        },
      },
    },
    { title: 'no mesh configuration', values: { pilot: { configMap: false } } },
  ];
}

function telemetry() {
  return [
    { title: 'no telemetry', values: { telemetry: { enabled: false } } },
    { title: 'no telemetry v2', values: { telemetry: { v2: { enabled: false } } } },
    { title: 'no Prometheus', values: { telemetry: { v2: { prometheus: { enabled: false } } } } },
    {
      title: 'Stackdriver beside Prometheus',
      values: { telemetry: { v2: { stackdriver: { enabled: true } } } },
    },
    {
      title: 'Stackdriver alone',
      values: { telemetry: { v2: { prometheus: { enabled: false }, stackdriver: { enabled: true } } } },
    },
    ...['zipkin', 'datadog', 'stackdriver', 'none'].map((tracer) => ({
      title: `tracer ${tracer}`,
      values: { global: { proxy: { tracer } } },
    })),
    {
      title: 'tracer zipkin elsewhere',
      values: {
        global: { proxy: { tracer: 'zipkin' }, tracer: { zipkin: { address: 'zipkin.tracing:9411' } } },
      },
    },
    {
      title: 'tracer datadog elsewhere',
      values: { global: { proxy: { tracer: 'datadog' }, tracer: { datadog: { address: 'agent:8126' } } } },
    },
    {
      title: 'tracer lightstep',
      values: {
        global: {
          proxy: { tracer: 'lightstep' },
          tracer: { lightstep: { address: 'satellite:8080', accessToken: 'token' } },
        },
      },
    },
  ];
}

function platforms() {
  return [
    ...['gke', 'k3d', 'k3s', 'microk8s', 'minikube', 'openshift'].map((platform) => ({
      title: `platform ${platform}`,
      values: { global: { platform } },
    })),
    {
      title: 'platform openshift with an injected gateway',
      values: {
        global: { platform: 'openshift' },
        gateways: { 'istio-ingressgateway': { injectionTemplate: 'gateway' } },
      },
    },
    { title: 'platform of all charts', values: { platform: 'openshift' } },
  ];
}
