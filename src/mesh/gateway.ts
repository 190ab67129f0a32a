import { isIP } from 'node:net';
import { z } from 'zod';
import { type AutoscalingDefinition, autoscalingShape } from './gateways/autoscaling';
import { type GatewayNamespaceDefinition, gatewayNamespaceSchema } from './gateways/namespace';
import {
  type GatewayPodDefinition,
  type PodDisruptionBudgetDefinition,
  podShape,
} from './gateways/pod-settings';
import {
  type ServiceFieldsDefinition,
  type ServicePortDefinition,
  selectorLabels,
  servicePort,
  serviceShape,
} from './gateways/service-settings';
import { type TextsDefinition, texts } from './gateways/texts';
import type { HelmValues } from './helm-values';
import { annotations } from './kubernetes/names';
import { integer, serviceName, wordOf } from './schema-types';
import { optional } from './values/schemas/common';

/**
 * The east-west gateway of a cluster. Its pods and its Service have the keys of `gateways`. What Istio's installation
 * guide writes for this gateway is the default.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export interface EastWestGatewayDefinition extends GatewayPodDefinition {
  /**
   * The namespace of the gateway, by name or as a map. It is created unless it is istio-system, or `create` is
   * `disabled`.
   * @default - istio-system
   */
  readonly namespace?: string | GatewayNamespaceDefinition;
  /**
   * Further labels of all objects of the gateway. They are part of the selector of its Deployment, which Kubernetes
   * does not change: delete the Deployment before you apply other labels.
   * @default - app, istio and topology.istio.io/network, by which Istio finds the gateway
   */
  readonly labels?: TextsDefinition;
  /**
   * The number of pods, if autoscaling is disabled, as it is by default in ambient mode.
   * @default - 1
   */
  readonly replicas?: number;
  /**
   * The limits of autoscaling, or `disabled` for a fixed number of replicas.
   * @default - 1 to 5 pods, at 80 % of the requested CPU; disabled in ambient mode
   */
  readonly autoscaling?: AutoscalingDefinition | 'disabled';
  /**
   * The security context of the pods, merged over the default.
   * @default - as few rights as the proxy needs
   */
  readonly securityContext?: HelmValues;
  /**
   * The security context of the proxy's container, merged over the default.
   * @default - as few rights as the proxy needs
   */
  readonly containerSecurityContext?: HelmValues;
  /**
   * The PodDisruptionBudget: minAvailable or maxUnavailable, and unhealthyPodEvictionPolicy. It is written if there are
   * at least two pods.
   * @default - at least one pod stays
   */
  readonly podDisruptionBudget?: PodDisruptionBudgetDefinition;
  /**
   * The service account of the pods.
   * @default - without annotations
   */
  readonly serviceAccount?: EastWestServiceAccountDefinition;
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
  /**
   * What differs for the gateway of ambient mode, where `dataPlane` is ambient or both.
   * @default - the settings above
   */
  readonly ambient?: AmbientGatewayDefinition;
}

/**
 * What differs for the gateway through which ztunnel and waypoints of other networks enter. istiod deploys it for a
 * Gateway of the class istio-east-west, whose HBONE port is 15008. It has the other settings of `eastWestGateway`, except
 * `istiodPorts`, and without them what Istio deploys: one pod, and no autoscaling.
 *
 * @see https://istio.io/latest/docs/ambient/install/multicluster/multi-primary_multi-network/
 */
export interface AmbientGatewayDefinition {
  /**
   * The name of the Gateway, and of the Deployment and the Service that istiod creates for it. A gateway with another
   * name is another gateway with another address. To change `dataPlane` from both to ambient, write the name that the
   * gateway has.
   * @default - istio-eastwestgateway, or with `dataPlane: both`, where the gateway for sidecars has this name,
   * istio-eastwestgateway-ambient
   */
  readonly name?: string;
  /**
   * The Service, merged over `service`. One of its ports must lead to 15008.
   * @default - as `service`, but with `dataPlane: both` without what only one Service can have: its ports and addresses
   */
  readonly service?: ServiceDefinition;
}

/** The service account of an east-west gateway. */
export interface EastWestServiceAccountDefinition {
  /**
   * The annotations of the service account, such as those that give it a role of the cloud.
   * @default - none
   */
  readonly annotations?: TextsDefinition;
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
  /**
   * The ports of the Service. A list replaces the default as a whole, and one of its ports must lead to 15443, or in
   * ambient mode to 15008.
   * @default - 15021 and 15443, and with `istiodPorts` 15012 and 15017; in ambient mode 15021 and 15008
   */
  readonly ports?: readonly ServicePortDefinition[];
  /**
   * Further labels by which the Service selects pods.
   * @default - none
   */
  readonly selectorLabels?: TextsDefinition;
}

/** The supported types of Service. */
export const serviceTypes = ['LoadBalancer', 'NodePort', 'ClusterIP'] as const;
export type ServiceType = (typeof serviceTypes)[number];

const service = z.strictObject({
  ...optional(serviceShape),
  type: z.enum(serviceTypes).optional(),
  loadBalancerIP: z
    .string()
    .refine((address) => isIP(address) > 0, { error: 'Write an IP address such as 203.0.113.10.' })
    .optional(),
  ports: z.array(servicePort).min(1, 'Write at least one port.').optional(),
  selectorLabels: selectorLabels.optional(),
});

const autoscaling = z.strictObject({
  ...optional(autoscalingShape),
  minReplicas: integer(1, 1000).optional(),
  maxReplicas: integer(1, 1000).optional(),
  targetCPUUtilizationPercentage: integer(1, 1000).optional(),
});

/** The schema of `eastWestGateway`. */
export const eastWestGatewaySchema = z.strictObject({
  ...optional(podShape),
  namespace: gatewayNamespaceSchema.optional(),
  replicas: integer(0, 1000).optional(),
  autoscaling: z.union([z.literal('disabled'), autoscaling]).optional(),
  serviceAccount: z.strictObject({ annotations: texts(annotations).optional() }).optional(),
  loadBalancer: z
    .strictObject({
      cloud: wordOf(loadBalancerClouds, cloudAliases),
      scheme: z.enum(loadBalancerSchemes).optional(),
    })
    .optional(),
  service: service.optional(),
  istiodPorts: z.enum(['enabled', 'disabled']).optional(),
  ambient: z.strictObject({ name: serviceName.optional(), service: service.optional() }).optional(),
}) satisfies z.ZodType<EastWestGatewayDefinition>;
