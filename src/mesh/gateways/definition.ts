import { z } from 'zod';
import type { HelmValues } from '../helm-values';
import { anyMap, checked } from '../kubernetes/api-object';
import { annotations } from '../kubernetes/names';
import { dnsSubdomain, integer, matching, revision, serviceName } from '../schema-types';
import { istioPlatforms } from '../values/kubernetes-values';
import { type Shape, servedPort } from '../values/schemas/common';
import { type AutoscalingDefinition, autoscalingShape } from './autoscaling';
import { type GatewayNamespaceDefinition, gatewayNamespaceSchema } from './namespace';
import { type GatewayPodDefinition, podShape } from './pod-settings';
import {
  type ServiceFieldsDefinition,
  type ServicePortDefinition,
  selectorLabels,
  servicePort,
  serviceShape,
} from './service-settings';
import { type TextsDefinition, texts } from './texts';

/**
 * An ingress or egress gateway, in the words of Istio's Helm chart `gateway`, whose values can be pasted here. Istiod
 * injects its proxy.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export interface GatewayDefinition extends GatewayPodDefinition {
  /**
   * The name of the workload, of the Service and of the other objects.
   * @default - the key of the gateway
   */
  readonly name?: string;
  /**
   * The namespace of the gateway, by name or as a map. It is created unless it is istio-system, or `create` is
   * `disabled`.
   * @default - istio-system
   */
  readonly namespace?: string | GatewayNamespaceDefinition;
  /**
   * The revision of the control plane that injects the proxy: that of one of the cluster's control planes, or a tag.
   * @default - the revision of the first control plane
   */
  readonly revision?: string;
  /**
   * The kind of workload. A DaemonSet runs one pod on each node, without autoscaling.
   * @default - Deployment
   */
  readonly kind?: 'Deployment' | 'DaemonSet';
  /**
   * The number of pods, if autoscaling is disabled.
   * @default - 1
   */
  readonly replicaCount?: number;
  /**
   * Autoscaling of a Deployment.
   * @default - 1 to 5 pods, at 80 % of the requested CPU
   */
  readonly autoscaling?: GatewayAutoscalingDefinition;
  /**
   * The Service of the gateway.
   * @default - a Service of type LoadBalancer with the ports 15021, 80 and 443
   */
  readonly service?: GatewayServiceDefinition;
  /**
   * Whether the proxy can read the Secrets in its namespace, to which `credentialName` of a Gateway refers.
   * @default - enabled
   */
  readonly rbac?: GatewayRbacDefinition;
  /**
   * The service account of the pods.
   * @default - one with the name of the gateway
   */
  readonly serviceAccount?: GatewayServiceAccountDefinition;
  /**
   * The network into which the gateway leads, which makes it an east-west gateway: the Service gets its ports. The
   * cluster then needs `eastWestGateway: disabled`.
   * @default - none
   */
  readonly networkGateway?: string;
  /**
   * The ports of the Service with `networkGateway`.
   * @default - 15021, 15443, 15012 and 15017
   */
  readonly networkGatewayPorts?: NetworkGatewayPortsDefinition;
  /**
   * Values that apply to all charts. Those with the name of another key here are its default, and
   * `networkPolicy.enabled` adds a NetworkPolicy.
   * @default - none
   */
  readonly global?: HelmValues;
  /**
   * The platform, if Istio treats it differently, such as `openshift`.
   * @default - that of Istio's values
   */
  readonly platform?: string;
  /**
   * The profile of Helm's chart. It has no effect on a gateway.
   * @default - none
   */
  readonly profile?: string;
  /**
   * The compatibility version of Helm's chart. It has no effect on a gateway.
   * @default - none
   */
  readonly compatibilityVersion?: string;
  /**
   * The condition of a Helm dependency. To remove a gateway, write `disabled` in place of its map.
   * @default - true
   */
  readonly enabled?: boolean;
  /**
   * A value of other charts of Istio, without effect here.
   * @default - none
   */
  readonly defaultRevision?: string;
  /**
   * A value of other charts of Istio, without effect here.
   * @default - none
   */
  readonly pilot?: HelmValues;
  /**
   * A value of older charts, without effect.
   * @default - none
   */
  readonly runAsRoot?: boolean;
  /**
   * A value of older charts, without effect.
   * @default - none
   */
  readonly unprivilegedPort?: boolean | 'auto';
  /**
   * Defaults of the chart, as in its values.yaml. Other keys override them.
   * @default - none
   */
  readonly _internal_defaults_do_not_set?: HelmValues;
}

/** The autoscaling of a gateway. */
export interface GatewayAutoscalingDefinition extends AutoscalingDefinition {
  /**
   * Whether a HorizontalPodAutoscaler sets the number of pods.
   * @default - true
   */
  readonly enabled?: boolean;
}

/** The Service of a gateway. */
export interface GatewayServiceDefinition extends ServiceFieldsDefinition {
  /**
   * The type of the Service, or None for no Service.
   * @default - LoadBalancer
   */
  readonly type?: 'LoadBalancer' | 'NodePort' | 'ClusterIP' | 'None';
  /**
   * The ports of the Service. A list replaces the default as a whole.
   * @default - 15021, 80 and 443
   */
  readonly ports?: readonly ServicePortDefinition[];
  /**
   * Further labels by which the Service selects pods.
   * @default - none
   */
  readonly selectorLabels?: TextsDefinition;
}

