import { type DefinitionPath, type DefinitionProblem, formatPath } from '../../problems/problem';
import { hasValue, valueSources } from '../helm-values';
import { usesIstioCsr } from '../secrets/backends';
import { secretsWithDefaults } from '../secrets/definition';
import type { Rule } from './clusters';

/** Istio values that are derived from the mesh definition, each with the key that sets it. */
const derivedValues: readonly (readonly [value: readonly string[], key: string])[] = [
  [['global', 'meshID'], 'meshID'],
  [['global', 'network'], 'clusters[].network'],
  [['global', 'multiCluster', 'clusterName'], 'clusters[].name'],
  [['global', 'hub'], 'istio.hub'],
  [['global', 'tag'], 'istio.tag'],
  [['meshConfig', 'trustDomain'], 'trustDomain'],
  [['meshConfig', 'trust_domain'], 'trustDomain'],
  [['meshConfig', 'defaultConfig', 'meshId'], 'meshID'],
  [['meshConfig', 'defaultConfig', 'mesh_id'], 'meshID'],
  [['revision'], 'istio.revision'],
  [['profile'], 'istio.profile'],
];

/** Istio values that cannot be set, each with the reason. */
const fixedValues: readonly (readonly [value: readonly string[], reason: string])[] = [
  [['global', 'istioNamespace'], 'the control plane is always in istio-system'],
  [['global', 'externalIstiod'], 'every cluster of the mesh has its own istiod'],
];

/** The Istio values that a user cannot set. */
export const reservedValues: readonly (readonly string[])[] = [...derivedValues, ...fixedValues].map(
  ([value]) => value,
);

/** A setting on which clusters must agree is defined once: defined twice, it could differ unnoticed. */
export const ownedValues: Rule = (definition) =>
  valueSources(definition).flatMap(({ path, values }) => [
    ...derivedValues
      .filter(([value]) => hasValue(values, value))
      .map(([value, key]) =>
        ownedValue([...path, ...value], `is derived from ${key}.`, `Remove it, and set ${key} instead.`),
      ),
    ...fixedValues
      .filter(([value]) => hasValue(values, value))
      .map(([value, reason]) => ownedValue([...path, ...value], `cannot be set: ${reason}.`, 'Remove it.')),
  ]);

const caServerValue = ['pilot', 'env', 'ENABLE_CA_SERVER'];

/** Either istiod or istio-csr issues the workload certificates of a cluster, and the mesh definition decides which. */
export const singleWorkloadIssuer: Rule = (definition) => {
  const indexesWithIstioCsr = new Set(
    definition.clusters.flatMap(({ name, secrets }, index) =>
      usesIstioCsr(secretsWithDefaults(definition, secrets, name)) ? [index] : [],
    ),
  );
  if (indexesWithIstioCsr.size === 0) return [];
  return valueSources(definition)
    .filter(({ path: [key, index] }) => key === 'istio' || indexesWithIstioCsr.has(index as number))
    .filter(({ values }) => hasValue(values, caServerValue))
    .map(({ path }) =>
      ownedValue(
        [...path, ...caServerValue],
        'is derived from secrets.certManager.istioCsr.',
        'Remove it, or set it only for clusters without istio-csr.',
      ),
    );
};

function ownedValue(path: DefinitionPath, reason: string, hint: string): DefinitionProblem {
  return { code: 'MESH-OWNED-VALUE', path, at: 'key', message: `${formatPath(path)} ${reason}`, hint };
}
