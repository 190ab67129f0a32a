import { z } from 'zod';
import { valueAt } from '../problems/problem';
import { type CniDefinition, cniSchema, cniWithDefaults } from './cni';
import type { ComponentsDefinition, ControlPlaneComponents } from './components/definition';
import { componentsSchema, controlPlaneComponentsSchema } from './components/schema';
import { type DataPlane, dataPlaneOf, hasAmbient } from './data-plane';
import { type HelmValues, mergeValues } from './helm-values';
import { defaultRevision, istioSystem } from './istio-names';
import { defaultHub, isIstioVersion, latestIstioVersion } from './istio-version';
import type { ClusterIstio, ControlPlaneSettings } from './mesh';
import { profilePreset } from './profile-presets';
import { matching, nonEmptyString, revision, wordOf } from './schema-types';
import type { IstioValues } from './values/istio-values';
import { istioPlatforms } from './values/kubernetes-values';
import { ambientNamespace, ztunnelWithDefaults } from './ztunnel';

/**
 * The version and configuration of a control plane. The type parameter is its format: with `native`, the
 * compiler reports values that Istio does not have.
 */
export interface ControlPlaneDefinition<Format extends ControlPlaneFormat = 'native'> {
  /**
   * The full version of Istio, such as 1.31.0.
   * @default - 1.31.0
   */
  readonly version?: string;
  /**
   * The registry and repository prefix of Istio's images.
   * @default - the value `global.hub`, else registry.istio.io/release from Istio 1.31 on, docker.io/istio for older versions
   */
  readonly hub?: string;
  /**
   * The tag of Istio's images.
   * @default - the value `global.tag` if it is one of the version, else the version
   */
  readonly tag?: string;
  /**
   * The revision of the control plane. Namespaces select it with the label `istio.io/rev`.
   * @default - default
   */
  readonly revision?: string;
  /**
   * Istio's Helm values. The format `native` accepts the values that Istio's charts read; the other formats
   * pass on other keys. Values that Kubernetes or Istio would refuse are errors in every format.
   * @default - none
   */
  readonly values?: IstioValues | PassedOnValues<Format>;
  /**
   * Istio's `components`, as in an IstioOperator.
   * @default - those of the profile
   */
  readonly components?: ControlPlaneComponents;
}

/** Any Helm values in the formats that pass them on to Istio's own charts; none in the format `native`. */
export type PassedOnValues<Format extends ControlPlaneFormat> = Format extends 'native' ? never : HelmValues;

/** The control plane of every cluster, and the format in which it is written. */
export interface IstioDefinition<Format extends ControlPlaneFormat = 'native'>
  extends ControlPlaneDefinition<Format> {
  /**
   * The installation profile: `default` has an ingress gateway, `minimal` has none, and `demo` also has an egress gateway.
   * `openshift` is `default` with the value `global.platform: openshift` and the CNI node agent in kube-system.
   * @default - default, but minimal with `dataPlane: ambient`
   */
  readonly profile?: ProfileChoice;
  /**
   * Istio's `components`, as in an IstioOperator: the gateways, and the settings of Kubernetes objects that no value sets.
   * @default - those of the profile
   */
  readonly components?: ComponentsDefinition;
  /**
   * The format of the control plane. `native` writes manifests with the constructs of this package. `operator`
   * writes IstioOperator files for `istioctl install -f`. `istioctl` renders the manifests with the istioctl
   * on this machine. `helm` lets the GitOps tool install Istio's official charts.
   * @default - native
   */
  readonly controlPlane?: Format;
  /**
   * The istioctl program that the format `istioctl` runs: a command on the PATH, or a path. A relative path
   * starts at the folder of mesh.yaml.
   * @default - istioctl
   */
  readonly istioctl?: string;
  /**
   * Whether to write Istio's CustomResourceDefinitions. Write `skip` if you manage them in another way.
   * @default - write
   */
  readonly crds?: CrdsChoice;
  /**
   * Whether the output has the CustomResourceDefinitions of the Gateway API, which ambient mode needs: those of the standard
   * channel, of the version that this Istio is built for. Write `skip` where something else installs them, such as GKE or
   * OpenShift.
   * @default - install where `dataPlane` is ambient or both, skip elsewhere
   */
  readonly gatewayAPI?: GatewayApiChoice;
  /**
   * Whether Istio's CNI node agent redirects the traffic of pods. Without it, an init container with the capability
   * NET_ADMIN does so in each pod with a sidecar. A map also enables it. The values `cni` configure it. For a node agent that another
   * tool has installed, set the value `pilot.cni.enabled: true` instead.
   * @default - disabled, but enabled where `dataPlane` is ambient or both
   */
  readonly cni?: CniDefinition | 'enabled' | 'disabled';
  /**
   * A canary control plane of another revision, which runs beside the first one while workloads move from
   * one to the other.
   * @default - none
   */
  readonly canary?: CanaryDefinition<Format>;
}

