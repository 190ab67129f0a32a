import { ifSet, isSet, type KubernetesObject } from '../../kubernetes/object';
import { yamlText } from '../../kubernetes/yaml';
import { type HelmValues, mergeValues } from '../../mesh/helm-values';
import type { SharedInput } from '../input';
import type { ChartValues } from '../values/chart-values';
import { configMap } from './config-maps';
import { istiodName } from './naming';

/** The mesh configuration of istiod, and the networks that it cannot discover. */
export function meshConfigMap(input: SharedInput): readonly KubernetesObject[] {
  const { global, pilot } = input.values;
  if (!pilot.configMap) return [];
  return [
    configMap('istio', input, {
      mesh: yamlText(meshConfig(input)),
      meshNetworks: yamlText({ networks: global.meshNetworks }),
    }),
  ];
}

/** The configuration that follows from other values, with the user's `meshConfig` merged over it. */
function meshConfig(input: SharedInput): HelmValues {
  const { global, meshConfig: ofUser } = input.values;
  return mergeValues(
    {
      trustDomain: 'cluster.local',
      rootNamespace: global.istioNamespace,
      ...defaultProviders(input.values),
      defaultConfig: defaultProxyConfig(input),
    },
    ofUser as HelmValues,
  );
}

/** The telemetry providers of workloads without a Telemetry resource. */
function defaultProviders({ meshConfig: ofUser, telemetry }: SharedInput['values']): HelmValues {
  if (isSet(ofUser.defaultProviders) || !telemetry.enabled || !telemetry.v2.enabled) return {};
  const { prometheus, stackdriver } = telemetry.v2;
  const metrics = [
    ...(prometheus.enabled ? ['prometheus'] : []),
    ...(stackdriver.enabled ? ['stackdriver'] : []),
  ];
  if (metrics.length === 0) return {};
  return {
    defaultProviders: { metrics, ...(stackdriver.enabled ? { accessLogging: ['stackdriver'] } : {}) },
  };
}

function defaultProxyConfig(input: SharedInput): HelmValues {
  const { global } = input.values;
  const variant = ifSet(global.proxy.variant) ?? ifSet(global.variant);
  // The Service of an istiod in another cluster never has a revision in its name.
  const istiod = isSet(global.remotePilotAddress) ? 'istiod' : istiodName(input);
  return {
    ...(isSet(global.meshID) ? { meshId: global.meshID } : {}),
    ...(variant === undefined ? {} : { image: { imageType: variant } }),
    ...tracing(global),
    discoveryAddress: `${istiod}.${global.istioNamespace}.svc:15012`,
  };
}

/**
 * The tracing configuration of proxies, as it was before extension providers.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#Tracing
 */
function tracing({ proxy, tracer, istioNamespace }: SharedInput['values']['global']): HelmValues {
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
