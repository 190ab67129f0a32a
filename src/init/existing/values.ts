import { type HelmValue, type HelmValues, isMap } from '../../mesh/helm-values';
import { type DefinitionPath, valueAt } from '../../problems/problem';
import type { ClusterDraft } from './cluster-draft';
import type { ClusterInput } from './cluster-inputs';
import type { Part } from './part';
import { putProfile } from './profile';

/** Values that have a key of their own in a mesh definition; undefined for the profile and those of a cluster's identity. */
const ownKeys: readonly (readonly [value: readonly string[], target: DefinitionPath | undefined])[] = [
  [['global', 'meshID'], ['meshID']],
  [['global', 'network'], undefined],
  [['global', 'multiCluster', 'clusterName'], undefined],
  [
    ['global', 'hub'],
    ['istio', 'hub'],
  ],
  [
    ['global', 'tag'],
    ['istio', 'tag'],
  ],
  [['meshConfig', 'trustDomain'], ['trustDomain']],
  [['revision'], ['istio', 'revision']],
  [['profile'], undefined],
];

/** The paths of values that have a key of their own. */
export const identityValues: readonly (readonly string[])[] = ownKeys.map(([value]) => value);

/** Merges Istio's values over those of a draft. Those that have a key of their own are written there. */
export function putValues(draft: ClusterDraft, part: Part, path: DefinitionPath, values: HelmValues): void {
  for (const [value, target] of ownKeys) {
    const given = valueAt(values, value) as HelmValue | undefined;
    const isUnset = given === undefined || given === null || given === '';
    if (target !== undefined && !isUnset) draft.put(target, given, part, [...path, ...value]);
  }
  putProfile(draft, part, values.profile);
  const others = identityValues.reduce(withoutValue, values);
  if (Object.keys(others).length > 0) draft.put(['istio', 'values'], others, part, path);
}

/** Removes what other values repeat, after the values of all parts are merged. */
export function removeRepeated(draft: ClusterDraft, { network, name }: ClusterInput): void {
  const { meshID } = draft.settings;
  const proxyConfig = ['istio', 'values', 'meshConfig', 'defaultConfig'];
  const repeated: readonly (readonly [DefinitionPath, HelmValue | undefined])[] = [
    [[...proxyConfig, 'meshId'], meshID],
    [[...proxyConfig, 'proxyMetadata', 'ISTIO_META_MESH_ID'], meshID],
    [[...proxyConfig, 'proxyMetadata', 'ISTIO_META_NETWORK'], network],
    [[...proxyConfig, 'proxyMetadata', 'ISTIO_META_CLUSTER_ID'], name],
    [['istio', 'values', 'pilot', 'env', 'CLUSTER_ID'], name],
  ];
  for (const [path, value] of repeated) {
    if (value !== undefined && draft.has(path, value)) draft.remove(path);
  }
}

/** Values without the one at a path, and without the maps that it leaves empty. */
export function withoutValue(values: HelmValues, [key = '', ...rest]: readonly string[]): HelmValues {
  const { [key]: value, ...others } = values;
  if (rest.length === 0) return others;
  if (!isMap(value)) return values;
  const inner = withoutValue(value, rest);
  return Object.keys(inner).length === 0 ? others : { ...values, [key]: inner };
}