/** The settings with which a cluster overrides `istio` of the mesh. Values are merged. */
export interface ClusterIstioDefinition<Format extends ControlPlaneFormat = 'native'>
  extends ControlPlaneDefinition<Format> {
  /**
   * The installation profile of this cluster.
   * @default - the profile of the mesh
   */
  readonly profile?: ProfileChoice;
  /**
   * Whether the output of this cluster has the CustomResourceDefinitions of the Gateway API.
   * @default - that of the mesh
   */
  readonly gatewayAPI?: GatewayApiChoice;
  /**
   * Whether this cluster has the CNI node agent.
   * @default - that of the mesh
   */
  readonly cni?: CniDefinition | 'enabled' | 'disabled';
  /**
   * Istio's `components` of this cluster, merged over those of the mesh. A list replaces that of the mesh.
   * @default - those of the mesh
   */
  readonly components?: ComponentsDefinition;
  /**
   * The canary control plane of this cluster, or `disabled` if only other clusters of the mesh have one.
   * @default - the canary of the mesh
   */
  readonly canary?: CanaryDefinition<Format> | 'disabled';
}

/**
 * A canary control plane. Settings that it does not have are those of the first control plane, and its values
 * are merged over the values of the first.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 */
export interface CanaryDefinition<Format extends ControlPlaneFormat = 'native'>
  extends ControlPlaneDefinition<Format> {
  /**
   * The revision of the canary control plane. It must differ from the revision of the first one.
   */
  readonly revision: string;
}

/** The profiles of Istio that install a primary cluster with sidecars. */
export const istioProfiles = ['default', 'minimal', 'demo', 'preview', 'stable'] as const;
export type IstioProfile = (typeof istioProfiles)[number];

/** The profiles of a definition. */
const profileChoices = [...istioProfiles, 'openshift'] as const;
export type ProfileChoice = IstioProfile | 'openshift';

/** The supported formats of a control plane. */
export const controlPlaneFormats = ['native', 'operator', 'istioctl', 'helm'] as const;
export type ControlPlaneFormat = (typeof controlPlaneFormats)[number];

/** Other names of the formats. */
const formatAliases: Readonly<Record<string, ControlPlaneFormat>> = {
  iop: 'operator',
  istio: 'native',
  istiooperator: 'operator',
  'istio-operator': 'operator',
  manifests: 'native',
  yaml: 'native',
};

/** The default format. */
export const defaultControlPlaneFormat: ControlPlaneFormat = 'native';

/** Whether the output includes Istio's CustomResourceDefinitions. */
export const crdsChoices = ['write', 'skip'] as const;
export type CrdsChoice = (typeof crdsChoices)[number];

/** Whether the output includes the CustomResourceDefinitions of the Gateway API. */
export const gatewayApiChoices = ['install', 'skip'] as const;
export type GatewayApiChoice = (typeof gatewayApiChoices)[number];

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
    'Write a registry and repository prefix without a slash at the end, such as docker.io/istio.',
  ).optional(),
  tag: matching(/^\w[\w.-]{0,127}$/, 'Write an image tag, such as 1.31.0-distroless.').optional(),
  revision: revision.optional(),
  values: values.optional(),
};

