import fc from 'fast-check';

/** Texts and numbers for the fields of Istio's mesh configuration, right ones and nearly right ones. */
const durations = [
  '0',
  '0s',
  '1s',
  '45s',
  '1.5s',
  '45',
  '1h',
  '2h',
  '1m30s',
  '1ms',
  '1us',
  '1d',
  '',
  '-1s',
  5,
];
const ports = [0, 1, 80, 15001, 65535, 65536, -1, '80', 1.5];
const counts = [0, 1, 100, -1, 1.5, '7', 2147483647, 4294967296];
const percentages = [0, 1, 50, 100, 101, -1];
const flags = [true, false, 'true', 'yes', 1];
const texts = ['', 'a', 'a b', '%', 5, true];
const hosts = [
  'a.b:80',
  'a:0',
  'a',
  'a:80',
  '10.0.0.1:80',
  '[::1]:80',
  '::1:80',
  'a_b:80',
  'a.1:80',
  'a:x',
  '',
];
const onNode = ['$(HOST_IP):8126', ...hosts];
const services = ['a', 'a.b', 'ns/a.b', 'ns/a', 'a_b', '10.0.0.1', '', '*/a.b', 'n_s/a.b', 'ns/*.b', 'a/b/c'];
const domains = ['a.b', '*.b', '*', 'a*.b', 'a_b.c', 'a.1', 'a..b', 'A.b', ''];
const trustDomains = ['td', 'td.prod', 'team_a.prod', 'TD', 'a..b', '-a', '', `${'a'.repeat(64)}.b`];
const tlsVersions = ['TLS_AUTO', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3', 'tlsv1_2', '1.2'];
const localities = ['a', 'a/b', 'a/*', 'a/b/c', '*', 'a/', '/b', 'a/*/c', 'b', 'b*', 'a*b'];
const pem = ['-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n'];

type Candidates = fc.Arbitrary<unknown> | readonly unknown[];

const one = (of: Candidates): fc.Arbitrary<unknown> =>
  of instanceof fc.Arbitrary ? of : fc.constantFrom(...of);
const list = (of: Candidates) => fc.array(one(of), { minLength: 1, maxLength: 2 });
const map = (of: Candidates) =>
  fc.dictionary(fc.constantFrom('a', 'b', 'a/b', '*'), one(of), {
    minKeys: 1,
    maxKeys: 2,
    noNullPrototype: true,
  });

function message(fields: Readonly<Record<string, Candidates>>, ...always: readonly string[]) {
  const arbitraries = Object.fromEntries(Object.entries(fields).map(([key, of]) => [key, one(of)]));
  return fc.record(arbitraries, { requiredKeys: [...always], noNullPrototype: true });
}

const selector = message({
  matchLabels: map(['a', '', 'a b']),
  matchExpressions: list(
    message(
      { key: ['a', 'a/b', 'a/b/c'], operator: ['In', 'Exists', 'in'], values: list(['a', 'a b']) },
      'key',
    ),
  ),
});
const tls = message({
  mode: ['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL', 'simple'],
  clientCertificate: texts,
  privateKey: texts,
  caCertificates: texts,
  credentialName: texts,
  subjectAltNames: list(texts),
  insecureSkipVerify: flags,
});
const keepalive = message({ probes: counts, time: durations, interval: durations });
const remote = message({ address: hosts, tlsSettings: tls, tcpKeepalive: keepalive });
const failover = list(message({ from: localities, to: localities }, 'from', 'to'));
const headers = list(message({ name: texts, value: texts, envName: texts }, 'name'));
const server = { service: services, port: ports };
const http = message({ path: texts, timeout: durations, headers });

function calling(fields: Readonly<Record<string, Candidates>> = {}) {
  return message({ ...server, ...fields }, 'service', 'port');
}

const authorization = {
  timeout: durations,
  failOpen: flags,
  statusOnError: ['503', '200', '299', 'x', '', 503],
  includeRequestBodyInCheck: message({ maxRequestBytes: counts, allowPartialMessage: flags }),
};

/** The kinds of extension providers. */
const providers: Readonly<Record<string, Candidates>> = {
  envoyExtAuthzHttp: calling({ ...authorization, pathPrefix: ['/a', 'a', '', '/%zz', '/a b'] }),
  envoyExtAuthzGrpc: calling(authorization),
  opentelemetry: calling({
    maxTagLength: counts,
    http,
    grpc: message({ timeout: durations, initialMetadata: headers }),
    resourceDetectors: message({ environment: [{}], dynatrace: [{}] }),
  }),
  zipkin: calling({ maxTagLength: counts, enable64bitTraceId: flags, path: texts }),
  datadog: calling({ maxTagLength: counts }),
  skywalking: calling({ accessToken: texts }),
  prometheus: [{}],
  envoyFileAccessLog: message({ path: texts, logFormat: message({ text: texts, labels: map(texts) }) }),
  envoyOtelAls: calling({ logName: texts }),
  envoyHttpAls: calling({ additionalRequestHeadersToLog: list(texts) }),
  envoyTcpAls: calling({ filterStateObjectsToLog: list(texts) }),
  stackdriver: message({ debug: flags, maxTagLength: counts, logging: message({ labels: map(texts) }) }),
  lightstep: calling({ accessToken: texts }),
  opencensus: calling({ context: list(['B3', 'b3', 'GRPC_BIN']) }),
};
const provider = fc
  .tuple(fc.constantFrom('a', 'b', ''), fc.constantFrom(...Object.keys(providers)))
  .chain(([name, kind]) =>
    message({ [kind]: providers[kind] ?? [] }, kind).map((settings) => ({ name, ...settings })),
  );

const tracing = message({
  zipkin: message({ address: onNode }),
  lightstep: message({ address: hosts, accessToken: texts }),
  datadog: message({ address: onNode }),
  stackdriver: message({ debug: flags, maxNumberOfAttributes: counts }),
  openCensusAgent: message({ address: texts, context: list(['B3', 'W3C']) }),
  customTags: map(message({ literal: message({ value: texts }), environment: message({ name: texts }) })),
  maxPathTagLength: counts,
  sampling: [...percentages, 0.5, 'all'],
  tlsSettings: tls,
  enableIstioTags: flags,
});

const proxyConfig: Readonly<Record<string, Candidates>> = {
  concurrency: counts,
  discoveryAddress: hosts,
  drainDuration: durations,
  terminationDrainDuration: durations,
  tracing,
  image: message({ imageType: ['distroless', 'debug', 'slim', 5] }),
  proxyStatsMatcher: message({ inclusionPrefixes: list(texts), inclusionRegexps: list(texts) }),
  gatewayTopology: message({ numTrustedProxies: counts, forwardClientCertDetails: ['SANITIZE', 'sanitize'] }),
  proxyHeaders: message({
    server: message({ disabled: flags, value: texts }),
    requestId: message({ disabled: flags }),
  }),
  privateKeyProvider: message({
    cryptomb: message({ pollDelay: durations }),
    qat: message({ pollDelay: durations }),
  }),
  readinessProbe: message({
    periodSeconds: counts,
    tcpSocket: message({ port: ports }),
    grpc: message({ port: ports }),
  }),
  envoyAccessLogService: remote,
  envoyMetricsService: remote,
  caCertificatesPem: list(pem),
  proxyMetadata: map(texts),
  runtimeValues: map(texts),
  connectionSettings: message({
    profile: ['SIDECAR', 'EDGE', 'edge'],
    httpIdleTimeout: durations,
    httpMaxConcurrentStreams: counts,
    http2InitialStreamWindowSize: [65534, 65535, ...counts],
    listenerConnectionLimit: counts,
  }),
  statNameLength: counts,
  interceptionMode: ['REDIRECT', 'TPROXY', 'NONE', 'redirect'],
  statusPort: ports,
  proxyAdminPort: ports,
  serviceCluster: texts,
  tracingServiceName: ['APP_LABEL_AND_NAMESPACE', 'CANONICAL_NAME', 'CANONICAL_NAME_ONLY'],
  fileFlushInterval: durations,
  fileFlushMinSizeKb: counts,
  controlPlaneAuthPolicy: ['NONE', 'MUTUAL_TLS', 'INHERIT', 'mtls'],
  configPath: texts,
  binaryPath: texts,
  statsdUdpAddress: hosts,
  discoveryRefreshDelay: durations,
  envoyMetricsServiceAddress: hosts,
  zipkinAddress: hosts,
  sds: message({ enabled: flags }),
  holdApplicationUntilProxyStarts: flags,
};

const trafficPolicy = message({
  connectionPool: message({
    tcp: message({
      maxConnections: counts,
      connectTimeout: durations,
      idleTimeout: durations,
      tcpKeepalive: keepalive,
    }),
    http: message({
      http1MaxPendingRequests: counts,
      idleTimeout: durations,
      h2UpgradePolicy: ['UPGRADE', 'DEFAULT', 'upgrade'],
      useClientProtocol: flags,
    }),
  }),
  outlierDetection: message({
    consecutive5xxErrors: counts,
    consecutiveLocalOriginFailures: counts,
    splitExternalLocalOriginErrors: flags,
    interval: durations,
    baseEjectionTime: durations,
    maxEjectionPercent: percentages,
  }),
});

const meshConfig: Readonly<Record<string, Candidates>> = {
  proxyListenPort: ports,
  proxyInboundListenPort: ports,
  proxyHttpPort: ports,
  connectTimeout: durations,
  hboneIdleTimeout: durations,
  protocolDetectionTimeout: durations,
  dnsRefreshRate: durations,
  tcpKeepalive: keepalive,
  ingressControllerMode: ['OFF', 'STRICT', 'strict'],
  enableTracing: flags,
  enableAutoMtls: flags,
  accessLogEncoding: ['TEXT', 'JSON', 'json'],
  accessLogFile: texts,
  outboundTrafficPolicy: message({ mode: ['ALLOW_ANY', 'REGISTRY_ONLY', 'VIRTUAL_SERVICE_ONLY'], tls }),
  inboundTrafficPolicy: message({ mode: ['PASSTHROUGH', 'LOCALHOST', 'localhost'] }),
  trustDomainAliases: list(trustDomains),
  caCertificates: list(message({ pem, spiffeBundleUrl: ['https://a/b', 'a'], certSigners: list(texts) })),
  defaultServiceExportTo: list(texts),
  rootNamespace: texts,
  localityLbSetting: message({
    enabled: flags,
    distribute: list(message({ from: localities, to: map([0, 50, 100, 101]) }, 'from', 'to')),
    failover,
    failoverPriority: list(['topology.kubernetes.io/region', 'a']),
  }),
  zoneAwareLbSetting: message({ failover, failoverPriority: list(['topology.kubernetes.io/zone', 'a']) }),
  h2UpgradePolicy: ['UPGRADE', 'DO_NOT_UPGRADE', 'DEFAULT'],
  serviceSettings: list(message({ settings: message({ clusterLocal: flags }), hosts: list(domains) })),
  serviceScopeConfigs: list(message({ namespaceSelector: selector, scope: ['LOCAL', 'GLOBAL', 'local'] })),
  serviceEntryVisibility: message({ defaultVisibility: ['PUBLIC', 'public'], applyToSidecars: flags }),
  enablePrometheusMerge: flags,
  ca: message({ address: hosts, requestTimeout: durations, istiodSide: flags }),
  extensionProviders: list(provider),
  defaultProviders: message({ metrics: list(['prometheus', 'a']), accessLogging: list(['envoy', 5]) }),
  discoverySelectors: list(selector),
  pathNormalization: message({ normalization: ['NONE', 'BASE', 'MERGE', 'MERGE_SLASHES'] }),
  defaultHttpRetryPolicy: message({
    attempts: counts,
    perTryTimeout: durations,
    retryOn: ['5xx', '503', 'connect-failure,503', 'timeout', '5xx, 503', ''],
  }),
  meshMTLS: message({ minProtocolVersion: tlsVersions, ecdhCurves: list(['P-256']) }),
  tlsDefaults: message({ minProtocolVersion: tlsVersions, ecdhCurves: list(['P-256', 'P-384', 'P-1']) }),
  defaultTrafficPolicy: trafficPolicy,
  configSources: list(message({ address: texts, subscribedResources: list(['SERVICE_REGISTRY', 'CRD']) })),
  certificates: list(message({ secretName: texts, dnsNames: list(texts) })),
  verifyCertificateAtClient: flags,
};

/**
 * Mesh configurations with many fields, of which each by itself fulfills a condition: a configuration of independent
 * fields would nearly always have one that is wrong.
 */
export function meshConfigs(isAccepted: (config: object) => boolean): fc.Arbitrary<object> {
  const accepted = (fields: Readonly<Record<string, Candidates>>, placed: (field: object) => object) =>
    Object.entries(fields).map(([key, of]) =>
      one(of)
        .map((value) => ({ [key]: value }))
        .filter((field) => isAccepted(placed(field))),
    );
  const some = (fields: fc.Arbitrary<object>[]) =>
    fc
      .subarray(fields, { minLength: 3, maxLength: 12 })
      .chain((chosen) => fc.tuple(...chosen).map((parts) => Object.assign({}, ...parts)));
  return fc
    .tuple(
      some(accepted(meshConfig, (field) => field)),
      some(accepted(proxyConfig, (defaultConfig) => ({ defaultConfig }))),
    )
    .map(([config, defaultConfig]) => ({ ...config, defaultConfig }))
    .filter(isAccepted);
}

/** Mesh configurations with one field, right or wrong. */
export const singleFields: fc.Arbitrary<object> = fc.oneof(
  ...Object.entries(meshConfig).map(([key, of]) => one(of).map((value) => ({ [key]: value }))),
  ...Object.entries(proxyConfig).map(([key, of]) =>
    one(of).map((value) => ({ defaultConfig: { [key]: value } })),
  ),
);
