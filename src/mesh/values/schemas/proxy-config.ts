import { z } from 'zod';
import { integer } from '../../schema-types';
import { type DefaultProxyConfig, interceptionModes, type ProxyImage } from '../default-proxy-config';
import { hostAndPort, optionalHostAndPort } from './addresses';
import { checked, count, filledText, flag, port, servedPort, text, textMap, texts } from './common';
import { anyDuration, durationWithin } from './durations';
import { atMostOneOf, type Check, message, messageOf, required } from './proto-json';
import { clientTls, pemCertificate } from './tls';
import { tracing } from './tracing';
import { tcpKeepalive } from './traffic-policy';

/** The shape of `defaultConfig`. */
export function defaultProxyConfig() {
  return messageOf<DefaultProxyConfig>(
    {
      proxyMetadata: textMap,
      holdApplicationUntilProxyStarts: flag,
      concurrency: count,
      discoveryAddress: hostAndPort('istiod.istio-system.svc:15012'),
      drainDuration: durationWithin({ unit: 's', zero: 'refused' }),
      terminationDrainDuration: anyDuration,
      tracing: checked(tracing),
      image: messageOf<ProxyImage>({ imageType: z.enum(['', 'debug', 'distroless', 'default']) }),
      proxyStatsMatcher: checked(proxyStatsMatcher),
      extraStatTags: texts,
      gatewayTopology: checked(gatewayTopology),
      proxyHeaders: checked(proxyHeaders),
      privateKeyProvider: checked(privateKeyProvider),
      readinessProbe: checked(readinessProbe),
      envoyAccessLogService: checked(remoteService),
      envoyMetricsService: checked(remoteService),
      caCertificatesPem: z.array(pemCertificate),
      runtimeValues: textMap,
      connectionSettings: checked(connectionSettings),
      statsCompression: flag,
      statNameLength: count,
      interceptionMode: z.enum(interceptionModes),
      statusPort: servedPort,
      proxyAdminPort: servedPort,
      serviceCluster: filledText,
      tracingServiceName: z.enum([
        'APP_LABEL_AND_NAMESPACE',
        'CANONICAL_NAME_ONLY',
        'CANONICAL_NAME_AND_NAMESPACE',
      ]),
      fileFlushInterval: anyDuration,
      fileFlushMinSizeKb: count,
      controlPlaneAuthPolicy: z.enum(['NONE', 'MUTUAL_TLS']),
      meshId: text,
      configPath: filledText,
      binaryPath: filledText,
      customConfigFile: text,
      proxyBootstrapTemplatePath: text,
      statsdUdpAddress: optionalHostAndPort('statsd.monitoring:8125'),
      availabilityZone: text,
      discoveryRefreshDelay: anyDuration,
      envoyMetricsServiceAddress: optionalHostAndPort('metrics.monitoring:15000'),
      zipkinAddress: text,
      sds: checked(() => message({ enabled: flag, k8sSaJwtPath: text })),
    },
    atMostOneOf('serviceCluster', 'tracingServiceName'),
  );
}

const clientCertDetails = [
  'UNDEFINED',
  'SANITIZE',
  'FORWARD_ONLY',
  'APPEND_FORWARD',
  'SANITIZE_SET',
  'ALWAYS_FORWARD_ONLY',
] as const;

function proxyStatsMatcher() {
  return message({ inclusionPrefixes: texts, inclusionSuffixes: texts, inclusionRegexps: texts });
}

function gatewayTopology() {
  return message({
    numTrustedProxies: count,
    forwardClientCertDetails: z.enum(clientCertDetails),
    proxyProtocol: message({}),
  });
}

function remoteService() {
  return message({
    address: hostAndPort('als.monitoring:15000'),
    tlsSettings: clientTls(),
    tcpKeepalive: tcpKeepalive(),
  });
}

function proxyHeaders() {
  const disabled = message({ disabled: flag });
  const enabled = message({ enabled: flag });
  return message({
    forwardedClientCert: z.enum(clientCertDetails),
    setCurrentClientCertDetails: message({ subject: flag, cert: flag, chain: flag, dns: flag, uri: flag }),
    requestId: disabled,
    server: message({ disabled: flag, value: text }),
    attemptCount: disabled,
    envoyDebugHeaders: disabled,
    metadataExchangeHeaders: message({ mode: z.enum(['UNDEFINED', 'IN_MESH']) }),
    preserveHttp1HeaderCase: flag,
    xForwardedHost: enabled,
    xForwardedPort: enabled,
  });
}

function privateKeyProvider() {
  const pollDelay = durationWithin({ zero: 'refused' });
  const provider = message({ pollDelay, fallback: flag }, required('pollDelay'));
  return message({ cryptomb: provider, qat: provider }, atMostOneOf('cryptomb', 'qat'), oneProvider);
}

const oneProvider: Check = ({ cryptomb, qat }, report) => {
  if (cryptomb !== undefined || qat !== undefined) return;
  report([], 'The private key provider is not named.', 'Add cryptomb: or qat:, each with pollDelay.');
};

function readinessProbe() {
  const methods = {
    httpGet: message({
      path: text,
      port: servedPort,
      host: text,
      scheme: text,
      httpHeaders: z.array(message({ name: text, value: text })),
    }),
    tcpSocket: message({ host: text, port: servedPort }),
    exec: message({ command: texts }),
    grpc: message({ port, service: text }),
  };
  return message(
    {
      initialDelaySeconds: count,
      timeoutSeconds: count,
      periodSeconds: count,
      successThreshold: count,
      failureThreshold: count,
      ...methods,
    },
    atMostOneOf(...Object.keys(methods)),
  );
}

function connectionSettings() {
  const positive = integer(1, 2_147_483_647);
  const window = integer(65_535, 2_147_483_647);
  return message({
    profile: z.enum(['SIDECAR', 'EDGE']),
    listenerPerConnectionBufferLimitBytes: count,
    clusterPerConnectionBufferLimitBytes: count,
    httpIdleTimeout: anyDuration,
    httpMaxConnectionDuration: anyDuration,
    httpDrainTimeout: anyDuration,
    httpRequestTimeout: anyDuration,
    httpRequestHeadersTimeout: anyDuration,
    httpStreamIdleTimeout: anyDuration,
    httpMaxStreamDuration: anyDuration,
    httpMaxConcurrentStreams: positive,
    http2InitialStreamWindowSize: window,
    http2InitialConnectionWindowSize: window,
    httpHeadersWithUnderscoresAction: z.enum([
      'HEADERS_WITH_UNDERSCORES_UNSPECIFIED',
      'HEADERS_WITH_UNDERSCORES_ALLOW',
      'HEADERS_WITH_UNDERSCORES_REJECT_REQUEST',
      'HEADERS_WITH_UNDERSCORES_DROP_HEADER',
    ]),
    httpMergeSlashes: flag,
    httpPathWithEscapedSlashesAction: z.enum([
      'PATH_WITH_ESCAPED_SLASHES_UNSPECIFIED',
      'KEEP_UNCHANGED',
      'REJECT_REQUEST',
      'UNESCAPE_AND_REDIRECT',
      'UNESCAPE_AND_FORWARD',
    ]),
    listenerConnectionLimit: positive,
    globalDownstreamConnectionLimit: positive,
  });
}
