import { type HelmValue, type HelmValues, isMap } from '../../mesh/helm-values';
import type { ClusterDraft } from './cluster-draft';
import type { ClusterInput } from './cluster-inputs';
import { divide } from './common-settings';

/** A mesh definition that was made from configurations of Istio. */
export interface ExistingMesh {
  /** The settings of the mesh, without its clusters. */
  readonly mesh: HelmValues;
  readonly clusters: readonly ExistingCluster[];
  /** What was left out or written in another way, and why. */
  readonly notes: readonly string[];
}

/** A cluster of the definition. */
export interface ExistingCluster {
  readonly name: string;
  readonly settings: HelmValues;
  /** Where its settings come from. */
  readonly sources: readonly string[];
}

/** What all clusters agree on, as settings of the mesh, and the rest as settings of each cluster. */
export function mergedDefinition(
  inputs: readonly ClusterInput[],
  drafts: readonly ClusterDraft[],
  access: Readonly<Record<string, HelmValues>>,
  mesh: HelmValues,
): ExistingMesh {
  const part = (key: string) => drafts.map(({ settings }) => (isMap(settings[key]) ? settings[key] : {}));
  const istio = divide(part('istio'));
  const gateways = sharedGateways(part('gateways'));
  return {
    mesh: { ...mesh, ...filled('istio', inOrder(istio.common)), ...filled('gateways', gateways.common) },
    clusters: inputs.map(({ name, network, parts }, index) => {
      const { istio: _istio, gateways: _gateways, ...settings } = drafts[index]?.settings ?? {};
      return {
        name,
        settings: {
          name,
          network,
          ...access[name],
          ...settings,
          ...filled('istio', inOrder(istio.own[index] ?? {})),
          ...filled('gateways', gateways.own[index]),
        },
        sources: [...new Set(parts.map(({ file }) => file))],
      };
    }),
    notes: [...new Set(drafts.flatMap(({ notes }) => notes))],
  };
}

/** Settings in the order in which they are documented, with what is long at the end. */
function inOrder(istio: HelmValues): HelmValues {
  const { values, components, ...settings } = istio;
  const order = ['version', 'hub', 'tag', 'revision', 'profile', 'gatewayAPI', 'cni'];
  const sorted = Object.entries(settings).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return {
    ...Object.fromEntries(sorted),
    ...ifGiven('values', values),
    ...ifGiven('components', components),
  };
}

function ifGiven(key: string, value: HelmValue | undefined): HelmValues {
  return value === undefined ? {} : { [key]: value };
}

/** A gateway is in the mesh or in a cluster as a whole, so that it can be read in one place. */
function sharedGateways(maps: readonly HelmValues[]) {
  const { common } = divide(
    maps.map((map) => Object.fromEntries(Object.entries(map).map(([key, value]) => [key, [value]]))),
  );
  const names = Object.keys(common);
  const [first = {}] = maps;
  const pick = (map: HelmValues, isPicked: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(map).filter(([name]) => isPicked(name)));
  return {
    common: pick(first, (name) => names.includes(name)),
    own: maps.map((map) => pick(map, (name) => !names.includes(name))),
  };
}

function filled(key: string, value: HelmValues | undefined): HelmValues {
  return value === undefined || Object.keys(value).length === 0 ? {} : { [key]: value };
}
