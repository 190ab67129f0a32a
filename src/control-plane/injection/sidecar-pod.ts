import { isSet } from '../../kubernetes/object';
import { revocationLists } from '../../mesh/istio-names';
import { all, go, templateVariable } from './expression';
import type { InjectionInput } from './injection-input';
import { annotation, clusterName, clusterNetwork, interceptionMode, isAnnotated, label } from './pod';
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
import {
  bootstrapOverrideEnvironment,
  bootstrapOverrideMount,
  bootstrapOverrideVolume,
  memoryVolume,
  mount,
  mtlsCertificatesMount,
  mtlsCertificatesVolume,
  podInfoVolume,
  rootCertificateVolume,
  tokenVolume,
  trustsRootOfIstiod,
  userVolumeMounts,
  userVolumes,
  workloadCertificateMount,
  workloadCertificateVolume,
} from './proxy-volumes';
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

/** The variables for Datadog's tracer, from an annotation with JSON. */
function datadogEnvironment({ values }: InjectionInput): Template | undefined {
  if (values.global.proxy.tracer !== 'datadog') return undefined;
  const tags = 'apm.datadoghq.com/env';
  return when(
    isAnnotated(tags),
    each(go`fromJSON ${annotation(tags)}`, (name, value) => [{ name, value }]),
  );
}

/**
 * The attributes of the workload in traces, if a tracing provider of the mesh uses OpenTelemetry names. istiod of a
 * version without the function cannot start with templates that contain it, so those of most meshes do not.
 */
function openTelemetryEnvironment({ release, values }: InjectionInput): Template | undefined {
  const hasSharedConfig = isSet(values.pilot.env.SHARED_MESH_CONFIG);
  if (!hasSharedConfig && !JSON.stringify(values.meshConfig).includes('opentelemetry')) return undefined;
  const attributes = templateVariable(
    '$otelResourceAttributes',
    go`otelResourceAttributes .MeshConfig .ObjectMeta.Annotations .ObjectMeta.Labels .DeploymentMeta.Namespace .Spec.Containers`,
  );
  return when(all(release.otelResourceAttributes, attributes), env('OTEL_RESOURCE_ATTRIBUTES', attributes));
}

const lightstepSettings = go`.ProxyConfig.GetTracing.GetTlsSettings`;

/** The volumes of a pod with a sidecar. */
export function sidecarVolumes(input: InjectionInput): TemplateList {
  return [
    // Istio writes these without a source, which Kubernetes treats as emptyDir.
    { name: 'workload-socket', emptyDir: null },
    { name: 'credential-socket', emptyDir: null },
    workloadCertificateVolume(input, null),
    bootstrapOverrideVolume,
    memoryVolume('istio-envoy'),
    { name: 'istio-data', emptyDir: {} },
    podInfoVolume,
    tokenVolume(input),
    trustsRootOfIstiod(input) ? rootCertificateVolume(input) : undefined,
    { name: 'istio-ca-crl', configMap: { name: revocationLists, optional: true } },
    mtlsCertificatesVolume(input),
    userVolumes,
    tracesToLightstep(input)
      ? when(lightstepSettings, {
          name: 'lightstep-certs',
          secret: { optional: true, secretName: 'lightstep.cacert' },
        })
      : undefined,
  ];
}

/** The volume mounts of a sidecar. */
export function sidecarVolumeMounts(input: InjectionInput): TemplateList {
  const istiodRoot = [
    mount('istiod-ca-cert', '/var/run/secrets/istio'),
    mount('istio-ca-crl', '/var/run/secrets/istio/crl'),
  ];
  return [
    mount('workload-socket', '/var/run/secrets/workload-spiffe-uds'),
    mount('credential-socket', '/var/run/secrets/credential-uds'),
    workloadCertificateMount(input),
    ...(trustsRootOfIstiod(input) ? istiodRoot : []),
    mount('istio-data', '/var/lib/istio/data'),
    bootstrapOverrideMount,
    mount('istio-envoy', '/etc/istio/proxy'),
    mount('istio-token', '/var/run/secrets/tokens'),
    mtlsCertificatesMount(input),
    mount('istio-podinfo', '/etc/istio/pod'),
    tracesToLightstep(input)
      ? when(lightstepSettings, {
          mountPath: go`directory .ProxyConfig.GetTracing.GetTlsSettings.GetCaCertificates`,
          name: 'lightstep-certs',
          readOnly: true,
        })
      : undefined,
    userVolumeMounts,
  ];
}

function tracesToLightstep({ values }: InjectionInput): boolean {
  return values.global.proxy.tracer === 'lightstep';
}
