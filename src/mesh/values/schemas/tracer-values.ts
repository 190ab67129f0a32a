import type {
  LightstepValues,
  StackdriverTracerValues,
  TracerAddressValues,
  TracerValues,
} from '../tracer-values';
import { mapOf } from './maps';
import { count, flag, text } from './scalars';

/** The shape of Istio's `global.tracer` values. */
export function tracerValues() {
  const address = mapOf<TracerAddressValues>({ address: text });
  return mapOf<TracerValues>({
    zipkin: address,
    datadog: address,
    lightstep: mapOf<LightstepValues>({ address: text, accessToken: text }),
    stackdriver: mapOf<StackdriverTracerValues>({
      debug: flag,
      maxNumberOfAttributes: count,
      maxNumberOfAnnotations: count,
      maxNumberOfMessageEvents: count,
    }),
  });
}
