import fc from 'fast-check';

type Candidates = fc.Arbitrary<unknown> | readonly unknown[];

/** Mostly right values, and some that are nearly right. */
function near(right: readonly unknown[], wrong: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 14, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom(...right, ...wrong) },
  );
}

const durations = near(
  ['1s', '45s', '1h', '1m0s'],
  ['0', '0s', '1.5s', '45', '2h', '1ms', '1us', '1d', '', '-1s', 5],
);
const ports = near([1, 80, 15001, 65535], [0, 65536, -1, '80', 1.5]);
const counts = near([1, 100, 2147483647], [0, -1, 1.5, '7', 4294967296]);
const windows = near([65535, 100000], [65534, 0]);
const percentages = near([1, 50, 100], [0, 101, -1]);
const flags = near([true, false], ['true', 'yes', 1]);
const texts = near(['a', 'a b', '%'], ['', 5, true]);
const hosts = near(
  ['a.b:80', 'a:80', '10.0.0.1:80', '[::1]:80'],
  ['a:0', 'a', '::1:80', 'a_b:80', 'a.1:80', 'a:x', ''],
);
const onNode = near(['$(HOST_IP):8126', 'a.b:80'], ['$(HOST_IP)', 'a']);
const services = near(
  ['a', 'a.b', 'ns/a.b', '10.0.0.1', '*/a.b', 'ns/*.b'],
  ['ns/a', 'a_b', '', 'n_s/a.b', 'a/b/c'],
);
const domains = near(['a.b', '*.b', '*', 'A.b'], ['a*.b', 'a_b.c', 'a.1', 'a..b', '']);
const trustDomains = near(['td', 'td.prod'], ['team_a.prod', 'TD', 'a..b', '-a', '', `${'a'.repeat(64)}.b`]);
const tlsVersions = near(['TLS_AUTO', 'TLSV1_2', 'TLSV1_3'], ['TLSV1_1', 'tlsv1_2', '1.2']);
const localities = near(['a', 'b', 'c'], ['a/b', 'a/*', 'a/b/c', '*', 'a/', '/b', 'a/*/c', 'b*', 'a*b']);
const pem = ['-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n'];

/** Of a list, the first value is right. */
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

const labels = fc.dictionary(fc.constantFrom('a', 'a/b'), near(['a', ''], ['a b']), {
  noNullPrototype: true,
});
const selector = message({
  matchLabels: labels,
  matchExpressions: list(
    message(
      { key: ['a', 'a/b/c'], operator: ['In', 'Exists', 'in'], values: list(['a', 'a b']) },
      'key',
      'operator',
      'values',
    ),
  ),
});
const tls = message({
  mode: near(['DISABLE', 'SIMPLE', 'ISTIO_MUTUAL'], ['MUTUAL', 'simple']),
  clientCertificate: texts,
  privateKey: texts,
  caCertificates: texts,
  credentialName: [''],
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

const tracers: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  zipkin: message({ address: onNode }, 'address'),
  lightstep: message({ address: hosts, accessToken: texts }, 'address', 'accessToken'),
  datadog: message({ address: onNode }, 'address'),
  stackdriver: message({ debug: flags, maxNumberOfAttributes: counts }),
  openCensusAgent: message({ address: texts, context: list(['B3', 'W3C']) }),
};
const tracing = fc.constantFrom(...Object.keys(tracers)).chain((tracer) =>
  message({
    [tracer]: tracers[tracer] ?? [],
    customTags: map(message({ literal: message({ value: texts }), environment: message({ name: texts }) })),
    maxPathTagLength: counts,
    sampling: percentages,
    tlsSettings: tls,
    enableIstioTags: flags,
  }),
);

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
  privateKeyProvider: message({ cryptomb: message({ pollDelay: durations }, 'pollDelay') }, 'cryptomb'),
  readinessProbe: message({ periodSeconds: counts, tcpSocket: message({ port: ports }) }),
  envoyAccessLogService: remote,
  envoyMetricsService: remote,
  caCertificatesPem: list(pem),
  proxyMetadata: map(texts),
  runtimeValues: map(texts),
  connectionSettings: message({
    profile: ['SIDECAR', 'EDGE', 'edge'],
    httpIdleTimeout: durations,
    httpMaxConcurrentStreams: counts,
    http2InitialStreamWindowSize: windows,
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
    distribute: list(
      message(
        {
          from: localities,
          to: near(
            [{ a: 100 }, { a: 40, b: 60 }, { 'a/b': 50, 'a/c': 50 }],
            [{ a: 50 }, { a: 0, b: 100 }, { a: 50, 'a/*': 50 }],
          ),
        },
        'from',
        'to',
      ),
    ),
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
  meshMTLS: message({ minProtocolVersion: tlsVersions, cipherSuites: list(texts) }),
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
