import { z } from 'zod';
import { cidrRange } from '../../gateways/service-settings';
import { container } from '../../kubernetes/container';
import { selectorOperators } from '../../kubernetes/label-selector';
import { annotations, labelKey, labels, labelValue, variables } from '../../kubernetes/names';
import { podSecurityContext, profile } from '../../kubernetes/security-context';
import { serviceAnnotations } from '../../kubernetes/service-annotations';
import { dnsLabel, dnsSubdomain, matching, serviceName } from '../../schema-types';
import {
  type ChartGatewayValues,
  type ConfigVolumeValues,
  type EgressGatewayValues,
  externalTrafficPolicies,
  type GatewayPortValues,
  type GatewaysValues,
  type IngressGatewayValues,
  type IngressPortValues,
  type PodAntiAffinityValues,
  type SecretVolumeValues,
  type ServiceAccountValues,
} from '../gateway-values';
import {
  checked,
  count,
  cpuUtilization,
  flag,
  intOrShare,
  intOrString,
  ipFamilies,
  ipFamilyPolicy,
  mapOf,
  needed,
  port,
  resources,
  type Shape,
  servedPort,
  targetUtilization,
  text,
  tolerations,
} from './common';
import { podAnnotations } from './pod-annotations';

const protocol = matching(/^(TCP|UDP|SCTP)?$/, 'Write TCP, UDP or SCTP.');
const serviceType = matching(
  /^(LoadBalancer|NodePort|ClusterIP)?$/,
  'Write LoadBalancer, NodePort or ClusterIP.',
);
const selectorOperator = matching(
  new RegExp(`^(${selectorOperators.join('|')})$`),
  `Write one of ${selectorOperators.join(', ')}.`,
);

/** Names in one text, as Istio's gateway chart splits it. */
function listOf(name: z.ZodType<string>, hint: string) {
  return text.refine((list) => list === '' || list.split(',').every((each) => name.safeParse(each).success), {
    error: hint,
  });
}

/** The shape of Istio's `gateways` values. */
export function gatewaysValues() {
  return mapOf<GatewaysValues>({
    'istio-ingressgateway': needed(ingressGatewayValues()),
    'istio-egressgateway': egressGatewayValues(),
    securityContext: checked(podSecurityContext),
    seccompProfile: checked(profile),
  });
}

function ingressGatewayValues(): z.ZodType<IngressGatewayValues> {
  const ingressPorts = z.array(
    mapOf<IngressPortValues>({ name: dnsLabel, port: servedPort, targetPort: port }),
  );
  return mapOf<IngressGatewayValues>({ ...commonValues(), ingressPorts });
}

function egressGatewayValues(): z.ZodType<EgressGatewayValues> {
  return mapOf<EgressGatewayValues>({ ...commonValues(), enabled: flag });
}

function commonValues(): Shape<ChartGatewayValues> {
  const antiAffinities = z.array(podAntiAffinity());
  return {
    name: needed(serviceName),
    labels: needed(labels),
    ports: z.array(
      mapOf<GatewayPortValues>({
        name: dnsLabel,
        port: servedPort,
        targetPort: port,
        nodePort: port,
        protocol,
      }),
    ),
    type: serviceType,
    serviceAnnotations,
    loadBalancerIP: text,
    loadBalancerSourceRanges: z.array(cidrRange),
    externalTrafficPolicy: z.enum(externalTrafficPolicies),
    ipFamilyPolicy,
    ipFamilies,
    customService: flag,
    autoscaleEnabled: flag,
    autoscaleMin: count,
    autoscaleMax: count,
    cpu: needed(cpuUtilization),
    memory: targetUtilization,
    replicaCount: count,
    rollingMaxSurge: intOrString,
    rollingMaxUnavailable: intOrShare,
    resources,
    nodeSelector: labels,
    tolerations,
    podAntiAffinityLabelSelector: antiAffinities,
    podAntiAffinityTermLabelSelector: antiAffinities,
    podAnnotations,
    serviceAccount: needed(mapOf<ServiceAccountValues>({ annotations })),
    env: needed(variables),
    secretVolumes: z.array(
      mapOf<SecretVolumeValues>({ name: dnsLabel, secretName: dnsSubdomain, mountPath: text }),
    ),
    configVolumes: z.array(
      mapOf<ConfigVolumeValues>({ name: dnsLabel, configMapName: dnsSubdomain, mountPath: text }),
    ),
    additionalContainers: z.array(checked(container)),
    runAsRoot: flag,
    injectionTemplate: text,
  };
}

function podAntiAffinity() {
  return mapOf<PodAntiAffinityValues>({
    key: labelKey,
    operator: selectorOperator,
    values: listOf(labelValue, 'Write values separated by commas, without spaces.'),
    topologyKey: labelKey,
    namespaces: listOf(dnsLabel, 'Write namespaces separated by commas, without spaces.'),
  });
}
