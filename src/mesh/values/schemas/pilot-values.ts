import { z } from 'zod';
import { autoscalerBehavior } from '../../kubernetes/autoscaler-behavior';
import { container } from '../../kubernetes/container';
import { variable } from '../../kubernetes/environment';
import {
  annotations,
  labels,
  optionalNamespace,
  optionalObjectName,
  variables,
} from '../../kubernetes/names';
import { affinity, topologySpreadConstraint } from '../../kubernetes/scheduling';
import { profile } from '../../kubernetes/security-context';
import { volume, volumeMount } from '../../kubernetes/volume';
import { matching } from '../../schema-types';
import { imageVariants } from '../kubernetes-values';
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
  anyMap,
  checked,
  count,
  cpuUtilization,
  duration,
  flag,
  image,
  imageTag,
  intOrShare,
  intOrString,
  ipFamilies,
  ipFamilyPolicy,
  mapOf,
  needed,
  resources,
  targetUtilization,
  text,
  texts,
  tolerations,
} from './common';

const trafficDistribution = matching(
  /^(PreferClose|PreferSameZone|PreferSameNode)?$/,
  'Write PreferClose, PreferSameZone or PreferSameNode.',
);

/** A PodDisruptionBudget has one bound. Istio's chart would drop the other one. */
const disruptionBudget = mapOf<PodDisruptionBudgetValues>({
  minAvailable: intOrShare,
  maxUnavailable: intOrShare,
  unhealthyPodEvictionPolicy: z.enum(unhealthyPodEvictionPolicies),
}).superRefine(({ minAvailable, maxUnavailable }, { addIssue }) => {
  if (minAvailable == null || maxUnavailable == null) return;
  addIssue({
    code: 'custom',
    path: ['minAvailable'],
    message: 'Remove one of the two.',
    params: { message: 'A PodDisruptionBudget cannot have both minAvailable and maxUnavailable.' },
    input: minAvailable,
  });
});

/** The shape of Istio's `pilot` values. */
export function pilotValues() {
  return mapOf<PilotValues>({
    env: needed(variables),
    envVarFrom: z.array(checked(variable)),
    extraContainerArgs: texts,
    hub: text,
    tag: imageTag,
    variant: z.enum(imageVariants),
    image: needed(image),
    autoscaleEnabled: flag,
    autoscaleMin: count,
    autoscaleMax: count,
    autoscaleBehavior: checked(autoscalerBehavior),
    cpu: needed(cpuUtilization),
    memory: needed(targetUtilization),
    replicaCount: count,
    rollingMaxSurge: intOrString,
    rollingMaxUnavailable: intOrShare,
    pdb: disruptionBudget,
    resources,
    nodeSelector: labels,
    tolerations,
    affinity: checked(affinity),
    topologySpreadConstraints: z.array(checked(topologySpreadConstraint)),
    seccompProfile: checked(profile),
    volumes: z.array(checked(volume)),
    volumeMounts: z.array(checked(volumeMount)),
    initContainers: z.array(checked(container)),
    terminationMessagePolicy: z.enum(terminationMessagePolicies),
    deploymentLabels: labels,
    deploymentAnnotations: annotations,
    podLabels: labels,
    podAnnotations: annotations,
    serviceAnnotations: annotations,
    serviceAccountAnnotations: annotations,
    sidecarInjectorWebhookAnnotations: annotations,
    ipFamilyPolicy,
    ipFamilies,
    trafficDistribution,
    keepaliveMaxServerConnectionAge: duration,
    traceSampling: z.number().min(0).max(100, { error: 'Write a percentage from 0 to 100.' }),
    jwksResolverExtraRootCA: text,
    configMap: flag,
    cni: mapOf<PilotCniValues>({ enabled: flag, provider: z.enum(cniProviders) }),
    taint: needed(mapOf<TaintValues>({ enabled: flag, namespace: optionalNamespace, name: text })),
    trustedZtunnelNamespace: optionalNamespace,
    trustedZtunnelName: text,
    crlConfigMapName: optionalObjectName,
    istiodRemote: anyMap,
  });
}
