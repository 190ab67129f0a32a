import type { HelmValues } from './helm-values';
import type { IstioValues } from './values/istio-values';

/** What a control plane runs, and how it is configured. */
export interface ControlPlaneDefinition {
  /**
   * The version of Istio, in three numbers, such as 1.31.0.
   * @default - 1.31.0
   */
  readonly version?: string;
  /**
   * The registry and folder of Istio's images.
   * @default - registry.istio.io/release from 1.31 on, docker.io/istio before
   */
  readonly hub?: string;
  /**
   * The tag of Istio's images.
   * @default - the version
   */
  readonly tag?: string;
  /**
   * The revision of the control plane; namespaces join it by the label `istio.io/rev`.
   * @default - default
   */
  readonly revision?: string;
  /**
   * Istio's own Helm values, for every cluster.
   * @default - none
   */
  readonly values?: IstioValues | HelmValues;
}

/** How istiod is configured, and in which form its manifests are written. */
export interface IstioDefinition extends ControlPlaneDefinition {
  /**
   * The installation profile: `default` has an ingress gateway, `minimal` has none.
   * @default - default
   */
  readonly profile?: IstioProfile;
  /**
   * The form of the control plane. `native` writes plain manifests out of this package's own constructs;
   * `operator` writes IstioOperator files for `istioctl install -f`; `istioctl` renders the manifests at
   * synthesis with the istioctl on this machine; `helm` has the engine of delivery install Istio's
   * official charts.
   * @default - native
   */
  readonly controlPlane?: ControlPlaneForm;
  /**
   * The istioctl program that the form `istioctl` runs: a name on the PATH, or a path. A relative path
   * starts at the folder of mesh.yaml.
   * @default - istioctl
   */
  readonly istioctl?: string;
  /**
   * Whether Istio's CustomResourceDefinitions are written, or somebody else keeps them in the clusters.
   * @default - write
   */
  readonly crds?: CrdsChoice;
  /**
   * A second control plane of another revision beside the first, as long as workloads move from one to
   * the other.
   * @default - none
   */
  readonly alongside?: AlongsideDefinition;
}

/** What a cluster may change of the mesh's istio settings. */
export interface ClusterIstioDefinition extends ControlPlaneDefinition {
  /**
   * The installation profile of this cluster.
   * @default - that of the mesh
   */
  readonly profile?: IstioProfile;
  /**
   * The second control plane of this cluster, or `disabled` for none where the mesh has one.
   * @default - that of the mesh
   */
  readonly alongside?: AlongsideDefinition | 'disabled';
}

/**
 * A second control plane in a cluster. What it does not say is as in the first, and its values are
 * merged over those of the first.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 */
export interface AlongsideDefinition extends ControlPlaneDefinition {
  /**
   * The revision of the second control plane, another than that of the first.
   */
  readonly revision: string;
}

/** The profiles of istioctl that make a primary cluster with sidecars. */
export const istioProfiles = ['default', 'minimal', 'demo', 'preview', 'stable'] as const;
export type IstioProfile = (typeof istioProfiles)[number];

/** The forms in which a control plane can be written. */
export const controlPlaneForms = ['native', 'operator', 'istioctl', 'helm'] as const;
export type ControlPlaneForm = (typeof controlPlaneForms)[number];

/** The form of a mesh that names none. */
export const defaultControlPlaneForm: ControlPlaneForm = 'native';

/** Whether Istio's CustomResourceDefinitions are part of the output. */
export const crdsChoices = ['write', 'skip'] as const;
export type CrdsChoice = (typeof crdsChoices)[number];