/** The role of a gateway. */
export interface GatewayRbacDefinition {
  /**
   * Whether the output has the role.
   * @default - true
   */
  readonly enabled?: boolean;
}

/** The service account of a gateway. */
export interface GatewayServiceAccountDefinition {
  /**
   * Whether the output has the service account.
   * @default - true
   */
  readonly create?: boolean;
  /**
   * The name of the service account.
   * @default - the name of the gateway, or `default` without `create`
   */
  readonly name?: string;
  /**
   * The annotations of the service account, such as those that give it a role of the cloud.
   * @default - none
   */
  readonly annotations?: TextsDefinition;
}

/** The ports of a gateway between networks. */
export interface NetworkGatewayPortsDefinition {
  /**
   * The port of health checks.
   * @default - 15021
   */
  readonly 'status-port'?: NetworkGatewayPortDefinition;
  /**
   * The port for the traffic of other networks.
   * @default - 15443
   */
  readonly tls?: NetworkGatewayPortDefinition;
  /**
   * The port of istiod for clusters without one.
   * @default - 15012
   */
  readonly 'tls-istiod'?: NetworkGatewayPortDefinition;
  /**
   * The port of istiod's webhooks for clusters without one.
   * @default - 15017
   */
  readonly 'tls-webhook'?: NetworkGatewayPortDefinition;
}

/** A port of a gateway between networks. */
export interface NetworkGatewayPortDefinition {
  /**
   * The port of the Service.
   */
  readonly port: number;
  /**
   * The port of the pods.
   * @default - the port that Istio uses for this purpose
   */
  readonly targetPort?: number;
  /**
   * The transport protocol.
   * @default - TCP
   */
  readonly protocol?: '' | 'TCP' | 'UDP' | 'SCTP';
}

/** Gateways by name. */
export type GatewaysDefinition = Readonly<Record<string, GatewayDefinition>>;

/** The gateways of a cluster, merged over those of the mesh. The word `disabled` removes one of them. */
export type ClusterGatewaysDefinition = Readonly<Record<string, GatewayDefinition | 'disabled'>>;

/** A map with the keys of an interface, all of them optional. In Helm, null unsets a default. */
function chartMap<Values>(shape: Shape<Values>): z.ZodType<Values> {
  return z.strictObject(nullish(shape)) as never;
}

function nullish(shape: object) {
  const entries: [string, z.ZodType][] = Object.entries(shape);
  return Object.fromEntries(entries.map(([key, schema]) => [key, schema.nullish()]));
}

const flag = z.boolean();
const text = z.string();
const count = integer(0, 2_147_483_647);
const autoscaling = chartMap<GatewayAutoscalingDefinition>({ enabled: flag, ...autoscalingShape });

const networkGatewayPort = z.strictObject({
  port: servedPort,
  targetPort: servedPort.nullish(),
  protocol: z.enum(['', 'TCP', 'UDP', 'SCTP']).nullish(),
}) as unknown as z.ZodType<NetworkGatewayPortDefinition>;

const gatewayShape: Shape<GatewayDefinition> = {
  name: z.union([z.literal(''), serviceName]),
  namespace: gatewayNamespaceSchema,
  revision: z.union([z.literal(''), revision]),
  kind: z.enum(['Deployment', 'DaemonSet']),
  replicaCount: count,
  autoscaling,
  service: chartMap<GatewayServiceDefinition>({
    ...serviceShape,
    type: z.enum(['LoadBalancer', 'NodePort', 'ClusterIP', 'None']),
    ports: z.array(servicePort),
    selectorLabels,
  }),
  rbac: chartMap<GatewayRbacDefinition>({ enabled: flag }),
  serviceAccount: chartMap<GatewayServiceAccountDefinition>({
    create: flag,
    name: z.union([z.literal(''), dnsSubdomain]),
    annotations: texts(annotations),
  }),
  ...podShape,
  networkGateway: matching(
    /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/,
    'Write the name of the network.',
  ),
  networkGatewayPorts: chartMap<NetworkGatewayPortsDefinition>({
    'status-port': networkGatewayPort,
    tls: networkGatewayPort,
    'tls-istiod': networkGatewayPort,
    'tls-webhook': networkGatewayPort,
  }),
  global: checked(() => z.looseObject(nullish(gatewayShape))),
  platform: z.enum(['', ...istioPlatforms]),
  profile: text,
  compatibilityVersion: text,
  enabled: flag,
  defaultRevision: text,
  pilot: anyMap,
  runAsRoot: flag,
  unprivilegedPort: z.union([flag, z.literal('auto')]),
  _internal_defaults_do_not_set: checked(() => gatewaySchema),
};

/** The schema of a gateway. */
export const gatewaySchema = chartMap<GatewayDefinition>(gatewayShape);

const gatewayKey = serviceName;

/** The schema of `gateways` of a mesh. */
export const gatewaysSchema: z.ZodType<GatewaysDefinition> = z.record(gatewayKey, gatewaySchema);

/** The schema of `gateways` of a cluster. */
export const clusterGatewaysSchema: z.ZodType<ClusterGatewaysDefinition> = z.record(
  gatewayKey,
  z.union([z.literal('disabled'), gatewaySchema]),
);