/** What to write for a profile of istioctl or of Istio's charts that this package does not have. */
export function profileHint(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined;
  const word = name.toLowerCase().replace(/^platform-/, '');
  const platform = istioPlatforms.find((each) => each === word || word === `${each}-ambient`);
  if (word.endsWith('ambient')) {
    const other = platform === undefined ? '' : `, and istio.values.global.platform: ${platform}`;
    return `Write dataPlane: ambient at the top level instead of the profile${other}.`;
  }
  if (platform === 'openshift') return 'Write openshift.';
  if (platform !== undefined) return `Write default, and istio.values.global.platform: ${platform}.`;
  if (word.startsWith('compatibility-version-')) {
    return `Write default, and istio.values.compatibilityVersion: "${word.slice('compatibility-version-'.length)}".`;
  }
  return Object.hasOwn(otherProfiles, word) ? otherProfiles[word] : undefined;
}

const otherProfiles: Readonly<Record<string, string>> = {
  empty: 'Write minimal, which has istiod and no ingress gateway: every cluster of the mesh has an istiod.',
  external: 'Write default or minimal: every cluster of the mesh has its own istiod.',
  remote: 'Write default or minimal: every cluster of the mesh has its own istiod.',
};

const profile = z.enum(profileChoices, { error: ({ input }) => profileHint(input) });
const canary = z.strictObject({
  ...controlPlane,
  components: controlPlaneComponentsSchema.optional(),
  revision,
});

/** The schema of `istio` of a mesh. */
export const istioSchema = z.strictObject({
  ...controlPlane,
  profile: profile.optional(),
  components: componentsSchema.optional(),
  controlPlane: wordOf(controlPlaneFormats, formatAliases).optional(),
  istioctl: nonEmptyString.optional(),
  crds: z.enum(crdsChoices).optional(),
  gatewayAPI: z.enum(gatewayApiChoices).optional(),
  cni: cniSchema.optional(),
  canary: canary.optional(),
});

/** The schema of `istio` of a cluster. */
export const clusterIstioSchema = z.strictObject({
  ...controlPlane,
  profile: profile.optional(),
  gatewayAPI: z.enum(gatewayApiChoices).optional(),
  cni: cniSchema.optional(),
  components: componentsSchema.optional(),
  canary: z.union([z.literal('disabled'), canary]).optional(),
});

/** Istio's profile `ambient` has no ingress gateway. */
const defaultProfiles: Readonly<Record<DataPlane, IstioProfile>> = {
  sidecar: 'default',
  both: 'default',
  ambient: 'minimal',
};

/** What else decides the control planes of a cluster. */
interface IstioDefaults {
  /** @default - sidecar */
  readonly dataPlane?: DataPlane;
  /**
   * Values that those of the definition override.
   * @default - none
   */
  readonly values?: HelmValues;
}

/** The control planes of a cluster: its own settings, then those of the mesh, then the defaults. */
export function istioWithDefaults(
  mesh: IstioDefinition<ControlPlaneFormat> = {},
  cluster: ClusterIstioDefinition<ControlPlaneFormat> = {},
  { dataPlane = 'sidecar', values = {} }: IstioDefaults = {},
): ClusterIstio {
  const choice = cluster.profile ?? mesh.profile ?? defaultProfiles[dataPlane];
  const { profile, values: ofProfile, cniNamespace } = profilePreset(choice);
  const lowest = ofProfile === undefined ? values : mergeValues(values, ofProfile);
  const settings = controlPlaneWithDefaults([cluster, mesh], lowest);
  const cni = cniWithDefaults(
    [cluster, mesh].map(({ cni: ofLayer, components }) => ({ choice: ofLayer, component: components?.cni })),
    settings.components?.cni,
    hasAmbient(dataPlane)
      ? { choice: 'enabled', namespace: ambientNamespace(settings.values) }
      : {
          choice: cniNamespace === undefined ? 'disabled' : 'enabled',
          namespace: cniNamespace ?? istioSystem,
        },
  );
  const gatewayAPI = cluster.gatewayAPI ?? mesh.gatewayAPI ?? (hasAmbient(dataPlane) ? 'install' : 'skip');
  const ztunnel = ztunnelWithDefaults(dataPlane, settings.components?.ztunnel, settings.values);
  const first = {
    ...settings,
    profile,
    dataPlane,
    gatewayAPI,
    ...(cni && { cni }),
    ...(ztunnel && { ztunnel }),
  };
  const canary = cluster.canary ?? mesh.canary ?? 'disabled';
  if (canary === 'disabled') return first;
  const second = controlPlaneWithDefaults([canary, ...[cluster, mesh].map(withoutTags)], lowest);
  return { ...first, canary: { ...second, profile, dataPlane } };
}

