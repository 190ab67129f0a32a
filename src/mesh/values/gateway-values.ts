import type { TolerationDefinition } from '../gateway';
import type { HelmValues } from '../helm-values';
import type {
  IntOrString,
  IpFamily,
  IpFamilyPolicy,
  ResourceValues,
  TargetUtilizationValues,
} from './kubernetes-values';

/** The ingress gateway, and the security of gateways that istiod deploys. */
export interface GatewaysValues {
  /**
   * The ingress gateway, which the profile `default` has.
   * @default - the chart's defaults
   */
  readonly 'istio-ingressgateway'?: IngressGatewayValues;
  /**
   * The egress gateway, which neither `default` nor `minimal` has.
   * @default - there is none
   */
  readonly 'istio-egressgateway'?: HelmValues;
  /**
   * The security context of the pods of injected gateways.
   * @default - the least rights that ports 80 and 443 need
   */
  readonly securityContext?: HelmValues;
  /**
   * The seccomp profile of gateways that istiod deploys, such as type RuntimeDefault.
   * @default - none
   */
  readonly seccompProfile?: HelmValues;
}

/** The ingress gateway. */
export interface IngressGatewayValues {
  /**
   * The name of its objects.
   * @default - istio-ingressgateway
   */
  readonly name?: string;
  /**
   * Its labels, by which Gateway resources of Istio select it.
   * @default - app istio-ingressgateway, istio ingressgateway
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * The ports of its Service; the first is the one that some load balancers probe.
   * @default - 15021 for probes, 80 and 443
   */
  readonly ports?: readonly GatewayPortValues[];
  /**
   * Further ports of its Service, besides `ports`.
   * @default - none
   */
  readonly ingressPorts?: readonly IngressPortValues[];
  /**
   * How its Service is reached from outside.
   * @default - LoadBalancer
   */
  readonly type?: string;
  /**
   * Annotations of its Service.
   * @default - none
   */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
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
   * @default - the cluster's default
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;
  /**
   * Whether its Service uses IPv4, IPv6 or both.
   * @default - the cluster's default
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;
  /**
   * The IP families of its Service, the most important first.
   * @default - the cluster's default
   */
  readonly ipFamilies?: readonly IpFamily[];
  /**
   * Whether its Service is left out, because somebody else writes it.
   * @default - false
   */
  readonly customService?: boolean;
  /**
   * Whether a HorizontalPodAutoscaler chooses the number of pods.
   * @default - true
   */
  readonly autoscaleEnabled?: boolean;
  /**
   * The least number of pods.
   * @default - 1
   */
  readonly autoscaleMin?: number;
  /**
   * The greatest number of pods.
   * @default - 5
   */
  readonly autoscaleMax?: number;
  /**
   * The CPU use above which pods are added.
   * @default - 80 % of what pods request
   */
  readonly cpu?: TargetUtilizationValues;
  /**
   * The memory use above which pods are added.
   * @default - memory is not looked at
   */
  readonly memory?: TargetUtilizationValues;
  /**
   * The number of pods, where it is not scaled automatically.
   * @default - 1
   */
  readonly replicaCount?: number;
  /**
   * How many pods an update may add at once.
   * @default - 100%
   */
  readonly rollingMaxSurge?: IntOrString;
  /**
   * How many pods may be missing during an update.
   * @default - 25%
   */
  readonly rollingMaxUnavailable?: IntOrString;
  /**
   * What each pod asks for and may use.
   * @default - requests 100m CPU and 128Mi memory, limits 2000m and 1024Mi
   */
  readonly resources?: ResourceValues;
  /**
   * Labels of the nodes that pods may run on.
   * @default - global.defaultNodeSelector
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * Taints of nodes that pods tolerate.
   * @default - global.defaultTolerations
   */
  readonly tolerations?: readonly TolerationDefinition[];
  /**
   * The pods beside which its own must not run.
   * @default - none
   */
  readonly podAntiAffinityLabelSelector?: readonly PodAntiAffinityValues[];
  /**
   * The pods beside which its own should rather not run.
   * @default - none
   */
  readonly podAntiAffinityTermLabelSelector?: readonly PodAntiAffinityValues[];
  /**
   * Annotations of its pods.
   * @default - none besides those that the chart sets
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /**
   * Its service account.
   * @default - without annotations
   */
  readonly serviceAccount?: ServiceAccountValues;
  /**
   * Environment variables of the proxy by name.
   * @default - none besides those that the chart sets
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
   * Containers beside the proxy.
   * @default - none
   */
  readonly additionalContainers?: readonly HelmValues[];
  /**
   * Whether the proxy runs as root, so that it may bind any port.
   * @default - false
   */
  readonly runAsRoot?: boolean;
  /**
   * The injection template that fills the pod, in place of a pod that the chart writes in full.
   * @default - none
   */
  readonly injectionTemplate?: string;
}

/** Whether traffic may be sent on to pods of other nodes. */
export const externalTrafficPolicies = ['', 'Cluster', 'Local'] as const;
export type ExternalTrafficPolicy = (typeof externalTrafficPolicies)[number];

/** A port of a gateway's Service. */
export interface GatewayPortValues {
  /**
   * The port's name, which says its protocol to Istio.
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
   * The port of every node.
   * @default - the cluster's choice
   */
  readonly nodePort?: number;
  /**
   * The port's transport protocol.
   * @default - TCP
   */
  readonly protocol?: string;
}

/** A further port of an ingress gateway's Service. */
export interface IngressPortValues {
  /**
   * The port's name, which says its protocol to Istio.
   * @default - none
   */
  readonly name?: string;
  /**
   * The port of the Service.
   * @default - none
   */
  readonly port?: number;
  /**
   * The port of the pod. Istio only checks that it needs no root.
   * @default - the port of the Service
   */
  readonly targetPort?: number;
}

/** Pods beside which others do not run. */
export interface PodAntiAffinityValues {
  /**
   * The label's key.
   * @default - none
   */
  readonly key?: string;
  /**
   * How key and values are compared: In, NotIn, Exists or DoesNotExist.
   * @default - none
   */
  readonly operator?: string;
  /**
   * The label's values, separated by commas.
   * @default - none
   */
  readonly values?: string;
  /**
   * The label of nodes that says what counts as beside.
   * @default - none
   */
  readonly topologyKey?: string;
  /**
   * The namespaces of the pods, separated by commas; only `podAntiAffinityLabelSelector` has them.
   * @default - the gateway's own
   */
  readonly namespaces?: string;
}

/** The service account of a gateway. */
export interface ServiceAccountValues {
  /**
   * Its annotations.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Secret that is mounted into a proxy. */
export interface SecretVolumeValues {
  /**
   * The volume's name.
   * @default - none
   */
  readonly name?: string;
  /**
   * The name of the Secret.
   * @default - none
   */
  readonly secretName?: string;
  /**
   * The folder where it is mounted.
   * @default - none
   */
  readonly mountPath?: string;
}

/** A ConfigMap that is mounted into a proxy. */
export interface ConfigVolumeValues {
  /**
   * The volume's name.
   * @default - none
   */
  readonly name?: string;
  /**
   * The name of the ConfigMap.
   * @default - none
   */
  readonly configMapName?: string;
  /**
   * The folder where it is mounted.
   * @default - none
   */
  readonly mountPath?: string;
}
