import type { HelmValues } from '../helm-values';
import type { TolerationDefinition } from '../kubernetes/scheduling';
import type {
  IntOrString,
  IpFamily,
  IpFamilyPolicy,
  ResourceValues,
  TargetUtilizationValues,
} from './kubernetes-values';

/** The ingress gateway, and the security settings of gateways that istiod deploys. */
export interface GatewaysValues {
  /**
   * The ingress gateway of the profile `default`.
   * @default - the defaults of the chart
   */
  readonly 'istio-ingressgateway'?: IngressGatewayValues;
  /**
   * The egress gateways. `enabled` adds one, as does `istio.components.egressGateways`.
   * @default - the defaults of the chart
   */
  readonly 'istio-egressgateway'?: EgressGatewayValues;
  /**
   * The security context of the pods of injected gateways.
   * @default - the minimum privileges for ports 80 and 443
   */
  readonly securityContext?: HelmValues;
  /**
   * The seccomp profile of gateways that istiod deploys, such as `type: RuntimeDefault`.
   * @default - none
   */
  readonly seccompProfile?: HelmValues;
}

/** The values that Istio's charts of ingress and egress gateways share. */
export interface ChartGatewayValues {
  /**
   * Without effect, as with istioctl: the name is that of the component in `istio.components`.
   * @default - istio-ingressgateway
   */
  readonly name?: string;
  /**
   * Without effect, as with istioctl: the labels are those of the component in `istio.components`.
   * @default - app: istio-ingressgateway, istio: ingressgateway
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * The ports of the Service. Some load balancers use the first port for health checks.
   * @default - 15021 for health checks, 80 and 443
   */
  readonly ports?: readonly GatewayPortValues[];
  /**
   * The type of the Service.
   * @default - LoadBalancer
   */
  readonly type?: string;
  /**
   * The annotations of the Service.
   * @default - none
   */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
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
   * Whether a node forwards external traffic to pods on other nodes.
   * @default - the default of the cluster
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;
  /**
   * Whether the Service uses IPv4, IPv6 or both.
   * @default - the default of the cluster
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;
  /**
   * The IP families of the Service, the primary one first.
   * @default - the default of the cluster
   */
  readonly ipFamilies?: readonly IpFamily[];
  /**
   * Whether you provide the Service yourself, so that none is written.
   * @default - false
   */
  readonly customService?: boolean;
  /**
   * Whether a HorizontalPodAutoscaler scales the pods.
   * @default - true
   */
  readonly autoscaleEnabled?: boolean;
  /**
   * The minimum number of pods.
   * @default - 1
   */
  readonly autoscaleMin?: number;
  /**
   * The maximum number of pods.
   * @default - 5
   */
  readonly autoscaleMax?: number;
  /**
   * The target CPU utilization.
   * @default - 80 % of the requests
   */
  readonly cpu?: TargetUtilizationValues;
  /**
   * The target memory utilization.
   * @default - none
   */
  readonly memory?: TargetUtilizationValues;
  /**
   * The number of pods, if autoscaling is disabled.
   * @default - 1
   */
  readonly replicaCount?: number;
  /**
   * The number or percentage of pods that a rolling update can add.
   * @default - 100%
   */
  readonly rollingMaxSurge?: IntOrString;
  /**
   * The number or percentage of pods that can be unavailable during a rolling update.
   * @default - 25%
   */
  readonly rollingMaxUnavailable?: IntOrString;
  /**
   * The resource requests and limits of each pod.
   * @default - requests 100m CPU and 128Mi memory, limits 2000m and 1024Mi
   */
  readonly resources?: ResourceValues;
  /**
   * The labels of the nodes on which the pods can run.
   * @default - global.defaultNodeSelector
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * The tolerations of the pods.
   * @default - global.defaultTolerations
   */
  readonly tolerations?: readonly TolerationDefinition[];
  /**
   * Required pod anti-affinity rules.
   * @default - none
   */
  readonly podAntiAffinityLabelSelector?: readonly PodAntiAffinityValues[];
  /**
   * Preferred pod anti-affinity rules.
   * @default - none
   */
  readonly podAntiAffinityTermLabelSelector?: readonly PodAntiAffinityValues[];
  /**
   * The annotations of the pods.
   * @default - only those of the chart
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /**
   * The service account of the gateway.
   * @default - a service account without annotations
   */
  readonly serviceAccount?: ServiceAccountValues;
  /**
   * Environment variables of the proxy, by name.
   * @default - only those of the chart
   */
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  /**
   * Secrets that are mounted into the proxy.
   * @default - istio-ingressgateway-certs and istio-ingressgateway-ca-certs
   */
  readonly secretVolumes?: readonly SecretVolumeValues[];
  /**
   * ConfigMaps that are mounted into the proxy.
   * @default - none
   */
  readonly configVolumes?: readonly ConfigVolumeValues[];
  /**
   * Additional containers in the pods.
   * @default - none
   */
  readonly additionalContainers?: readonly HelmValues[];
  /**
   * Whether the proxy runs as root, so that it can bind any port.
   * @default - false
   */
  readonly runAsRoot?: boolean;
  /**
   * The injection template for the pods, instead of a full pod template from the chart.
   * @default - none
   */
  readonly injectionTemplate?: string;
}

