import { ifSet } from '../../kubernetes/object';
import { go } from './expression';
import { agentPorts, gatewayProbes, ingressPodSecurityContext, unprivileged } from './gateway-container';
import { proxyNetwork } from './gateway-metadata';
import { type InjectionInput, withoutNulls } from './injection-input';
import { managedGateway } from './managed-gateway';
import { clusterName, proxyGroup, proxyUser } from './pod';
import { imagePullPolicy, imagePullSecrets, proxyImage } from './proxy-container';
import {
  certificateAuthority,
  env,
  fieldEnv,
  limitEnv,
  proxyMetadataEnvironment,
  trustDomain,
} from './proxy-environment';
import {
  mount,
  rootCertificateVolume,
  serviceAccountTokenVolume,
  tokenVolume,
  trustsRootOfIstiod,
} from './proxy-volumes';
import { type TemplateList, type TemplateMap, when, yaml } from './template';

/** The template `agentgateway`. istiod deploys it for Gateways of the class istio-agentgateway. */
export function agentgateway(input: InjectionInput): TemplateList {
  const { proxy } = input.values.global;
  return managedGateway(input, {
    managedBy: 'istio.io-agentgateway-controller',
    podSpec: {
      securityContext: ingressPodSecurityContext(input),
      ...podSpec(input, {
        resources: ifSet(proxy.resources) && withoutNulls(proxy.resources),
        lifecycle: ifSet(proxy.lifecycle) as TemplateMap | undefined,
        securityContext,
      }),
    },
  });
}

/** The template `agentgateway-waypoint`, for Gateways of the class istio-agentgateway-waypoint. */
export function agentgatewayWaypoint(input: InjectionInput): TemplateList {
  const { resources } = input.values.global.waypoint;
  const seccompProfile = ifSet(input.values.gateways.seccompProfile) as TemplateMap | undefined;
  return managedGateway(input, {
    managedBy: 'istio.io-agentgateway-waypoint-controller',
    podLabels: { 'istio.io/dataplane-mode': 'none' },
    podSpec: podSpec(input, {
      resources: ifSet(resources) && withoutNulls(resources),
      securityContext: { ...securityContext, seccompProfile },
    }),
  });
}

const securityContext: TemplateMap = {
  ...unprivileged,
  runAsUser: yaml(proxyUser),
  runAsGroup: yaml(proxyGroup),
};

/** @param container the container fields that depend on the class of the Gateway */
function podSpec(input: InjectionInput, container: TemplateMap): TemplateMap {
  const { agentgateway: settings } = input.values.global;
  return {
    containers: [
      {
        name: 'agentgateway',
        image: proxyImage(
          settings?.image ?? '',
          go`.AgentgatewayImage`,
          'gateway.istio.io/agentgatewayImage',
        ),
        imagePullPolicy: imagePullPolicy(input),
        // istiod sends the whole configuration.
        args: ['--config', '{}'],
        ports: agentPorts,
        env: environment(input),
        ...container,
        ...gatewayProbes,
        volumeMounts: volumeMounts(input),
      },
    ],
    volumes: volumes(input),
    imagePullSecrets: imagePullSecrets(input),
  };
}

function environment(input: InjectionInput): TemplateList {
  const network = proxyNetwork(input);
  return [
    fieldEnv('POD_NAME', 'metadata.name'),
    fieldEnv('POD_NAMESPACE', 'metadata.namespace'),
    fieldEnv('NAMESPACE', 'metadata.namespace'),
    fieldEnv('INSTANCE_IP', 'status.podIP'),
    fieldEnv('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    limitEnv('CPU_LIMIT', 'cpu'),
    env('GATEWAY', go`.Name`),
    env('RUST_BACKTRACE', '1'),
    env('CLUSTER_ID', clusterName(input) ?? go`.ClusterID`),
    when(network, env('NETWORK', network)),
    when(trustDomain, env('TRUST_DOMAIN', trustDomain)),
    proxyMetadataEnvironment,
    env('XDS_ADDRESS', go`.ProxyConfig.DiscoveryAddress`),
    input.release.agentgatewayCertificates ? env('CA_ADDRESS', certificateAuthority(input)) : undefined,
  ];
}

function volumes(input: InjectionInput): TemplateList {
  const { aud } = input.values.global.sds.token;
  const certificates = input.release.agentgatewayCertificates;
  return [
    { name: 'tmp', emptyDir: {} },
    serviceAccountTokenVolume(certificates ? 'xds-token' : 'istio-token', aud, 'xds-token'),
    certificates ? tokenVolume(input) : undefined,
    trustsRootOfIstiod(input) ? rootCertificateVolume(input) : undefined,
  ];
}

function volumeMounts({ release }: InjectionInput): TemplateList {
  const certificates = release.agentgatewayCertificates;
  return [
    mount('istiod-ca-cert', '/var/run/secrets/xds'),
    mount(certificates ? 'xds-token' : 'istio-token', '/var/run/secrets/xds-tokens'),
    mount('tmp', '/tmp'),
    certificates ? mount('istiod-ca-cert', '/var/run/secrets/istio') : undefined,
    certificates ? mount('istio-token', '/var/run/secrets/tokens') : undefined,
  ];
}
