import { type DefinitionPath, type DefinitionProblem, formatPath } from '../../problems/problem';
import { hasValue, valueSources } from '../helm-values';
import { usesIstioCsr } from '../secrets/backends';
import { secretsWithDefaults } from '../secrets/definition';
import type { Rule } from './clusters';

/** Variables by which a proxy says where it is. In the mesh configuration, they would be the same in every cluster. */
const metadata = [
  ['ISTIO_META_CLUSTER_ID', 'clusters[].name'],
  ['ISTIO_META_MESH_ID', 'meshID'],
  ['ISTIO_META_NETWORK', 'clusters[].network'],
] as const;

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
  [['pilot', 'env', 'CLUSTER_ID'], 'clusters[].name'],
  [['pilot', 'env', 'REVISION'], 'istio.revision'],
  ...['proxyMetadata', 'proxy_metadata'].flatMap((key) =>
    metadata.map(([name, source]) => [['meshConfig', 'defaultConfig', key, name], source] as const),
  ),
  [['revision'], 'istio.revision'],
  [['profile'], 'istio.profile'],
];

/** Istio values that cannot be set, each with the reason. */
const fixedValues: readonly (readonly [value: readonly string[], reason: string])[] = [
  [['global', 'istioNamespace'], 'the control plane is always in istio-system'],
  [['global', 'externalIstiod'], 'every cluster of the mesh has its own istiod'],
  [['pilot', 'env', 'POD_NAMESPACE'], 'the control plane is always in istio-system'],
  [['pilot', 'env', 'ROOT_CA_DIR'], 'istiod finds the CA certificate of the mesh in /etc/cacerts'],
  ...['proxyMetadata', 'proxy_metadata'].map(
    (key) =>
      [
        ['meshConfig', 'defaultConfig', key, 'ENVOY_STATUS_PORT'],
        'probes and load balancers ask the port 15021 whether a proxy is ready',
      ] as const,
  ),
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
