import { isIP } from 'node:net';
import { z } from 'zod';
import { integer, matching, nonEmptyString, stringMap } from './schema-types';

/** The east-west gateway of a cluster. */
export interface EastWestGatewayDefinition {
  /**
   * How many pods the gateway has, where autoscaling is disabled.
   * @default - 1
   */
  readonly replicas?: number;
  /**
   * The bounds of autoscaling, or `disabled` for a fixed number of replicas.
   * @default - 1 to 5 pods, at 80 % of the requested CPU
   */
  readonly autoscaling?: AutoscalingDefinition | 'disabled';
  /**
   * What each pod asks for and may use, each quantity over its default.
   * @default - requests 100m CPU and 128Mi memory, limits 2000m and 1024Mi
   */
  readonly resources?: ResourcesDefinition;
  /**
   * Labels of the nodes that the pods may run on.
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * Taints of nodes that the pods tolerate, as in a Kubernetes pod.
   * @default - none
   */
  readonly tolerations?: readonly TolerationDefinition[];
  /**
   * Where pods run relative to nodes and other pods, as in a Kubernetes pod.
   * @default - no preference
   */
  readonly affinity?: Readonly<Record<string, unknown>>;
  /**
   * The priority class of the pods.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
  /**
   * Annotations of the pods.
   * @default - none besides those that Istio sets
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /**
   * A cloud's load balancer, whose annotations are then known.
   * @default - the cluster's own choice
   */
  readonly loadBalancer?: LoadBalancerDefinition;
  /**
   * The Service in front of the pods.
   * @default - of type LoadBalancer
   */
  readonly service?: ServiceDefinition;
}

/** The bounds of a HorizontalPodAutoscaler. */
export interface AutoscalingDefinition {
  /**
   * The least number of pods.
   * @default - 1
   */
  readonly minReplicas?: number;
  /**
   * The greatest number of pods.
   * @default - 5
   */
  readonly maxReplicas?: number;
  /**
   * The share of the requested CPU, in percent, above which pods are added.
   * @default - 80
   */
  readonly targetCPUUtilizationPercentage?: number;
}

/** Quantities as Kubernetes writes them, such as 100m or 128Mi. */
export interface ResourcesDefinition {
  /**
   * What is reserved.
   * @default - 100m CPU, 128Mi memory
   */
  readonly requests?: Readonly<Record<string, string>>;
  /**
   * What may be used at most.
   * @default - 2000m CPU, 1024Mi memory
   */
  readonly limits?: Readonly<Record<string, string>>;
}

/** A toleration of a Kubernetes pod. */
export interface TolerationDefinition {
  /**
   * The taint's key.
   * @default - every key
   */
  readonly key?: string;
  /**
   * How key and value are compared.
   * @default - Equal
   */
  readonly operator?: 'Exists' | 'Equal';
  /**
   * The taint's value.
   * @default - none
   */
  readonly value?: string;
  /**
   * The taint's effect.
   * @default - every effect
   */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /**
   * For how many seconds a NoExecute taint is tolerated.
   * @default - for ever
   */
  readonly tolerationSeconds?: number;
}

/** Clouds whose load balancers take an east-west gateway's TCP through unchanged. */
export const loadBalancerClouds = ['alibaba-cloud-ack', 'aws-nlb', 'gke', 'aks'] as const;
export type LoadBalancerCloud = (typeof loadBalancerClouds)[number];

/** Whether a load balancer has an address on the internet, or one inside the cloud's private network. */
export const loadBalancerSchemes = ['public', 'internal'] as const;
export type LoadBalancerScheme = (typeof loadBalancerSchemes)[number];

/** A cloud's load balancer for an east-west gateway. */
export interface LoadBalancerDefinition {
  /**
   * The cloud, or the load balancer of a cloud.
   */
  readonly cloud: LoadBalancerCloud;
  /**
   * Whether its address is on the internet or inside the cloud's private network.
   * @default - public
   */
  readonly scheme?: LoadBalancerScheme;
}

/** The Service of an east-west gateway. */
export interface ServiceDefinition {
  /**
   * How the Service is reached from outside.
   * @default - LoadBalancer
   */
  readonly type?: ServiceType;
  /**
   * Annotations, merged over those of the load-balancer preset.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * The controller that makes the load balancer.
   * @default - the cluster's default
   */
  readonly loadBalancerClass?: string;
  /**
   * The load balancer's address, where the cloud lets one choose.
   * @default - the cloud's choice
   */
  readonly loadBalancerIP?: string;
  /**
   * The CIDR ranges that may connect.
   * @default - everyone
   */
  readonly loadBalancerSourceRanges?: readonly string[];
  /**
   * Whether traffic may be sent on to pods of other nodes.
   * @default - Cluster
   */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
}

/** The types of Service that a gateway can have. */
export const serviceTypes = ['LoadBalancer', 'NodePort', 'ClusterIP'] as const;
export type ServiceType = (typeof serviceTypes)[number];

const quantity = matching(
  /^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/,
  'Write a quantity as Kubernetes does, such as 100m or 128Mi.',
);

const quantities = z.record(z.string(), quantity);

const cidrRange = z
  .string()
  .refine(isCidrRange, { error: 'Write a range such as 203.0.113.0/24.' })
  .meta({ pattern: '^[0-9A-Fa-f:.]+/\\d{1,3}$' });

const ipAddress = z.string().refine((address) => isIP(address) > 0, {
  error: 'Write an IP address such as 203.0.113.10.',
});

const service = z.strictObject({
  type: z.enum(serviceTypes).optional(),
  annotations: stringMap.optional(),
  loadBalancerClass: nonEmptyString.optional(),
  loadBalancerIP: ipAddress.optional(),
  loadBalancerSourceRanges: z.array(cidrRange).optional(),
  externalTrafficPolicy: z.enum(['Cluster', 'Local']).optional(),
});

const autoscaling = z.strictObject({
  minReplicas: integer(1, 1000).optional(),
  maxReplicas: integer(1, 1000).optional(),
  targetCPUUtilizationPercentage: integer(1, 1000).optional(),
});

export const toleration = z.strictObject({
  key: z.string().optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
  tolerationSeconds: integer(0, 31_536_000).optional(),
});

/** The shape of an east-west gateway's settings. */
export const eastWestGatewaySchema = z.strictObject({
  replicas: integer(0, 1000).optional(),
  autoscaling: z.union([z.literal('disabled'), autoscaling]).optional(),
  resources: z.strictObject({ requests: quantities.optional(), limits: quantities.optional() }).optional(),
  nodeSelector: stringMap.optional(),
  tolerations: z.array(toleration).optional(),
  affinity: z.record(z.string(), z.json()).optional(),
  priorityClassName: nonEmptyString.optional(),
  podAnnotations: stringMap.optional(),
  loadBalancer: z
    .strictObject({ cloud: z.enum(loadBalancerClouds), scheme: z.enum(loadBalancerSchemes).optional() })
    .optional(),
  service: service.optional(),
}) satisfies z.ZodType<EastWestGatewayDefinition>;

function isCidrRange(range: string): boolean {
  const [address = '', prefix = '', ...rest] = range.split('/');
  const bits = isIP(address) === 4 ? 32 : 128;
  return rest.length === 0 && isIP(address) > 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits;
}
