import { ifSet } from '../../kubernetes/object';
import { go } from './expression';
import { bindingLowPorts } from './gateway-container';
import type { InjectionInput } from './injection-input';
import {
  canonicalName,
  canonicalRevision,
  clusterName,
  clusterNetwork,
  podAnnotations,
  proxyGroup,
  proxyUser,
} from './pod';
import {
  agentArguments,
  imagePullPolicy,
  imagePullSecrets,
  proxyImage,
  readyEndpoint,
} from './proxy-container';
import {
  appContainersEnvironment,
  certificateEnvironment,
  complianceEnvironment,
  env,
  fieldEnv,
  goRuntimeEnvironment,
  limitEnv,
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
  workloadCertificateMount,
  workloadCertificateVolume,
} from './proxy-volumes';
import { type TemplateList, type TemplateMap, when, yaml } from './template';

/**
 * The template `gateway`, for pods that run only a proxy, such as an ingress gateway. istiod merges the
 * container istio-proxy of the pod over the container of this template.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export function gateway(input: InjectionInput): TemplateMap {
  return {
    metadata: {
      labels: {
        'service.istio.io/canonical-name': canonicalName,
        'service.istio.io/canonical-revision': canonicalRevision,
      },
      annotations: podAnnotations,
    },
    spec: {
      securityContext: (ifSet(input.values.gateways.securityContext) ?? bindingLowPorts) as TemplateMap,
      containers: [proxyContainer(input)],
      volumes: volumes(input),
      imagePullSecrets: imagePullSecrets(input),
    },
  };
}

function proxyContainer(input: InjectionInput): TemplateMap {
  const { proxy } = input.values.global;
  return {
    name: 'istio-proxy',
    image: proxyImage(proxy.image),
    ports: [{ containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' }],
    args: agentArguments(input, 'router'),
    lifecycle: ifSet(proxy.lifecycle) as TemplateMap | undefined,
    securityContext: { runAsUser: yaml(proxyUser), runAsGroup: yaml(proxyGroup) },
    env: environment(input),
    imagePullPolicy: imagePullPolicy(input),
    readinessProbe: {
      httpGet: readyEndpoint(15021),
      initialDelaySeconds: proxy.readinessInitialDelaySeconds,
      periodSeconds: proxy.readinessPeriodSeconds,
      timeoutSeconds: 3,
      failureThreshold: proxy.readinessFailureThreshold,
    },
    volumeMounts: volumeMounts(input),
  };
}

function environment(input: InjectionInput): TemplateList {
  const network = clusterNetwork(input);
  const workload = go`.DeploymentMeta.Name`;
  return [
    ...certificateEnvironment(input),
    limitEnv('ISTIO_CPU_LIMIT', 'cpu'),
    proxyConfigEnvironment,
    podPortsEnvironment,
    ...goRuntimeEnvironment,
    ...complianceEnvironment(input),
    appContainersEnvironment,
    env('ISTIO_META_CLUSTER_ID', clusterName(input) ?? 'Kubernetes'),
    fieldEnv('ISTIO_META_NODE_NAME', 'spec.nodeName'),
    env('ISTIO_META_INTERCEPTION_MODE', go`.ProxyConfig.InterceptionMode.String`),
    network && env('ISTIO_META_NETWORK', network),
    when(workload, env('ISTIO_META_WORKLOAD_NAME', workload)),
    ownerEnvironment,
    bootstrapOverrideEnvironment,
    ...meshEnvironment(input),
    proxyMetadataEnvironment,
  ];
}

function volumes(input: InjectionInput): TemplateList {
  return [
    { name: 'workload-socket', emptyDir: null },
    { name: 'credential-socket', emptyDir: {} },
    workloadCertificateVolume(input, {}),
    bootstrapOverrideVolume,
    memoryVolume('istio-envoy'),
    { name: 'istio-data', emptyDir: {} },
    podInfoVolume,
    tokenVolume(input),
    trustsRootOfIstiod(input) ? rootCertificateVolume(input) : undefined,
    mtlsCertificatesVolume(input),
  ];
}

function volumeMounts(input: InjectionInput): TemplateList {
  return [
    mount('workload-socket', '/var/run/secrets/workload-spiffe-uds'),
    mount('credential-socket', '/var/run/secrets/credential-uds'),
    workloadCertificateMount(input),
    trustsRootOfIstiod(input) ? mount('istiod-ca-cert', '/var/run/secrets/istio') : undefined,
    mount('istio-data', '/var/lib/istio/data'),
    bootstrapOverrideMount,
    mount('istio-envoy', '/etc/istio/proxy'),
    mount('istio-token', '/var/run/secrets/tokens'),
    mtlsCertificatesMount(input),
    mount('istio-podinfo', '/etc/istio/pod'),
  ];
}
