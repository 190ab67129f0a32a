import type { HelmValues } from '../helm-values';

/** A whole number, or a share such as `25%`, where Kubernetes takes either. */
export type IntOrString = number | string;

/** What a container asks for and may use. `null` takes back what the chart sets by default. */
export interface ResourceValues {
  /**
   * What is reserved, in quantities such as 100m of `cpu` or 128Mi of `memory`.
   * @default - what the chart reserves
   */
  readonly requests?: Readonly<Record<string, string | null>> | null;
  /**
   * What may be used at most, in the same quantities.
   * @default - what the chart permits
   */
  readonly limits?: Readonly<Record<string, string | null>> | null;
}

/** The share of what pods request, above which a HorizontalPodAutoscaler adds pods. */
export interface TargetUtilizationValues {
  /**
   * The share in percent.
   * @default - 80 for CPU; memory is not looked at
   */
  readonly targetAverageUtilization?: number;
}

/** A selector of labels, as in Kubernetes. */
export interface LabelSelectorValues {
  /**
   * Labels that must be there with these values.
   * @default - none
   */
  readonly matchLabels?: Readonly<Record<string, string>>;
  /**
   * Requirements with `key`, `operator` and `values`, all of which must hold.
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

/** The kinds of image. */
export const imageVariants = ['', 'debug', 'distroless'] as const;
export type ImageVariant = (typeof imageVariants)[number];

/** When nodes pull images. */
export const imagePullPolicies = ['', 'Always', 'IfNotPresent', 'Never'] as const;
export type ImagePullPolicy = (typeof imagePullPolicies)[number];

/** The platforms for which Istio's charts have settings of their own. */
export const istioPlatforms = ['gke', 'k3d', 'k3s', 'microk8s', 'minikube', 'openshift'] as const;
export type IstioPlatform = (typeof istioPlatforms)[number];
