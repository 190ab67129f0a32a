import { z } from 'zod';
import type { HelmValues } from '../helm-values';
import { checked } from '../kubernetes/api-object';
import { container } from '../kubernetes/container';
import { type DnsPolicy, dnsConfig, dnsPolicies } from '../kubernetes/dns';
import { variable } from '../kubernetes/environment';
import { annotations, labels, variables } from '../kubernetes/names';
import { lifecycle, probe } from '../kubernetes/probe';
import { amounts, quantity, quantityHint } from '../kubernetes/quantities';
import {
  affinity,
  type TolerationDefinition,
  toleration,
  topologySpreadConstraint,
} from '../kubernetes/scheduling';
import { containerSecurityContext, podSecurityContext } from '../kubernetes/security-context';
import { volume, volumeMount } from '../kubernetes/volume';
import { dnsSubdomain, integer } from '../schema-types';
import { imagePullPolicies } from '../values/kubernetes-values';
import { intOrShare, intOrString, type Shape } from '../values/schemas/common';
import { podAnnotations } from '../values/schemas/pod-annotations';
import { type TextsDefinition, texts } from './texts';

/** The pods of a gateway, in the words of Istio's Helm chart `gateway`. */
export interface GatewayPodDefinition {
  /**
   * Labels of all objects of the gateway.
   * @default - those by which Istio finds the pods
   */
  readonly labels?: TextsDefinition;
  /**
   * Annotations of the workload, of the Service and of the role.
   * @default - none
   */
  readonly annotations?: TextsDefinition;
  /**
   * Annotations of the pods.
   * @default - none besides those that Istio sets
   */
  readonly podAnnotations?: TextsDefinition;
  /**
   * Environment variables of the proxy, by name.
   * @default - none
   */
  readonly env?: TextsDefinition;
  /**
   * Environment variables of the proxy as in a Kubernetes container, such as those with valueFrom.
   * @default - none
   */
  readonly envVarFrom?: readonly HelmValues[];
  /**
   * The volumes of the pods, as in a Kubernetes pod.
   * @default - none
   */
  readonly volumes?: readonly HelmValues[];
  /**
   * The volumes that are mounted into the proxy's container.
   * @default - none
   */
  readonly volumeMounts?: readonly HelmValues[];
  /**
   * Containers that run before the proxy starts.
   * @default - none
   */
  readonly initContainers?: readonly HelmValues[];
  /**
   * Containers beside the proxy.
   * @default - none
   */
  readonly additionalContainers?: readonly HelmValues[];
  /**
   * The resource requests and limits of each pod, merged over the defaults.
   * @default - requests 100m CPU and 128Mi memory, limits 2000m and 1024Mi
   */
  readonly resources?: ResourcesDefinition;
  /**
   * The security context of the pods. It replaces the default as a whole.
   * @default - as few rights as the proxy needs
   */
  readonly securityContext?: HelmValues;
  /**
   * The security context of the proxy's container. It replaces the default as a whole.
   * @default - as few rights as the proxy needs
   */
  readonly containerSecurityContext?: HelmValues;
  /**
   * What the proxy's container does after it starts, and before it stops.
   * @default - none
   */
  readonly lifecycle?: HelmValues;
  /**
   * The readiness probe of the proxy.
   * @default - the probe that istiod injects
   */
  readonly readinessProbe?: HelmValues;
  /**
   * How new pods replace old ones, as in a Deployment.
   * @default - a rolling update
   */
  readonly strategy?: HelmValues;
  /**
   * For how many seconds a new pod must be ready before it counts as available.
   * @default - 0
   */
  readonly minReadySeconds?: number;
  /**
   * How many seconds a pod has to drain its connections before it is killed.
   * @default - 30
   */
  readonly terminationGracePeriodSeconds?: number;
  /**
   * When the kubelet pulls the proxy's image.
   * @default - Kubernetes chooses by the tag of the image
   */
  readonly imagePullPolicy?: (typeof imagePullPolicies)[number];
  /**
   * The Secrets with which the kubelet pulls images, by name or as maps with a name.
   * @default - none
   */
  readonly imagePullSecrets?: readonly (string | ImagePullSecretDefinition)[];
  /**
   * The priority class of the pods.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
  /**
   * The labels of the nodes on which the pods can run.
   * @default - any node
   */
  readonly nodeSelector?: TextsDefinition;
  /**
   * The tolerations of the pods.
   * @default - none
   */
  readonly tolerations?: readonly TolerationDefinition[];
  /**
   * The affinity of the pods.
   * @default - no preference
   */
  readonly affinity?: HelmValues;
  /**
   * How the pods are spread across zones or nodes.
   * @default - no preference
   */
  readonly topologySpreadConstraints?: readonly HelmValues[];
  /**
   * How the pods resolve names, such as ClusterFirst.
   * @default - ClusterFirst
   */
  readonly dnsPolicy?: DnsPolicy | '';
  /**
   * Name servers, search domains and options of the pods' resolver.
   * @default - those of the DNS policy
   */
  readonly dnsConfig?: HelmValues;
  /**
   * The PodDisruptionBudget: minAvailable or maxUnavailable, and unhealthyPodEvictionPolicy. It is written if there are
   * at least two pods.
   * @default - none
   */
  readonly podDisruptionBudget?: PodDisruptionBudgetDefinition;
}

