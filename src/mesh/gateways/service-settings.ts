import { isIP } from 'node:net';
import { z } from 'zod';
import type { HelmValues } from '../helm-values';
import { checked } from '../kubernetes/api-object';
import { isCidrRange } from '../kubernetes/ip-ranges';
import { labelKey, labels } from '../kubernetes/names';
import { serviceAnnotations } from '../kubernetes/service-annotations';
import { dnsLabel, integer, matching } from '../schema-types';
import { ipFamilyPolicies } from '../values/kubernetes-values';
import { ipFamilies, type Shape, servedPort } from '../values/schemas/common';
import { type TextsDefinition, texts } from './texts';

/** The fields that the Services of all gateways have. */
export interface ServiceFieldsDefinition {
  /**
   * The annotations of the Service.
   * @default - none
   */
  readonly annotations?: TextsDefinition;
  /**
   * The class of the load balancer.
   * @default - the cluster's default
   */
  readonly loadBalancerClass?: string;
  /**
   * The address of the load balancer, if the cloud supports this setting.
   * @default - an address that the cloud assigns
   */
  readonly loadBalancerIP?: string;
  /**
   * The CIDR ranges from which clients can connect.
   * @default - all addresses
   */
  readonly loadBalancerSourceRanges?: readonly string[];
  /**
   * Whether the Service of a load balancer also gets ports of the nodes.
   * @default - true
   */
  readonly allocateLoadBalancerNodePorts?: boolean;
  /**
   * The port of the nodes at which a load balancer checks their health, with `externalTrafficPolicy: Local`.
   * @default - a port that Kubernetes assigns
   */
  readonly healthCheckNodePort?: number;
  /**
   * Addresses outside the cluster that lead to its nodes.
   * @default - none
   */
  readonly externalIPs?: readonly string[];
  /**
   * Whether a node forwards external traffic to pods on other nodes.
   * @default - Cluster
   */
  readonly externalTrafficPolicy?: '' | 'Cluster' | 'Local';
  /**
   * Whether a node forwards traffic from its own pods to pods on other nodes.
   * @default - Cluster
   */
  readonly internalTrafficPolicy?: '' | 'Cluster' | 'Local';
  /**
   * The IP address of the Service, or None.
   * @default - an address that Kubernetes assigns
   */
  readonly clusterIP?: string;
  /**
   * The IP families of the Service.
   * @default - that of the cluster
   */
  readonly ipFamilies?: readonly ('IPv4' | 'IPv6')[];
  /**
   * Whether the Service has one IP family or two.
   * @default - SingleStack
   */
  readonly ipFamilyPolicy?: (typeof ipFamilyPolicies)[number];
  /**
   * Whether the connections of a client go to the same pod.
   * @default - None
   */
  readonly sessionAffinity?: 'None' | 'ClientIP';
  /**
   * For how long the connections of a client go to the same pod, as in a Service.
   * @default - three hours
   */
  readonly sessionAffinityConfig?: HelmValues;
  /**
   * Whether the Service also leads to pods that are not ready.
   * @default - false
   */
  readonly publishNotReadyAddresses?: boolean;
  /**
   * Which pods the traffic prefers, such as PreferClose.
   * @default - no preference
   */
  readonly trafficDistribution?: string;
}

/** A port of a Service. */
export interface ServicePortDefinition {
  /**
   * The name of the port. It is required if there are several.
   * @default - none
   */
  readonly name?: string;
  /**
   * The port of the Service.
   */
  readonly port: number;
  /**
   * The port of the pods: a number, or the name of a port of the container.
   * @default - the port of the Service
   */
  readonly targetPort?: number | string;
  /**
   * The port of the nodes.
   * @default - a port that Kubernetes assigns, if the type of the Service has one
   */
  readonly nodePort?: number;
  /**
   * The transport protocol.
   * @default - TCP
   */
  readonly protocol?: '' | 'TCP' | 'UDP' | 'SCTP';
  /**
   * The application protocol, such as `http` or `kubernetes.io/h2c`.
   * @default - none
   */
  readonly appProtocol?: string;
}

export const cidrRange = z
  .string()
  .refine(isCidrRange, { error: 'Write a range such as 203.0.113.0/24.' })
  .meta({ pattern: '^[0-9A-Fa-f:.]+/\\d{1,3}$' });

/** The API server refuses addresses that only the node itself has. */
const externalIp = z
  .string()
  .refine((address) => isIP(address) > 0, { error: 'Write an IP address such as 203.0.113.10.' })
  .refine((address) => !isOfNode(address), {
    error: 'Write an address that clients outside the cluster can reach, such as 203.0.113.10.',
  });

function isOfNode(address: string): boolean {
  return /^(127\.|169\.254\.|224\.0\.0\.|0\.0\.0\.0$|::1?$|fe[89ab].:|ff.2:)/i.test(address);
}

const trafficPolicy = z.enum(['', 'Cluster', 'Local']);

/** The schemas of the keys that the Services of all gateways have. */
export const serviceShape: Shape<ServiceFieldsDefinition> = {
  annotations: texts(serviceAnnotations),
  loadBalancerClass: labelKey,
  loadBalancerIP: z.string(),
  loadBalancerSourceRanges: z.array(cidrRange),
  allocateLoadBalancerNodePorts: z.boolean(),
  healthCheckNodePort: integer(0, 65_535),
  externalIPs: z.array(externalIp),
  externalTrafficPolicy: trafficPolicy,
  internalTrafficPolicy: trafficPolicy,
  clusterIP: z.string().refine((address) => ['', 'None'].includes(address) || isIP(address) > 0, {
    error: 'Write an IP address, or None.',
  }),
  ipFamilies,
  ipFamilyPolicy: z.enum(ipFamilyPolicies),
  sessionAffinity: z.enum(['None', 'ClientIP']),
  sessionAffinityConfig: checked(sessionAffinityConfig),
  publishNotReadyAddresses: z.boolean(),
  trafficDistribution: z.enum(['PreferClose', 'PreferSameZone', 'PreferSameNode']),
};

function sessionAffinityConfig() {
  return z.strictObject({
    clientIP: z.strictObject({ timeoutSeconds: integer(1, 86_400).nullish() }).nullish(),
  });
}

const portName = matching(/^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/, '').refine((name) => /[a-z]/.test(name));

const targetPort = z.union([servedPort, portName], {
  error: 'Write a port from 1 to 65535, or the name of a port.',
});

/** The schema of a port of a Service. */
export const servicePort = z.strictObject({
  name: dnsLabel.nullish(),
  port: servedPort,
  targetPort: targetPort.nullish(),
  nodePort: integer(0, 65_535).nullish(),
  protocol: z.enum(['', 'TCP', 'UDP', 'SCTP']).nullish(),
  appProtocol: labelKey.nullish(),
}) as unknown as z.ZodType<ServicePortDefinition>;

/** Labels that a Service selects pods by. */
export const selectorLabels = texts(labels);
