import { z } from 'zod';
import { hostAndPort, hostAndPortOnNode } from './addresses';
import { count, filledText, flag, text } from './common';
import { atMostOneOf, message, required } from './proto-json';
import { clientTls } from './tls';

export const traceContexts = z.array(
  z.enum(['UNSPECIFIED', 'W3C_TRACE_CONTEXT', 'GRPC_BIN', 'CLOUD_TRACE_CONTEXT', 'B3']),
);

/** A percentage of traces. */
const sampling = z.number().min(0).max(100, { error: 'Write a percentage from 0 to 100.' });

/** The shape of `defaultConfig.tracing`. */
export function tracing() {
  const zipkin = hostAndPortOnNode('zipkin.istio-system:9411');
  const datadog = hostAndPortOnNode('$(HOST_IP):8126');
  const lightstep = hostAndPort('lightstep.istio-system:9080');
  return message(
    {
      zipkin: message({ address: zipkin }, required('address')),
      lightstep: message({ address: lightstep, accessToken: filledText }, required('address', 'accessToken')),
      datadog: message({ address: datadog }, required('address')),
      stackdriver: message({
        debug: flag,
        maxNumberOfAttributes: count,
        maxNumberOfAnnotations: count,
        maxNumberOfMessageEvents: count,
      }),
      openCensusAgent: message({ address: text, context: traceContexts }),
      customTags: z.record(z.string(), customTag()),
      maxPathTagLength: count,
      sampling,
      tlsSettings: clientTls(),
      enableIstioTags: flag,
    },
    atMostOneOf('zipkin', 'lightstep', 'datadog', 'stackdriver', 'openCensusAgent'),
  );
}

function customTag() {
  const withDefault = { name: text, defaultValue: text };
  return message(
    { literal: message({ value: text }), environment: message(withDefault), header: message(withDefault) },
    atMostOneOf('literal', 'environment', 'header'),
  );
}
