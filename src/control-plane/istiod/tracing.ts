import type { HelmValues } from '../../mesh/helm-values';
import type { ChartValues } from '../values/chart-values';

/**
 * Where proxies send their traces, in the way that came before extension providers.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#Tracing
 */
export function tracing({ proxy, tracer, istioNamespace }: ChartValues['global']): HelmValues {
  switch (proxy.tracer) {
    case 'lightstep':
      return { tracing: { lightstep: { ...(tracer?.lightstep as HelmValues | undefined) } } };
    case 'zipkin':
      return { tracing: { zipkin: { address: tracer?.zipkin?.address || `zipkin.${istioNamespace}:9411` } } };
    case 'datadog':
      return { tracing: { datadog: { address: tracer?.datadog?.address || '$(HOST_IP):8126' } } };
    case 'stackdriver':
      return { tracing: { stackdriver: stackdriver(tracer?.stackdriver) } };
    default:
      return {};
  }
}

function stackdriver(limits: NonNullable<ChartValues['global']['tracer']>['stackdriver'] = {}): HelmValues {
  return {
    debug: limits.debug ?? false,
    maxNumberOfAttributes: limits.maxNumberOfAttributes || 200,
    maxNumberOfAnnotations: limits.maxNumberOfAnnotations || 200,
    maxNumberOfMessageEvents: limits.maxNumberOfMessageEvents || 200,
  };
}
