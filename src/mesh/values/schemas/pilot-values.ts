import { z } from 'zod';
import { imageVariants } from '../image-values';
import {
  cniProviders,
  type PilotCniValues,
  type PilotValues,
  type PodDisruptionBudgetValues,
  type TaintValues,
  terminationMessagePolicies,
  unhealthyPodEvictionPolicies,
} from '../pilot-values';
import {
  intOrString,
  ipFamilies,
  ipFamilyPolicy,
  resources,
  targetUtilization,
  tolerations,
} from './kubernetes-values';
import { mapOf } from './maps';
import { anyMap, anyMaps, count, duration, flag, text, textMap, texts, variables } from './scalars';

/** The shape of Istio's `pilot` values. */
export function pilotValues() {
  return mapOf<PilotValues>({
    env: variables,
    envVarFrom: anyMaps,
    extraContainerArgs: texts,
    hub: text,
    tag: text,
    variant: z.enum(imageVariants),
    image: text,
    autoscaleEnabled: flag,
    autoscaleMin: count,
    autoscaleMax: count,
    autoscaleBehavior: anyMap,
    cpu: targetUtilization,
    memory: targetUtilization,
    replicaCount: count,
    rollingMaxSurge: intOrString,
    rollingMaxUnavailable: intOrString,
    pdb: mapOf<PodDisruptionBudgetValues>({
      minAvailable: intOrString,
      maxUnavailable: intOrString,
      unhealthyPodEvictionPolicy: z.enum(unhealthyPodEvictionPolicies),
    }),
    resources,
    nodeSelector: textMap,
    tolerations,
    affinity: anyMap,
    topologySpreadConstraints: anyMaps,
    seccompProfile: anyMap,
    volumes: anyMaps,
    volumeMounts: anyMaps,
    initContainers: anyMaps,
    terminationMessagePolicy: z.enum(terminationMessagePolicies),
    deploymentLabels: textMap,
    deploymentAnnotations: textMap,
    podLabels: textMap,
    podAnnotations: textMap,
    serviceAnnotations: textMap,
    serviceAccountAnnotations: textMap,
    sidecarInjectorWebhookAnnotations: textMap,
    ipFamilyPolicy,
    ipFamilies,
    trafficDistribution: text,
    keepaliveMaxServerConnectionAge: duration,
    traceSampling: z.number().min(0).max(100, { error: 'Write a percentage from 0 to 100.' }),
    jwksResolverExtraRootCA: text,
    configMap: flag,
    cni: mapOf<PilotCniValues>({ enabled: flag, provider: z.enum(cniProviders) }),
    taint: mapOf<TaintValues>({ enabled: flag, namespace: text, name: text }),
    trustedZtunnelNamespace: text,
    trustedZtunnelName: text,
    crlConfigMapName: text,
    istiodRemote: anyMap,
  });
}
