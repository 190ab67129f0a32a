import { type DefinitionPath, type DefinitionProblem, formatPath } from '../../problems/problem';
import { hasValue, valueSources } from '../helm-values';
import { secretsWithDefaults, usesIstioCsr } from '../secrets/definition';
import type { Rule } from './clusters';

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
export const ownedValues: Rule = (definition) =>
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

function finding(path: DefinitionPath, reason: string, hint: string): DefinitionProblem {
  return { code: 'MESH-OWNED-VALUE', path, at: 'key', message: `${formatPath(path)}: ${reason}`, hint };
}

const decides = ['pilot', 'env', 'ENABLE_CA_SERVER'];

/** Either istiod or istio-csr issues the certificates of a cluster's workloads, and the mesh says which. */
export const oneIssuerOfWorkloadCertificates: Rule = (definition) => {
  const withIstioCsr = definition.clusters.flatMap(({ name, secrets }, index) =>
    usesIstioCsr(secretsWithDefaults(definition, secrets, name)) ? [index] : [],
  );
  if (withIstioCsr.length === 0) return [];
  return valueSources(definition)
    .filter(({ path: [key, index] }) => key === 'istio' || withIstioCsr.includes(index as number))
    .filter(({ values }) => hasValue(values, decides))
    .map(({ path }): DefinitionProblem => {
      const place = [...path, ...decides];
      return {
        code: 'MESH-OWNED-VALUE',
        path: place,
        at: 'key',
        message: `${formatPath(place)}: pilot.env.ENABLE_CA_SERVER follows from secrets.certManager.istioCsr.`,
        hint: 'Remove it, or write it only for clusters without istio-csr.',
      };
    });
};
