import { type DefinitionPath, type Finding, formatPath } from '../problem';
import { hasValue, valueSources } from '../value-sources';
import type { Rule } from './rule';

/** Istio's values that follow from the mesh, with the key of the definition that decides each. */
const owners: readonly (readonly [value: readonly string[], owner: string])[] = [
  [['global', 'meshID'], 'meshID'],
  [['global', 'network'], 'clusters[].network'],
  [['global', 'multiCluster', 'clusterName'], 'clusters[].name'],
  [['global', 'hub'], 'istio.hub'],
  [['global', 'tag'], 'istio.tag'],
  [['meshConfig', 'trustDomain'], 'trustDomain'],
  [['meshConfig', 'defaultConfig', 'meshId'], 'meshID'],
  [['revision'], 'istio.revision'],
  [['profile'], 'istio.profile'],
];

/** Values for which this package has no answer yet, with the reason. */
const fixed: readonly (readonly [value: readonly string[], reason: string])[] = [
  [['global', 'istioNamespace'], 'the control plane of a mesh is in istio-system'],
  [['global', 'externalIstiod'], 'every cluster of a multi-primary mesh has an istiod of its own'],
];

/** The values that nobody may set here. */
export const reservedValues: readonly (readonly string[])[] = [...owners, ...fixed].map(([value]) => value);

/** What all clusters must agree on has one source: the same value given twice can differ unnoticed. */
export const valuesNotOwned: Rule = (definition) =>
  valueSources(definition).flatMap(({ path, values }) => [
    ...owners.flatMap(([value, owner]) => {
      if (!hasValue(values, value)) return [];
      const remedy = `Remove it, and write ${owner} instead.`;
      return finding([...path, ...value], `${value.join('.')} follows from ${owner}.`, remedy);
    }),
    ...fixed.flatMap(([value, reason]) =>
      hasValue(values, value)
        ? finding([...path, ...value], `${value.join('.')} cannot be set: ${reason}.`, 'Remove it.')
        : [],
    ),
  ]);

function finding(path: DefinitionPath, reason: string, remedy: string): Finding {
  return { code: 'MESH-OWNED-VALUE', path, at: 'key', found: `${formatPath(path)}: ${reason}`, remedy };
}
