import { given, isGiven, type KubernetesObject } from '../../kubernetes/object';
import { yamlText } from '../../kubernetes/yaml';
import { type HelmValues, mergeValues } from '../../mesh/helm-values';
import type { ControlPlaneInput } from '../input';
import type { ChartValues } from '../values/chart-values';
import { configMap } from './config-maps';
import { istiodName } from './naming';

/** The mesh configuration that istiod reads, and the networks that it cannot find out itself. */
export function meshConfigMap(input: ControlPlaneInput): readonly KubernetesObject[] {
  const { global, pilot } = input.values;
  if (!pilot.configMap) return [];
  return [
    configMap('istio', input, {
      mesh: yamlText(meshConfig(input)),
      meshNetworks: yamlText({ networks: global.meshNetworks }),
    }),
  ];
}

/** What other values imply, and over it `meshConfig` as the user wrote it. */
function meshConfig(input: ControlPlaneInput): HelmValues {
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

/** Who gets telemetry of workloads for which no Telemetry resource says so. */
function defaultProviders({ meshConfig: ofUser, telemetry }: ChartValues): HelmValues {
  if (isGiven(ofUser.defaultProviders) || !telemetry.enabled || !telemetry.v2.enabled) return {};
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

function defaultProxyConfig(input: ControlPlaneInput): HelmValues {
  const { global } = input.values;
  const variant = given(global.proxy.variant) ?? given(global.variant);
  // An istiod of another cluster is always reached under the name that it has without a revision.
  const istiod = isGiven(global.remotePilotAddress) ? 'istiod' : istiodName(input);
  return {
    ...(isGiven(global.meshID) ? { meshId: global.meshID } : {}),
    ...(variant === undefined ? {} : { image: { imageType: variant } }),
    ...tracing(global),
    discoveryAddress: `${istiod}.${global.istioNamespace}.svc:15012`,
  };
}

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
