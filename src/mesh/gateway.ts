import { isIP } from 'node:net';
import { z } from 'zod';
import { type ServiceFieldsDefinition, serviceShape } from './gateways/service-settings';
import { checked } from './kubernetes/api-object';
import { labels } from './kubernetes/names';
import { amounts, quantity } from './kubernetes/quantities';
import { affinity, toleration } from './kubernetes/scheduling';
import { dnsSubdomain, integer, wordOf } from './schema-types';
import { optional } from './values/schemas/common';
import { podAnnotations } from './values/schemas/pod-annotations';

/** The east-west gateway of a cluster. */
export interface EastWestGatewayDefinition {
  /**
   * The number of pods, if autoscaling is disabled.
   * @default - 1
   */
  readonly replicas?: number;
  /**
   * The limits of autoscaling, or `disabled` for a fixed number of replicas.
   * @default - 1 to 5 pods, at 80 % of the requested CPU
   */
  readonly autoscaling?: AutoscalingDefinition | 'disabled';
  /**
   * The resource requests and limits of each pod, merged over the defaults.
   * @default - requests 100m CPU and 128Mi memory, limits 2000m and 1024Mi
   */
  readonly resources?: ResourcesDefinition;
  /**
   * The labels of the nodes on which the pods can run.
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * The tolerations of the pods.
   * @default - none
   */
  readonly tolerations?: readonly TolerationDefinition[];
  /**
   * The affinity of the pods.
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
   * A preset of Service annotations for the load balancer of a cloud.
   * @default - none
   */
  readonly loadBalancer?: LoadBalancerDefinition;
  /**
   * The Service of the gateway.
   * @default - a Service of type LoadBalancer
   */
  readonly service?: ServiceDefinition;
  /**
   * Whether the gateway has ports 15012 and 15017, with which clusters outside of the mesh definition reach istiod.
   * Only clusters without an istiod of their own need them.
   * @default - enabled, but disabled with `security: hardened`
   */
  readonly istiodPorts?: 'enabled' | 'disabled';
}

/** The limits of a HorizontalPodAutoscaler. */
export interface AutoscalingDefinition {
  /**
   * The minimum number of pods.
   * @default - 1
   */
  readonly minReplicas?: number;
  /**
   * The maximum number of pods.
   * @default - 5
   */
  readonly maxReplicas?: number;
  /**
   * The target CPU utilization, in percent of the requested CPU.
   * @default - 80
   */
  readonly targetCPUUtilizationPercentage?: number;
}

/** The resource requests and limits of a pod, as Kubernetes quantities such as 100m or 128Mi. */
export interface ResourcesDefinition {
  /**
   * The requested resources.
   * @default - 100m CPU, 128Mi memory
   */
  readonly requests?: Readonly<Record<string, string>>;
  /**
   * The resource limits.
   * @default - 2000m CPU, 1024Mi memory
   */
  readonly limits?: Readonly<Record<string, string>>;
}

/** A toleration of a Kubernetes pod. */
export interface TolerationDefinition {
  /**
   * The key of the taint.
   * @default - all keys
   */
  readonly key?: string;
  /**
   * How the key and the value are compared.
   * @default - Equal
   */
  readonly operator?: 'Exists' | 'Equal';
  /**
   * The value of the taint.
   * @default - none
   */
  readonly value?: string;
  /**
   * The effect of the taint.
   * @default - all effects
   */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /**
   * The number of seconds for which a NoExecute taint is tolerated.
   * @default - without a limit
   */
  readonly tolerationSeconds?: number;
}

/** The clouds for whose load balancers this package has a preset. */
export const loadBalancerClouds = ['alibaba-cloud-ack', 'aws-nlb', 'gke', 'aks'] as const;
export type LoadBalancerCloud = (typeof loadBalancerClouds)[number];

/** Other names of the clouds and of their Kubernetes. */
const cloudAliases: Readonly<Record<string, LoadBalancerCloud>> = {
  ack: 'alibaba-cloud-ack',
  aliyun: 'alibaba-cloud-ack',
  alicloud: 'alibaba-cloud-ack',
  'aliyun-ack': 'alibaba-cloud-ack',
  amazon: 'aws-nlb',
  'amazon-eks': 'aws-nlb',
  aws: 'aws-nlb',
  eks: 'aws-nlb',
  elb: 'aws-nlb',
  nlb: 'aws-nlb',
  azure: 'aks',
  azurerm: 'aks',
  microsoft: 'aks',
  gcp: 'gke',
  google: 'gke',
  'google-cloud': 'gke',
  'google-cloud-platform': 'gke',
  googlecloud: 'gke',
};

/** Whether a load balancer has a public address, or an address in the private network of the cloud. */
export const loadBalancerSchemes = ['public', 'internal'] as const;
export type LoadBalancerScheme = (typeof loadBalancerSchemes)[number];

/** A preset for the load balancer of an east-west gateway. */
export interface LoadBalancerDefinition {
  /**
   * The cloud and its kind of load balancer.
   */
  readonly cloud: LoadBalancerCloud;
  /**
   * Whether the load balancer has a public address, or an address in the private network of the cloud.
   * @default - public
   */
  readonly scheme?: LoadBalancerScheme;
}

/** The Service of an east-west gateway. The annotations are merged over those of the load balancer preset. */
export interface ServiceDefinition extends ServiceFieldsDefinition {
  /**
   * The type of the Service.
   * @default - LoadBalancer
   */
  readonly type?: ServiceType;
}

/** The supported types of Service. */
export const serviceTypes = ['LoadBalancer', 'NodePort', 'ClusterIP'] as const;
export type ServiceType = (typeof serviceTypes)[number];

const quantities = amounts(quantity);

const service = z.strictObject({
  ...optional(serviceShape),
  type: z.enum(serviceTypes).optional(),
  loadBalancerIP: z
    .string()
    .refine((address) => isIP(address) > 0, { error: 'Write an IP address such as 203.0.113.10.' })
    .optional(),
});

const autoscaling = z.strictObject({
  minReplicas: integer(1, 1000).optional(),
  maxReplicas: integer(1, 1000).optional(),
  targetCPUUtilizationPercentage: integer(1, 1000).optional(),
});

/** The schema of `eastWestGateway`. */
export const eastWestGatewaySchema = z.strictObject({
  replicas: integer(0, 1000).optional(),
  autoscaling: z.union([z.literal('disabled'), autoscaling]).optional(),
  resources: z.strictObject({ requests: quantities.optional(), limits: quantities.optional() }).optional(),
  nodeSelector: labels.optional(),
  tolerations: z.array(toleration).optional(),
  affinity: checked(affinity).optional(),
  priorityClassName: dnsSubdomain.optional(),
  podAnnotations: podAnnotations.optional(),
  loadBalancer: z
    .strictObject({
      cloud: wordOf(loadBalancerClouds, cloudAliases),
      scheme: z.enum(loadBalancerSchemes).optional(),
    })
    .optional(),
  service: service.optional(),
  istiodPorts: z.enum(['enabled', 'disabled']).optional(),
}) satisfies z.ZodType<EastWestGatewayDefinition>;
