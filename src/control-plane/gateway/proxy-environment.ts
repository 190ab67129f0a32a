import {
  cpuLimit,
  type EnvironmentVariable,
  environmentVariable,
  environmentVariables,
  fieldOfPod,
} from '../../kubernetes/container';
import type { ControlPlaneInput } from '../input';
import { istiodName } from '../istiod/naming';
import type { GatewayPod } from './pod-template';

/** The environment of a gateway's proxy without injection. */
export function proxyEnvironment(pod: GatewayPod, input: ControlPlaneInput): readonly EnvironmentVariable[] {
  const { global, meshConfig } = input.values;
  return [
    environmentVariable('PILOT_CERT_PROVIDER', global.pilotCertProvider),
    environmentVariable(
      'CA_ADDR',
      global.caAddress || `${istiodName(input)}.${global.istioNamespace}.svc:15012`,
    ),
    fieldOfPod('NODE_NAME', 'spec.nodeName'),
    fieldOfPod('POD_NAME', 'metadata.name'),
    fieldOfPod('POD_NAMESPACE', 'metadata.namespace'),
    fieldOfPod('INSTANCE_IP', 'status.podIP'),
    fieldOfPod('HOST_IP', 'status.hostIP'),
    cpuLimit('ISTIO_CPU_LIMIT'),
    fieldOfPod('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    environmentVariable('ISTIO_META_WORKLOAD_NAME', pod.name),
    environmentVariable(
      'ISTIO_META_OWNER',
      `kubernetes://apis/apps/v1/namespaces/${pod.namespace ?? global.istioNamespace}/deployments/${pod.name}`,
    ),
    ...meshIdentity(input),
    ...(pod.user === 'root' ? [] : [environmentVariable('ISTIO_META_UNPRIVILEGED_POD', true)]),
    ...pod.environment,
    ...environmentVariables(meshConfig.defaultConfig?.proxyMetadata ?? {}),
    ...network(pod, input),
    environmentVariable('ISTIO_META_CLUSTER_ID', global.multiCluster.clusterName || 'Kubernetes'),
    fieldOfPod('ISTIO_META_NODE_NAME', 'spec.nodeName'),
  ];
}

function meshIdentity({ values: { global, meshConfig } }: ControlPlaneInput): readonly EnvironmentVariable[] {
  const { trustDomain = 'cluster.local' } = meshConfig;
  const meshID = global.meshID || trustDomain;
  return [
    ...(meshID ? [environmentVariable('ISTIO_META_MESH_ID', meshID)] : []),
    ...(trustDomain ? [environmentVariable('TRUST_DOMAIN', trustDomain)] : []),
  ];
}

function network(pod: GatewayPod, { values }: ControlPlaneInput): readonly EnvironmentVariable[] {
  const name = 'ISTIO_META_NETWORK';
  const { network: clusterNetwork } = values.global;
  const isSetByUser = pod.environment.some((each) => each.name === name && each.value);
  return isSetByUser || !clusterNetwork ? [] : [environmentVariable(name, clusterNetwork)];
}
