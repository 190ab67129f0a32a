import { ifSet } from '../../kubernetes/object';
import { go, goText } from './expression';
import {
  deploymentEnvironment,
  gatewayProbes,
  logLevelArguments,
  proxyPorts,
  unprivileged,
  workloadSocketVolume,
} from './gateway-container';
import { proxyNetwork } from './gateway-metadata';
import { type InjectionInput, withoutNulls } from './injection-input';
import { managedGateway } from './managed-gateway';
import { clusterName } from './pod';
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
  serviceAccountTokenVolume,
} from './proxy-volumes';
import { type TemplateList, type TemplateMap, when } from './template';

/**
 * The template `waypoint`. istiod deploys it for Gateways of the class istio-waypoint, and of the class
 * istio-east-west, which connects the networks of ambient meshes.
 *
 * @see https://istio.io/latest/docs/ambient/usage/waypoint/
 */
export function waypoint(input: InjectionInput): TemplateList {
  const places = input.values.global.waypoint;
  return managedGateway(input, {
    managedBy: go`.ControllerLabel`,
    podLabels: { 'istio.io/dataplane-mode': 'none' },
    serviceAnnotations: { 'networking.istio.io/traffic-distribution': 'PreferClose' },
    podSpec: {
      affinity: ifSet(places.affinity) as TemplateMap | undefined,
      topologySpreadConstraints: ifSet(places.topologySpreadConstraints) as TemplateList | undefined,
      nodeSelector: ifSet(places.nodeSelector) as TemplateMap | undefined,
      tolerations: ifSet(places.tolerations) as TemplateList | undefined,
      containers: [proxyContainer(input)],
      volumes: volumes(input),
      imagePullSecrets: imagePullSecrets(input),
    },
  });
}

function proxyContainer(input: InjectionInput): TemplateMap {
  const { gateways, global } = input.values;
  const { resources } = global.waypoint;
  // OpenShift assigns the user.
  const user = global.platform === 'openshift' ? {} : { runAsUser: 1337, runAsGroup: 1337 };
  return {
    name: 'istio-proxy',
    image: proxyImage(global.proxy.image),
    imagePullPolicy: imagePullPolicy(input),
    args: [
      ...['proxy', 'waypoint', '--domain', `$(POD_NAMESPACE).svc.${global.proxy.clusterDomain}`],
      ...['--serviceCluster', goText`${go`.ServiceAccount`}.$(POD_NAMESPACE)`],
      ...logLevelArguments(input),
      global.logAsJson ? '--log_as_json' : undefined,
      global.proxy.outlierLogPath ? `--outlierLogPath=${global.proxy.outlierLogPath}` : undefined,
    ],
    ports: proxyPorts,
    env: environment(input),
    resources: ifSet(resources) && withoutNulls(resources),
    securityContext: {
      ...unprivileged,
      ...user,
      seccompProfile: ifSet(gateways.seccompProfile) as TemplateMap | undefined,
    },
    ...gatewayProbes,
    volumeMounts,
  };
}

function environment(input: InjectionInput): TemplateList {
  const network = proxyNetwork(input);
  const isEastWest = go`eq .ControllerLabel "istio.io-eastwest-controller"`;
  return [
    fieldEnv('ISTIO_META_SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    fieldEnv('ISTIO_META_NODE_NAME', 'spec.nodeName'),
    ...certificateEnvironment(input),
    limitEnv('ISTIO_CPU_LIMIT', 'cpu'),
    proxyConfigEnvironment,
    proxyMetadataEnvironment,
    ...goRuntimeEnvironment,
    env('ISTIO_META_CLUSTER_ID', clusterName(input) ?? 'Kubernetes'),
    when(
      network,
      env('ISTIO_META_NETWORK', network),
      when(isEastWest, env('ISTIO_META_REQUESTED_NETWORK_VIEW', network)),
    ),
    env('ISTIO_META_INTERCEPTION_MODE', 'REDIRECT'),
    ...deploymentEnvironment,
    ...meshEnvironment(input),
  ];
}

function volumes(input: InjectionInput): TemplateList {
  return [
    workloadSocketVolume(input),
    memoryVolume('istio-envoy'),
    memoryVolume('go-proxy-envoy'),
    { name: 'istio-data', emptyDir: {} },
    { name: 'go-proxy-data', emptyDir: {} },
    podInfoVolume,
    // Unlike the tokens of other proxies, this one ignores the audience in the values.
    serviceAccountTokenVolume('istio-token', 'istio-ca'),
    rootCertificateVolume(input),
  ];
}

const volumeMounts: TemplateList = [
  mount('workload-socket', '/var/run/secrets/workload-spiffe-uds'),
  mount('istiod-ca-cert', '/var/run/secrets/istio'),
  mount('istio-data', '/var/lib/istio/data'),
  mount('istio-envoy', '/etc/istio/proxy'),
  mount('istio-token', '/var/run/secrets/tokens'),
  mount('istio-podinfo', '/etc/istio/pod'),
];