/** The ingress gateway. */
export interface IngressGatewayValues extends ChartGatewayValues {
  /**
   * Additional ports of the Service.
   * @default - none
   */
  readonly ingressPorts?: readonly IngressPortValues[];
}

/** An egress gateway. */
export interface EgressGatewayValues extends ChartGatewayValues {
  /**
   * Whether the cluster has an egress gateway.
   * @default - false, but true in the profile `demo`
   */
  readonly enabled?: boolean;
}

/** Whether a node forwards external traffic to pods on other nodes. */
export const externalTrafficPolicies = ['', 'Cluster', 'Local'] as const;
export type ExternalTrafficPolicy = (typeof externalTrafficPolicies)[number];

/** A port of the Service of a gateway. */
export interface GatewayPortValues {
  /**
   * The name of the port, from which Istio derives the protocol.
   * @default - none
   */
  readonly name?: string;
  /**
   * The port of the Service.
   * @default - none
   */
  readonly port?: number;
  /**
   * The port of the pod.
   * @default - the port of the Service
   */
  readonly targetPort?: number;
  /**
   * The port on every node.
   * @default - a port that the cluster assigns
   */
  readonly nodePort?: number;
  /**
   * The transport protocol of the port.
   * @default - TCP
   */
  readonly protocol?: string;
}

/** An additional port of the Service of an ingress gateway. */
export interface IngressPortValues {
  /**
   * The name of the port, from which Istio derives the protocol.
   * @default - none
   */
  readonly name?: string;
  /**
   * The port of the Service.
   * @default - none
   */
  readonly port?: number;
  /**
   * The port of the pod. Istio only checks that it does not require root.
   * @default - the port of the Service
   */
  readonly targetPort?: number;
}

/** A pod anti-affinity rule. */
export interface PodAntiAffinityValues {
  /**
   * The key of the label.
   * @default - none
   */
  readonly key?: string;
  /**
   * The operator: In, NotIn, Exists or DoesNotExist.
   * @default - none
   */
  readonly operator?: string;
  /**
   * The values of the label, separated by commas.
   * @default - none
   */
  readonly values?: string;
  /**
   * The topology key: the node label that defines the topology domain.
   * @default - none
   */
  readonly topologyKey?: string;
  /**
   * The namespaces of the pods, separated by commas. Only for `podAntiAffinityLabelSelector`.
   * @default - the namespace of the gateway
   */
  readonly namespaces?: string;
}

/** The service account of a gateway. */
export interface ServiceAccountValues {
  /**
   * The annotations of the service account.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Secret that is mounted into a proxy. */
export interface SecretVolumeValues {
  /**
   * The name of the volume.
   * @default - none
   */
  readonly name?: string;
  /**
   * The name of the Secret.
   * @default - none
   */
  readonly secretName?: string;
  /**
   * The path where the volume is mounted.
   * @default - none
   */
  readonly mountPath?: string;
}

/** A ConfigMap that is mounted into a proxy. */
export interface ConfigVolumeValues {
  /**
   * The name of the volume.
   * @default - none
   */
  readonly name?: string;
  /**
   * The name of the ConfigMap.
   * @default - none
   */
  readonly configMapName?: string;
  /**
   * The path where the volume is mounted.
   * @default - none
   */
  readonly mountPath?: string;
}
