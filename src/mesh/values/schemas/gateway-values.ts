import { z } from 'zod';
import {
  type ConfigVolumeValues,
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
  anyMap,
  anyMaps,
  count,
  flag,
  intOrString,
  ipFamilies,
  ipFamilyPolicy,
  mapOf,
  port,
  resources,
  targetUtilization,
  text,
  textMap,
  texts,
  tolerations,
  variables,
} from './common';

/** The shape of Istio's `gateways` values. */
export function gatewaysValues() {
  return mapOf<GatewaysValues>({
    'istio-ingressgateway': ingressGatewayValues(),
    'istio-egressgateway': anyMap,
    securityContext: anyMap,
    seccompProfile: anyMap,
  });
}

function ingressGatewayValues() {
  const antiAffinities = z.array(podAntiAffinity());
  return mapOf<IngressGatewayValues>({
    name: text,
    labels: textMap,
    ports: z.array(
      mapOf<GatewayPortValues>({ name: text, port, targetPort: port, nodePort: port, protocol: text }),
    ),
    ingressPorts: z.array(mapOf<IngressPortValues>({ name: text, port, targetPort: port })),
    type: text,
    serviceAnnotations: textMap,
    loadBalancerIP: text,
    loadBalancerSourceRanges: texts,
    externalTrafficPolicy: z.enum(externalTrafficPolicies),
    ipFamilyPolicy,
    ipFamilies,
    customService: flag,
    autoscaleEnabled: flag,
    autoscaleMin: count,
    autoscaleMax: count,
    cpu: targetUtilization,
    memory: targetUtilization,
    replicaCount: count,
    rollingMaxSurge: intOrString,
    rollingMaxUnavailable: intOrString,
    resources,
    nodeSelector: textMap,
    tolerations,
    podAntiAffinityLabelSelector: antiAffinities,
    podAntiAffinityTermLabelSelector: antiAffinities,
    podAnnotations: textMap,
    serviceAccount: mapOf<ServiceAccountValues>({ annotations: textMap }),
    env: variables,
    secretVolumes: z.array(mapOf<SecretVolumeValues>({ name: text, secretName: text, mountPath: text })),
    configVolumes: z.array(mapOf<ConfigVolumeValues>({ name: text, configMapName: text, mountPath: text })),
    additionalContainers: anyMaps,
    runAsRoot: flag,
    injectionTemplate: text,
  });
}

function podAntiAffinity() {
  return mapOf<PodAntiAffinityValues>({
    key: text,
    operator: text,
    values: text,
    topologyKey: text,
    namespaces: text,
  });
}
