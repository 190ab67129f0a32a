import { type Cluster, type ControlPlaneSettings, findCluster, type Mesh } from '../../mesh/mesh';
import type { EditedDefinition, IstioEdit } from './istio-edits';
import type { UpgradeStrategy } from './version-problems';

/** A change of mesh.yaml on the way to another version. Each is complete in the clusters before the next one. */
export type UpgradeStage = 'upgrade' | 'add-canary' | 'move-to-canary' | 'remove-old';

export const stagesOf: Readonly<Record<UpgradeStrategy, readonly UpgradeStage[]>> = {
  'in-place': ['upgrade'],
  canary: ['add-canary', 'move-to-canary', 'remove-old'],
};

/** The version that clusters get, and the revision of a canary. */
export interface UpgradeTarget {
  readonly to: string;
  readonly revision?: string;
}

/** The tags of the images of both control planes. */
interface Tags {
  readonly first?: string;
  readonly canary?: string;
}

interface StageEdit {
  readonly istio: IstioEdit['istio'];
  readonly tags: Tags;
}

type EditOf = (cluster: Cluster, target: UpgradeTarget, hasCommonCanary: boolean) => StageEdit | undefined;

/** What each stage changes in a cluster; undefined if the cluster is beyond it. */
const editsOfStages: Readonly<Record<UpgradeStage, EditOf>> = {
  upgrade: ({ istio }, { to }) => ({ istio: { version: to }, tags: { first: nextTag(istio, to) } }),
  'add-canary': ({ istio }, { to, revision }) => {
    if (istio.version === to || istio.canary?.version === to) return undefined;
    return { istio: { canary: { revision, version: to } }, tags: { canary: nextTag(istio, to) } };
  },
  'move-to-canary': ({ istio }, { to }) => {
    const { canary, version, revision } = istio;
    if (istio.version === to || canary === undefined) return undefined;
    return {
      istio: { version: to, revision: canary.revision, canary: { revision, version } },
      tags: { first: canary.tag, canary: istio.tag },
    };
  },
  'remove-old': (_, __, hasCommonCanary) => ({
    istio: { canary: hasCommonCanary ? 'disabled' : null },
    tags: {},
  }),
};

const purposes: Readonly<Record<UpgradeStage, string>> = {
  upgrade: 'With Istio',
  'add-canary': 'With a canary of Istio',
  'move-to-canary': 'With Istio',
  'remove-old': 'With Istio',
};

/** Makes the change of a stage in the definition, and returns it with the mesh that has it. */
export function editStage(
  stage: UpgradeStage,
  clusters: readonly Cluster[],
  target: UpgradeTarget,
  definition: EditedDefinition,
): { readonly edits: readonly IstioEdit[]; readonly mesh: Mesh } | undefined {
  const wanted = clusters.flatMap((cluster) => {
    const edit = editsOfStages[stage](cluster, target, definition.hasCommonCanary);
    return edit === undefined ? [] : [{ cluster: cluster.name, ...edit }];
  });
  if (wanted.length === 0) return undefined;
  const purpose = `${purposes[stage]} ${target.to}`;
  const untagged = definition.apply(wanted, purpose);
  const edits = wanted.map(({ cluster, istio, tags }) => ({
    cluster,
    istio: withTags(istio, tags, findCluster(untagged, cluster)),
  }));
  return { edits, mesh: definition.apply(edits, purpose) };
}

/** Tags that the definition has of its own would keep the images of the old version. */
function withTags(
  istio: IstioEdit['istio'],
  { first, canary }: Tags,
  cluster: Cluster | undefined,
): IstioEdit['istio'] {
  const found = cluster?.istio;
  return {
    ...istio,
    ...(first === undefined || found?.tag === first ? {} : { tag: first }),
    ...(canary === undefined || found?.canary?.tag === canary
      ? {}
      : { canary: { ...(istio.canary as object), tag: canary } }),
  };
}

/** The tag of a version, with the variant of the tag before, such as `1.31.0-distroless`. */
function nextTag({ tag, version }: ControlPlaneSettings, to: string): string {
  return tag.includes(version) ? tag.replace(version, to) : to;
}
