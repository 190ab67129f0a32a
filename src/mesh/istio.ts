import { z } from 'zod';
import { type HelmValues, mergeValues } from './helm-values';
import { defaultRevision } from './istio-names';
import { defaultHub, isIstioVersion, latestIstioVersion } from './istio-version';
import type { ClusterIstio, ControlPlaneSettings } from './mesh';
import { dnsLabel, matching, nonEmptyString } from './schema-types';
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

/** How istiod is configured, and in which format its manifests are written. */
export interface IstioDefinition extends ControlPlaneDefinition {
  /**
   * The installation profile: `default` has an ingress gateway, `minimal` has none.
   * @default - default
   */
  readonly profile?: IstioProfile;
  /**
   * The format of the control plane. `native` writes plain manifests out of this package's own constructs;
   * `operator` writes IstioOperator files for `istioctl install -f`; `istioctl` renders the manifests at
   * synthesis with the istioctl on this machine; `helm` has the GitOps tool install Istio's
   * official charts.
   * @default - native
   */
  readonly controlPlane?: ControlPlaneFormat;
  /**
   * The istioctl program that the format `istioctl` runs: a name on the PATH, or a path. A relative path
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
  readonly canary?: CanaryDefinition;
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
  readonly canary?: CanaryDefinition | 'disabled';
}

/**
 * A second control plane in a cluster. What it does not say is as in the first, and its values are
 * merged over those of the first.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 */
export interface CanaryDefinition extends ControlPlaneDefinition {
  /**
   * The revision of the second control plane, another than that of the first.
   */
  readonly revision: string;
}

/** The profiles of istioctl that make a primary cluster with sidecars. */
export const istioProfiles = ['default', 'minimal', 'demo', 'preview', 'stable'] as const;
export type IstioProfile = (typeof istioProfiles)[number];

/** The formats in which a control plane can be written. */
export const controlPlaneFormats = ['native', 'operator', 'istioctl', 'helm'] as const;
export type ControlPlaneFormat = (typeof controlPlaneFormats)[number];

/** The format of a mesh that names none. */
export const defaultControlPlaneFormat: ControlPlaneFormat = 'native';

/** Whether Istio's CustomResourceDefinitions are part of the output. */
export const crdsChoices = ['write', 'skip'] as const;
export type CrdsChoice = (typeof crdsChoices)[number];

const versionHint = 'Write a full Istio version from 1.12 on, such as 1.31.0.';
const version = z
  .string({ error: versionHint })
  .refine(isIstioVersion, { error: versionHint })
  .meta({ pattern: '^1\\.(1[2-9]|[2-9]\\d|[1-9]\\d\\d)\\.\\d{1,3}(-[0-9A-Za-z.-]+)?$' });

const values = z.record(z.string(), z.json());

const controlPlane = {
  version: version.optional(),
  hub: matching(
    /^[^\s/]+(\/[^\s/]+)*$/,
    'Write a registry and folder without a slash at the end.',
  ).optional(),
  tag: matching(/^\w[\w.-]{0,127}$/, 'Write the tag of an image, such as 1.31.0-distroless.').optional(),
  revision: dnsLabel.optional(),
  values: values.optional(),
};

const profile = z.enum(istioProfiles);
const canary = z.strictObject({ ...controlPlane, revision: dnsLabel });

/** The shape of a mesh's istio settings. */
export const istioSchema = z.strictObject({
  ...controlPlane,
  profile: profile.optional(),
  controlPlane: z.enum(controlPlaneFormats).optional(),
  istioctl: nonEmptyString.optional(),
  crds: z.enum(crdsChoices).optional(),
  canary: canary.optional(),
});

/** The shape of what a cluster changes of them. */
export const clusterIstioSchema = z.strictObject({
  ...controlPlane,
  profile: profile.optional(),
  canary: z.union([z.literal('disabled'), canary]).optional(),
});

/** Fills in the control planes of a cluster: what it says itself, else what the mesh says, else the defaults. */
export function istioWithDefaults(
  mesh: IstioDefinition = {},
  cluster: ClusterIstioDefinition = {},
): ClusterIstio {
  const profile = cluster.profile ?? mesh.profile ?? 'default';
  const first = complete([cluster, mesh]);
  const canary = cluster.canary ?? mesh.canary ?? 'disabled';
  if (canary === 'disabled') return { ...first, profile };
  return { ...first, profile, canary: { ...complete([canary, cluster, mesh]), profile } };
}

/** Completes a control plane from definitions of which the nearest comes first. */
function complete(definitions: readonly ControlPlaneDefinition[]): Omit<ControlPlaneSettings, 'profile'> {
  const versioned = definitions.findIndex(({ version }) => version !== undefined);
  const version = definitions[versioned]?.version ?? latestIstioVersion;
  return {
    version,
    hub: first(definitions, 'hub') ?? defaultHub(version),
    // A tag that was written beside an older version is of that version.
    tag: first(versioned < 0 ? definitions : definitions.slice(0, versioned + 1), 'tag') ?? version,
    revision: first(definitions, 'revision') ?? defaultRevision,
    values: mergeValues(...definitions.map(({ values = {} }) => values).reverse()),
  };
}

function first<Key extends 'hub' | 'tag' | 'revision'>(
  definitions: readonly ControlPlaneDefinition[],
  key: Key,
): string | undefined {
  return definitions.find((definition) => definition[key] !== undefined)?.[key];
}