/** The resource requests and limits of a pod, as Kubernetes quantities such as 100m or 128Mi. Null removes a default. */
export interface ResourcesDefinition {
  /**
   * The requested resources.
   * @default - 100m CPU, 128Mi memory
   */
  readonly requests?: Readonly<Record<string, string | number | null>> | null;
  /**
   * The resource limits.
   * @default - 2000m CPU, 1024Mi memory
   */
  readonly limits?: Readonly<Record<string, string | number | null>> | null;
}

/** A reference to a Secret with which the kubelet pulls images. */
export interface ImagePullSecretDefinition {
  /**
   * The name of the Secret.
   */
  readonly name: string;
}

/** How many pods stay while nodes are drained. */
export interface PodDisruptionBudgetDefinition {
  /**
   * The number or percentage of pods that stay.
   * @default - none
   */
  readonly minAvailable?: number | string;
  /**
   * The number or percentage of pods that can be evicted at the same time.
   * @default - none
   */
  readonly maxUnavailable?: number | string;
  /**
   * Whether pods that are not ready can always be evicted.
   * @default - IfHealthyBudget
   */
  readonly unhealthyPodEvictionPolicy?: '' | 'IfHealthyBudget' | 'AlwaysAllow';
}

/** The text of a number counts as the number, which the API server requires. */
const budget = z.union([intOrShare], { error: 'Write a whole number, or a percentage such as 50%.' });

const quantities = amounts(
  z.union([quantity, z.number().min(0), z.null()], { error: quantityHint }),
).nullish();

const seconds = integer(0, 2_147_483_647);

/** The schemas of the pods' keys. */
export const podShape: Shape<GatewayPodDefinition> = {
  labels: texts(labels),
  annotations: texts(annotations),
  podAnnotations: texts(podAnnotations),
  env: texts(variables),
  envVarFrom: z.array(checked(variable)),
  volumes: z.array(checked(volume)),
  volumeMounts: z.array(checked(volumeMount)),
  initContainers: z.array(checked(container)),
  additionalContainers: z.array(checked(container)),
  resources: z.strictObject({ requests: quantities, limits: quantities }),
  securityContext: checked(podSecurityContext),
  containerSecurityContext: checked(containerSecurityContext),
  lifecycle: checked(() => z.union([z.strictObject({}), lifecycle()])),
  readinessProbe: checked(() => z.union([z.strictObject({}), probe()])),
  strategy: checked(strategy),
  minReadySeconds: seconds,
  terminationGracePeriodSeconds: seconds,
  imagePullPolicy: z.enum(imagePullPolicies),
  imagePullSecrets: z.array(z.union([dnsSubdomain, z.strictObject({ name: dnsSubdomain })])),
  priorityClassName: z.union([z.literal(''), dnsSubdomain]),
  nodeSelector: texts(labels),
  tolerations: z.array(toleration),
  affinity: checked(affinity),
  topologySpreadConstraints: z.array(checked(topologySpreadConstraint)),
  dnsPolicy: z.enum(['', ...dnsPolicies]),
  dnsConfig: checked(dnsConfig),
  podDisruptionBudget: z
    .strictObject({
      minAvailable: budget.optional(),
      maxUnavailable: budget.optional(),
      unhealthyPodEvictionPolicy: z.enum(['', 'IfHealthyBudget', 'AlwaysAllow']).optional(),
    })
    .refine(
      ({ minAvailable, maxUnavailable }) => minAvailable === undefined || maxUnavailable === undefined,
      {
        error: 'Write minAvailable or maxUnavailable, not both.',
      },
    ),
};

function strategy() {
  const rollingUpdate = z.strictObject({
    maxSurge: intOrString.nullish(),
    maxUnavailable: intOrShare.nullish(),
  });
  return z.strictObject({
    type: z.enum(['RollingUpdate', 'Recreate', 'OnDelete']).nullish(),
    rollingUpdate: rollingUpdate.nullish(),
  });
}
