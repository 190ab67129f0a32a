import {
  cpuLimit,
  cpuRequest,
  distinct,
  type EnvironmentVariable,
  environmentVariable,
  environmentVariables,
  fieldOfPod,
  resources,
  volumesAndMounts,
} from '../../kubernetes/container';
import { ifSet } from '../../kubernetes/object';
import { imageReference } from '../image';
import { istiodAddress, ztunnelContainer } from './naming';
import { revocationList, volumes } from './volumes';
import type { ZtunnelInput } from './ztunnel-values';

/** The container of ztunnel's pod. */
export function container(input: ZtunnelInput) {
  const { values } = input;
  return {
    name: ztunnelContainer,
    image: imageReference(values.image || 'ztunnel', {
      hub: values.hub,
      tag: String(values.tag),
      variant: values.variant,
    }),
    imagePullPolicy: ifSet(values.imagePullPolicy),
    ports: [{ containerPort: 15020, name: 'ztunnel-stats', protocol: 'TCP' }],
    resources: resources(values.resources),
    securityContext: securityContext(input),
    readinessProbe: { httpGet: { port: 15021, path: '/healthz/ready' } },
    args: ['proxy', 'ztunnel'],
    env: distinct(environment(input)),
    volumeMounts: [...volumesAndMounts(volumes(input), mountOrder).volumeMounts, ...values.volumeMounts],
  };
}

/** The order in which the chart mounts them, where it is not that of the volumes. */
const mountOrder = ['istiod-ca-cert', 'istio-token'];

/** Root without its capabilities, but for those that ztunnel needs to open sockets in the networks of pods. */
function securityContext({ values }: ZtunnelInput) {
  return {
    // SYS_ADMIN implies it.
    allowPrivilegeEscalation: true,
    privileged: false,
    capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'SYS_ADMIN', 'NET_RAW'] },
    readOnlyRootFilesystem: true,
    runAsGroup: 1337,
    runAsNonRoot: false,
    runAsUser: 0,
    seLinuxOptions: ifSet(values.seLinuxOptions),
  };
}

function environment(input: ZtunnelInput): readonly EnvironmentVariable[] {
  const { values } = input;
  return [
    environmentVariable('CA_ADDRESS', values.caAddress || istiodAddress(input)),
    environmentVariable('XDS_ADDRESS', values.xdsAddress || istiodAddress(input)),
    ...(values.logAsJson ? [environmentVariable('LOG_FORMAT', 'json')] : []),
    ...(values.network ? [environmentVariable('NETWORK', values.network)] : []),
    environmentVariable('RUST_LOG', values.logLevel),
    environmentVariable('RUST_BACKTRACE', 1),
    environmentVariable('ISTIO_META_CLUSTER_ID', values.multiCluster.clusterName || 'Kubernetes'),
    environmentVariable('INPOD_ENABLED', true),
    environmentVariable('TERMINATION_GRACE_PERIOD_SECONDS', values.terminationGracePeriodSeconds),
    fieldOfPod('POD_NAME', 'metadata.name'),
    fieldOfPod('POD_NAMESPACE', 'metadata.namespace'),
    fieldOfPod('NODE_NAME', 'spec.nodeName'),
    fieldOfPod('INSTANCE_IP', 'status.podIP'),
    fieldOfPod('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    ...environmentVariables(values.meshConfig.defaultConfig.proxyMetadata),
    cpuLimit('ZTUNNEL_CPU_LIMIT'),
    ...givenCpus(input),
    ...environmentVariables(values.env),
    ...(values.peerCaCrl.enabled ? [environmentVariable('CRL_PATH', revocationList)] : []),
  ];
}

/** ztunnel has as many threads as CPUs. Without a limit, Kubernetes gives all CPUs of the node as the limit. */
function givenCpus({ release, values }: ZtunnelInput): readonly EnvironmentVariable[] {
  if (!release.cpusOfZtunnel) return [];
  const { limits, requests } = resources(values.resources);
  return [
    ...(limits?.cpu ? [cpuLimit('ZTUNNEL_RESOURCE_CPU_LIMIT')] : []),
    ...(requests?.cpu ? [cpuRequest('ZTUNNEL_RESOURCE_CPU_REQUEST')] : []),
  ];
}