/** A mesh or a cluster of a definition. */
interface IstioSource<Definition> {
  readonly istio?: Definition;
  readonly dataPlane?: DataPlane;
}

/** The control planes of a cluster of a definition. */
export function istioOf(
  mesh: IstioSource<IstioDefinition<ControlPlaneFormat>>,
  cluster: IstioSource<ClusterIstioDefinition<ControlPlaneFormat>> = {},
  values: HelmValues = {},
): ClusterIstio {
  return istioWithDefaults(mesh.istio, cluster.istio, { dataPlane: dataPlaneOf(mesh, cluster), values });
}

/** A tag belongs to one control plane, so the second one does not inherit the tags of the first. */
function withoutTags(
  definition: ControlPlaneDefinition<ControlPlaneFormat>,
): ControlPlaneDefinition<ControlPlaneFormat> {
  const { revisionTags: _, ...values } = definition.values ?? {};
  return { ...definition, values };
}

/** The settings of a control plane from its definitions, the most specific first. */
function controlPlaneWithDefaults(
  definitions: readonly ControlPlaneDefinition<ControlPlaneFormat>[],
  defaultValues: HelmValues,
): Omit<ControlPlaneSettings, 'profile' | 'dataPlane'> {
  const versionIndex = definitions.findIndex(({ version }) => version !== undefined);
  const version = definitions[versionIndex]?.version ?? latestIstioVersion;
  const values = mergeValues(defaultValues, ...definitions.map((each) => each.values ?? {}).reverse());
  return {
    version,
    hub: first(definitions, 'hub') ?? textAt(values, 'hub') ?? defaultHub(version),
    // A tag in a less specific definition than the version belongs to another version.
    tag:
      first(versionIndex < 0 ? definitions : definitions.slice(0, versionIndex + 1), 'tag') ??
      textAt(values, 'tag', version) ??
      version,
    revision: first(definitions, 'revision') ?? defaultRevision,
    values,
    ...componentsOf(definitions),
  };
}

/** The hub or the tag in Helm values; undefined if it is none, or does not begin with what it must. */
function textAt(values: HelmValues, key: 'hub' | 'tag', beginning = ''): string | undefined {
  const { data } = controlPlane[key].safeParse(valueAt(values, ['global', key]));
  return data?.startsWith(beginning) ? data : undefined;
}

/** Most meshes have none. istioctl merges lists, such as that of the ingress gateways, in the same way: as a whole. */
function componentsOf(
  definitions: readonly ControlPlaneDefinition<ControlPlaneFormat>[],
): Pick<ControlPlaneSettings, 'components'> {
  const layers = definitions.flatMap(({ components }) => components ?? []).reverse();
  return layers.length === 0 ? {} : { components: mergeValues(...layers) as ComponentsDefinition };
}

function first<Key extends 'hub' | 'tag' | 'revision'>(
  definitions: readonly ControlPlaneDefinition<ControlPlaneFormat>[],
  key: Key,
): string | undefined {
  return definitions.find((definition) => definition[key] !== undefined)?.[key];
}
