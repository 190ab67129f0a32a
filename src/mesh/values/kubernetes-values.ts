import type { HelmValues } from '../helm-values';

/** A whole number or a percentage such as `25%`, where Kubernetes accepts both. */
export type IntOrString = number | string;

/** The resource requests and limits of a container. `null` removes a default of the chart. */
export interface ResourceValues {
  /**
   * The requested resources, as quantities such as 100m of `cpu` or 128Mi of `memory`.
   * @default - the requests of the chart
   */
  readonly requests?: Readonly<Record<string, string | null>> | null;
  /**
   * The resource limits, as quantities.
   * @default - the limits of the chart
   */
  readonly limits?: Readonly<Record<string, string | null>> | null;
}

/** The target utilization of a HorizontalPodAutoscaler. */
export interface TargetUtilizationValues {
  /**
   * The target in percent of the requested resource.
   * @default - 80 for CPU, none for memory
   */
  readonly targetAverageUtilization?: number;
}

/** A Kubernetes label selector. */
export interface LabelSelectorValues {
  /**
   * The required labels and their values.
   * @default - none
   */
  readonly matchLabels?: Readonly<Record<string, string>>;
  /**
   * The requirements with `key`, `operator` and `values`. All of them must match.
   * @default - none
   */
  readonly matchExpressions?: readonly HelmValues[];
}

/** The IP family policies of a Service. */
export const ipFamilyPolicies = ['', 'SingleStack', 'PreferDualStack', 'RequireDualStack'] as const;
export type IpFamilyPolicy = (typeof ipFamilyPolicies)[number];

/** The IP families of a Service. */
export const ipFamilyNames = ['IPv4', 'IPv6'] as const;
export type IpFamily = (typeof ipFamilyNames)[number];

/** The image variants. */
export const imageVariants = ['', 'debug', 'distroless'] as const;
export type ImageVariant = (typeof imageVariants)[number];

/** The image pull policies. */
export const imagePullPolicies = ['', 'Always', 'IfNotPresent', 'Never'] as const;
export type ImagePullPolicy = (typeof imagePullPolicies)[number];

/** The platforms for which Istio's charts have specific settings. */
export const istioPlatforms = ['gke', 'k3d', 'k3s', 'microk8s', 'minikube', 'openshift'] as const;
export type IstioPlatform = (typeof istioPlatforms)[number];
