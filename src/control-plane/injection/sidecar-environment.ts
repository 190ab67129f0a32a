import { clusterName, clusterNetwork } from './cluster-identity';
import { all, go, variable } from './expression';
import type { InjectionInput } from './injection-input';
import { annotation, interceptionMode, isAnnotated, label } from './pod';
import {
  appContainersEnvironment,
  certificateEnvironment,
  complianceEnvironment,
  env,
  fieldEnv,
  goRuntimeEnvironment,
  limitEnv,
  localhostProbesEnvironment,
  meshEnvironment,
  ownerEnvironment,
  podPortsEnvironment,
  proxyConfigEnvironment,
  proxyMetadataEnvironment,
} from './proxy-environment';
import { bootstrapOverrideEnvironment } from './proxy-volumes';
import { each, type Template, type TemplateList, when } from './template';

/** The environment of a sidecar. */
export function sidecarEnvironment(input: InjectionInput): TemplateList {
  const network = clusterNetwork(input);
  const workload = go`${label('service.istio.io/workload-name')} | default .DeploymentMeta.Name`;
  return [
    localhostProbesEnvironment,
    ...certificateEnvironment(input),
    limitEnv('ISTIO_CPU_LIMIT', 'cpu'),
    proxyConfigEnvironment,
    podPortsEnvironment,
    appContainersEnvironment,
    ...goRuntimeEnvironment,
    ...complianceEnvironment(input),
    env('ISTIO_META_CLUSTER_ID', clusterName(input) ?? 'Kubernetes'),
    fieldEnv('ISTIO_META_NODE_NAME', 'spec.nodeName'),
    env('ISTIO_META_INTERCEPTION_MODE', interceptionMode),
    network && env('ISTIO_META_NETWORK', network),
    when(workload, env('ISTIO_META_WORKLOAD_NAME', workload)),
    ownerEnvironment,
    bootstrapOverrideEnvironment,
    ...meshEnvironment(input),
    datadogEnvironment(input),
    openTelemetryEnvironment(input),
    proxyMetadataEnvironment,
  ];
}

/** What Datadog's annotation hands to its tracer, as JSON. */
function datadogEnvironment({ values }: InjectionInput): Template | undefined {
  if (values.global.proxy.tracer !== 'datadog') return undefined;
  const tags = 'apm.datadoghq.com/env';
  return when(
    isAnnotated(tags),
    each(go`fromJSON ${annotation(tags)}`, (name, value) => [{ name, value }]),
  );
}

/** What traces say of the workload, where a provider of the mesh wants OpenTelemetry's own names. */
function openTelemetryEnvironment({ release }: InjectionInput): Template {
  const attributes = variable(
    '$otelResourceAttributes',
    go`otelResourceAttributes .MeshConfig .ObjectMeta.Annotations .ObjectMeta.Labels .DeploymentMeta.Namespace .Spec.Containers`,
  );
  return when(all(release.otelResourceAttributes, attributes), env('OTEL_RESOURCE_ATTRIBUTES', attributes));
}
