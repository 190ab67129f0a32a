import { ifSet } from '../../kubernetes/object';
import { go } from './expression';
import {
  deploymentEnvironment,
  gatewayProbes,
  ingressPodSecurityContext,
  logLevelArguments,
  proxyPorts,
  unprivileged,
  workloadSocketVolume,
} from './gateway-container';
import { gatewayNetwork, proxyNetwork } from './gateway-metadata';
import { type InjectionInput, withoutNulls } from './injection-input';
import { managedGateway } from './managed-gateway';
import { clusterName, proxyGroup, proxyUser } from './pod';
import { imagePullPolicy, imagePullSecrets, proxyImage } from './proxy-container';
import {
  certificateEnvironment,
  env,
  fieldEnv,
  goRuntimeEnvironment,
  limitEnv,
  meshEnvironment,
  proxyConfigEnvironment,
  proxyMetadataEnvironment,
} from './proxy-environment';
import {
  memoryVolume,
  mount,
  podInfoVolume,
  rootCertificateVolume,
  tokenVolume,
  trustsRootOfIstiod,
  workloadCertificateMount,
  workloadCertificateVolume,
} from './proxy-volumes';
import { type TemplateList, type TemplateMap, when, yaml } from './template';

/**
 * The template `kube-gateway`. istiod deploys it for Gateways of the class istio.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/
 */
export function kubeGateway(input: InjectionInput): TemplateList {
  return managedGateway(input, {
    managedBy: 'istio.io-gateway-controller',
    podSpec: {
      securityContext: ingressPodSecurityContext(input),
      containers: [proxyContainer(input)],
      volumes: volumes(input),
      imagePullSecrets: imagePullSecrets(input),
    },
  });
}

function proxyContainer(input: InjectionInput): TemplateMap {
  const { proxy, sts, logAsJson } = input.values.global;
  return {
    name: 'istio-proxy',
    image: proxyImage(proxy.image),
    imagePullPolicy: imagePullPolicy(input),
    args: [
      ...['proxy', 'router', '--domain', `$(POD_NAMESPACE).svc.${proxy.clusterDomain}`],
      ...logLevelArguments(input),
      sts.servicePort ? `--stsPort=${sts.servicePort}` : undefined,
      logAsJson ? '--log_as_json' : undefined,
    ],
    ports: proxyPorts,
    env: environment(input),
    lifecycle: ifSet(proxy.lifecycle) as TemplateMap | undefined,
    resources: ifSet(proxy.resources) && withoutNulls(proxy.resources),
    securityContext: { ...unprivileged, runAsUser: yaml(proxyUser), runAsGroup: yaml(proxyGroup) },
    ...gatewayProbes,
    volumeMounts: volumeMounts(input),
  };
}

function environment(input: InjectionInput): TemplateList {
  const network = proxyNetwork(input);
  return [
    ...certificateEnvironment(input),
    limitEnv('ISTIO_CPU_LIMIT', 'cpu'),
    proxyConfigEnvironment,
    env('ISTIO_META_POD_PORTS', '[]'),
    env('ISTIO_META_APP_CONTAINERS', ''),
    ...goRuntimeEnvironment,
    env('ISTIO_META_CLUSTER_ID', clusterName(input) ?? go`.ClusterID`),
    fieldEnv('ISTIO_META_NODE_NAME', 'spec.nodeName'),
    env('ISTIO_META_INTERCEPTION_MODE', go`.ProxyConfig.InterceptionMode.String`),
    when(network, env('ISTIO_META_NETWORK', network)),
    ...deploymentEnvironment,
    ...meshEnvironment(input),
    proxyMetadataEnvironment,
    // Limits the endpoints that istiod sends to those of this network, as for an east-west gateway.
    when(gatewayNetwork, env('ISTIO_META_REQUESTED_NETWORK_VIEW', gatewayNetwork)),
  ];
}

function volumes(input: InjectionInput): TemplateList {
  return [
    workloadSocketVolume(input),
    { name: 'credential-socket', emptyDir: {} },
    workloadCertificateVolume(input, {}),
    memoryVolume('istio-envoy'),
    { name: 'istio-data', emptyDir: {} },
    podInfoVolume,
    tokenVolume(input),
    trustsRootOfIstiod(input) ? rootCertificateVolume(input) : undefined,
  ];
}

function volumeMounts(input: InjectionInput): TemplateList {
  return [
    mount('workload-socket', '/var/run/secrets/workload-spiffe-uds'),
    mount('credential-socket', '/var/run/secrets/credential-uds'),
    workloadCertificateMount(input),
    trustsRootOfIstiod(input) ? mount('istiod-ca-cert', '/var/run/secrets/istio') : undefined,
    mount('istio-data', '/var/lib/istio/data'),
    mount('istio-envoy', '/etc/istio/proxy'),
    mount('istio-token', '/var/run/secrets/tokens'),
    mount('istio-podinfo', '/etc/istio/pod'),
  ];
}
