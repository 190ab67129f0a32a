import { z } from 'zod';
import type { HelmValues } from '../../helm-values';
import { integer, matching } from '../../schema-types';
import type { ExtensionProvider } from '../extension-provider';
import { providerService } from './addresses';
import { anyMap, checked, count, filledText, flag, servedPort, text, textMap, texts } from './common';
import { anyDuration } from './durations';
import { atMostOneOf, type Check, message, messageOf, required } from './proto-json';
import { traceContexts } from './tracing';

/** The shape of `extensionProviders`. istiod ignores a provider that does not have it. */
export function extensionProviders() {
  return z.array(extensionProvider()).superRefine((providers, { addIssue }) => {
    const names = providers.map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      const first = names.indexOf(name);
      if (name === undefined || first === index) continue;
      const params = { message: `extensionProviders[${first}] has the same name, ${JSON.stringify(name)}.` };
      addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: 'Write another name.',
        params,
        input: providers,
      });
    }
  });
}

/** The fields of a Service that a provider calls. */
const server = { service: providerService, port: servedPort };

/** A provider that calls a Service. */
function calling(fields: Readonly<Record<string, z.ZodType>>, ...checks: readonly Check[]) {
  return message({ ...server, ...fields }, required('service', 'port'), ...checks);
}

function extensionProvider() {
  const shapes = Object.entries(kinds).map(([kind, shape]) => [kind, checked(shape)]);
  return messageOf<ExtensionProvider>(
    {
      name: filledText,
      ...(Object.fromEntries(shapes) as Record<keyof typeof kinds, z.ZodType<HelmValues>>),
    },
    required('name'),
    atMostOneOf(...Object.keys(kinds)),
    (provider, report) => {
      if (Object.keys(provider).some((key) => key !== 'name')) return;
      report([], 'The provider has no settings.', 'Add the kind of provider, such as opentelemetry:.');
    },
  );
}

/** The kinds of providers. */
const kinds = {
  envoyExtAuthzHttp: () =>
    calling({
      ...authorization(),
      pathPrefix: matching(/^(\/([!-$&-~]|%[0-9A-Fa-f]{2})*)?$/, 'Write a path that starts with a slash.'),
      includeHeadersInCheck: texts,
      includeRequestHeadersInCheck: texts,
      includeAdditionalHeadersInCheck: textMap,
      headersToUpstreamOnAllow: texts,
      headersToDownstreamOnDeny: texts,
      headersToDownstreamOnAllow: texts,
    }),
  envoyExtAuthzGrpc: () => calling(authorization()),
  opentelemetry: openTelemetry,
  zipkin: () =>
    calling({
      maxTagLength: count,
      enable64bitTraceId: flag,
      path: text,
      traceContextOption: z.enum(['USE_B3', 'USE_B3_WITH_W3C_PROPAGATION']),
      timeout: anyDuration,
      headers: z.array(header()),
    }),
  datadog: () => calling({ maxTagLength: count }),
  skywalking: () => calling({ accessToken: text }),
  prometheus: () => message({}),
  envoyFileAccessLog: () =>
    message({
      path: text,
      logFormat: message({ text, labels: anyMap }, atMostOneOf('text', 'labels')),
      omitEmptyValues: flag,
    }),
  envoyOtelAls: () => calling({ logName: text, logFormat: message({ text, labels: anyMap }) }),
  envoyHttpAls: () =>
    calling({
      logName: text,
      filterStateObjectsToLog: texts,
      additionalRequestHeadersToLog: texts,
      additionalResponseHeadersToLog: texts,
      additionalResponseTrailersToLog: texts,
    }),
  envoyTcpAls: () => calling({ logName: text, filterStateObjectsToLog: texts }),
  stackdriver: () =>
    message({
      debug: flag,
      maxNumberOfAttributes: count,
      maxNumberOfAnnotations: count,
      maxNumberOfMessageEvents: count,
      maxTagLength: count,
      logging: message({ labels: textMap }),
    }),
  lightstep: () => calling({ accessToken: filledText, maxTagLength: count }, required('accessToken')),
  opencensus: () => calling({ context: traceContexts, maxTagLength: count }),
  sds: () => message({ name: text, ...server }),
};

/** The HTTP status codes that Envoy knows. */
const statusCodes = new Set(
  [
    [100],
    [200, 201, 202, 203, 204, 205, 206, 207, 208, 226],
    [300, 301, 302, 303, 304, 305, 307, 308],
    [400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417],
    [421, 422, 423, 424, 426, 428, 429, 431],
    [500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511],
  ].flatMap((codes) => codes.map(String)),
);

function authorization() {
  return {
    timeout: anyDuration,
    failOpen: flag,
    clearRouteCache: flag,
    statusOnError: text.refine((status) => status === '' || statusCodes.has(status), {
      error: 'Write an HTTP status code in quotes, such as "503".',
    }),
    includeRequestBodyInCheck: message({
      maxRequestBytes: integer(0, 4_294_967_295),
      allowPartialMessage: flag,
      packAsBytes: flag,
    }),
  };
}

function header() {
  return message(
    { name: text, value: text, envName: text },
    required('name'),
    atMostOneOf('value', 'envName'),
  );
}

function openTelemetry() {
  const http = message({ path: text, timeout: anyDuration, headers: z.array(header()) });
  return calling(
    {
      maxTagLength: count,
      http,
      grpc: message({ timeout: anyDuration, initialMetadata: z.array(header()) }),
      resourceDetectors: message({ environment: message({}), dynatrace: message({}) }),
      serviceAttributeEnrichment: z.enum(['ISTIO_CANONICAL', 'OTEL_SEMANTIC_CONVENTIONS']),
      dynatraceSampler: message({
        tenant: text,
        clusterId: z.int(),
        rootSpansPerMinute: count,
        httpService: calling({ http }),
      }),
    },
    atMostOneOf('http', 'grpc'),
  );
}
