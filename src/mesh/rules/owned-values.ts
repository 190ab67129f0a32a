import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../../problems/problem';
import { hasAmbient } from '../data-plane';
import type { AnyMeshDefinition, ClusterDefinition } from '../definition';
import { type HelmValue, hasValue, valueSources } from '../helm-values';
import { istioOf, profileHint } from '../istio';
import { defaultRevision, istioSystem } from '../istio-names';
import { usesIstioCsr } from '../secrets/backends';
import { secretsWithDefaults } from '../secrets/definition';
import { defaultTrustDomain } from '../trust-domains';
import type { Rule } from './clusters';
import {
  type ClusterControlPlane,
  controlPlanesOfClusters,
  isHelm,
  isNative,
  pathsOfValue,
} from './control-planes';

/** A key of the definition that decides a value. */
interface DecidingKey {
  readonly key: string;
  /**
   * The key of a cluster that overrides it.
   * @default - none
   */
  readonly keyOfCluster?: 'trustDomain';
  /**
   * What to do instead.
   * @default - set the key
   */
  readonly hint?: string;
}

/** An Istio value that the mesh definition decides, or that is the same in every mesh. */
interface OwnedValue {
  readonly path: readonly string[];
  /** The key of the definition that decides it, or the reason why it cannot be set. */
  readonly decidedBy: DecidingKey | { readonly reason: string };
  /**
   * What the value is in a control plane: the text that an error names, and others that mean the same. Undefined
   * where it can be set.
   */
  readonly values: (
    controlPlane: ClusterControlPlane,
    definition: AnyMeshDefinition,
  ) => readonly HelmValue[] | undefined;
}

const clusterName: OwnedValue['values'] = ({ cluster }) => [cluster.name];
const network: OwnedValue['values'] = ({ cluster }) => [cluster.network];
const meshID: OwnedValue['values'] = (_, definition) => [definition.meshID];
const trustDomain: OwnedValue['values'] = ({ cluster }, definition) => [
  cluster.trustDomain ?? definition.trustDomain ?? defaultTrustDomain,
];
const revision: OwnedValue['values'] = ({ settings }) =>
  settings.revision === defaultRevision ? [''] : [settings.revision, ''];
const profile: OwnedValue['values'] = ({ settings }) => {
  if (hasAmbient(settings.dataPlane)) return ['ambient', ''];
  return ['default', 'minimal'].includes(settings.profile) ? [''] : [settings.profile, ''];
};

const ztunnelNamespace: OwnedValue['values'] = ({ cluster }, definition) => {
  const { ztunnel } = istioOf(definition, cluster);
  return ztunnel && [ztunnel.namespace];
};
const ztunnelName: OwnedValue['values'] = ({ cluster }, definition) => {
  const { ztunnel } = istioOf(definition, cluster);
  return ztunnel && [ztunnel.name];
};

/** The formats that render these values themselves derive them; the others pass them on. */
const ingressGateway: OwnedValue['values'] = ({ settings }, definition) =>
  isNative(definition) || isHelm(definition) ? [settings.profile !== 'minimal'] : undefined;
const crds: OwnedValue['values'] = (_, definition) =>
  isNative(definition) ? [definition.istio?.crds !== 'skip'] : undefined;
const defaultRevisionOf: OwnedValue['values'] = ({ settings }, definition) =>
  isNative(definition) ? [settings.revision] : undefined;

/** The charts have an empty text as the default of what they are given. */
function orEmpty(values: OwnedValue['values']): OwnedValue['values'] {
  return (...given) => {
    const known = values(...given);
    return known === undefined ? undefined : [...known, ''];
  };
}

/** Variables by which a proxy says where it is. In the mesh configuration, they would be the same in every cluster. */
const metadata = [
  ['ISTIO_META_CLUSTER_ID', 'clusters[].name', clusterName],
  ['ISTIO_META_MESH_ID', 'meshID', meshID],
  ['ISTIO_META_NETWORK', 'clusters[].network', network],
] as const;

/** Istio values that are derived from the mesh definition, each with the key that sets it. */
const derivedValues: readonly OwnedValue[] = [
  derived('meshID', orEmpty(meshID), 'global', 'meshID'),
  derived('clusters[].network', orEmpty(network), 'global', 'network'),
  derived('clusters[].name', orEmpty(clusterName), 'global', 'multiCluster', 'clusterName'),
  derived(
    'istio.hub',
    orEmpty(({ settings }) => [settings.hub]),
    'global',
    'hub',
  ),
  derived(
    'istio.tag',
    orEmpty(({ settings }) => [settings.tag]),
    'global',
    'tag',
  ),
  trustDomainValue(orEmpty(trustDomain), 'meshConfig', 'trustDomain'),
  trustDomainValue(trustDomain, 'meshConfig', 'trust_domain'),
  // Its place in older versions of Istio.
  trustDomainValue(orEmpty(trustDomain), 'global', 'trustDomain'),
  derived('meshID', meshID, 'meshConfig', 'defaultConfig', 'meshId'),
  derived('meshID', meshID, 'meshConfig', 'defaultConfig', 'mesh_id'),
  derived('clusters[].name', clusterName, 'pilot', 'env', 'CLUSTER_ID'),
  derived('istio.revision', ({ settings }) => [settings.revision], 'pilot', 'env', 'REVISION'),
  ...['proxyMetadata', 'proxy_metadata'].flatMap((key) =>
    metadata.map(([name, source, values]) =>
      derived(source, values, 'meshConfig', 'defaultConfig', key, name),
    ),
  ),
  derived('istio.revision', revision, 'revision'),
  derived('istio.profile', profile, 'profile'),
  derived('istio.profile', profile, 'global', 'profile'),
  derived('istio.profile', ingressGateway, 'gateways', 'istio-ingressgateway', 'enabled'),
  derived('istio.crds', crds, 'base', 'enableIstioConfigCRDs'),
  derived('istio.revision', orEmpty(defaultRevisionOf), 'defaultRevision'),
  // An empty text would take the place of what the chart of ztunnel reads in `global`.
  derived('clusters[].network', network, 'ztunnel', 'network'),
  derived('clusters[].name', clusterName, 'ztunnel', 'multiCluster', 'clusterName'),
];

function derived(key: string, values: OwnedValue['values'], ...path: readonly string[]): OwnedValue {
  return { path, decidedBy: { key }, values };
}

function trustDomainValue(values: OwnedValue['values'], ...path: readonly string[]): OwnedValue {
  const decidedBy = { key: 'trustDomain', keyOfCluster: 'trustDomain' } as const;
  return { path, decidedBy, values };
}

/** Istio values that are the same in every mesh, each with the reason. */
const fixedValues: readonly OwnedValue[] = [
  fixed([istioSystem], 'the control plane is always in istio-system', 'global', 'istioNamespace'),
  fixed([istioSystem], 'the control plane is always in istio-system', 'ztunnel', 'istioNamespace'),
  fixed([false], 'every cluster of the mesh has its own istiod', 'global', 'externalIstiod'),
  fixed([istioSystem], 'the control plane is always in istio-system', 'pilot', 'env', 'POD_NAMESPACE'),
  fixed(
    ['/etc/cacerts'],
    'istiod finds the CA certificate of the mesh in /etc/cacerts',
    ...['pilot', 'env', 'ROOT_CA_DIR'],
  ),
  fixed(
    ['true', true],
    'istiod 1.31 crashes with it as soon as it reads another cluster',
    ...['pilot', 'env', 'PILOT_ENABLE_REMOTE_CREDENTIALS_CONTROLLER'],
  ),
  ...['proxyMetadata', 'proxy_metadata'].map((key) =>
    fixed(
      ['15021'],
      'probes and load balancers ask the port 15021 whether a proxy is ready',
      ...['meshConfig', 'defaultConfig', key, 'ENVOY_STATUS_PORT'],
    ),
  ),
];

function fixed(values: readonly HelmValue[], reason: string, ...path: readonly string[]): OwnedValue {
  return { path, decidedBy: { reason }, values: () => values };
}

/** The Istio values that the mesh definition decides. */
export const reservedValues: readonly (readonly string[])[] = [...derivedValues, ...fixedValues].map(
  ({ path }) => path,
);

/** The account of ztunnel, for which istiod signs. Another tool can install ztunnel with any account. */
const ztunnelAccount: readonly OwnedValue[] = [
  derived('istio.components.ztunnel.namespace', ztunnelNamespace, 'pilot', 'trustedZtunnelNamespace'),
  derived('istio.values.ztunnel.resourceName', ztunnelName, 'pilot', 'trustedZtunnelName'),
];

/** Either istiod or istio-csr issues the workload certificates of a cluster, and the mesh definition decides which. */
const caServer: OwnedValue = {
  path: ['pilot', 'env', 'ENABLE_CA_SERVER'],
  decidedBy: {
    key: 'secrets.certManager.istioCsr',
    hint: 'Remove it, or set it only for clusters without istio-csr.',
  },
  values: ({ cluster }, definition) =>
    usesIstioCsr(secretsWithDefaults(definition, cluster.secrets, cluster.name))
      ? ['false', false]
      : undefined,
};

/**
 * A setting on which clusters must agree is defined once: defined twice, it could differ unnoticed. A value that
 * says what is so anyway is accepted.
 */
export const ownedValues: Rule = (definition) =>
  checkedValues(definition).flatMap(({ problem }) => (problem === undefined ? [] : [problem]));

/** The owned values in a valid definition, all of which say what is so anyway. */
export function redundantOwnedValues(
  definition: AnyMeshDefinition,
): { readonly path: DefinitionPath; readonly reason: string }[] {
  return checkedValues(definition).map(({ path, value: { decidedBy } }) => ({
    path,
    reason: 'key' in decidedBy ? `it is derived from ${decidedBy.key}` : decidedBy.reason,
  }));
}

/** What istiod and the agent of a proxy read as true. */
const trueTexts: readonly HelmValue[] = ['true', true, '1', 't', 'T', 'TRUE', 'True'];

/** Variables without which neither istiod nor proxies take a second root while they run. */
const rotation: readonly OwnedValue[] = [
  ['pilot', 'env', 'ISTIO_MULTIROOT_MESH'],
  ...['proxyMetadata', 'proxy_metadata'].map((key) => [
    ...['meshConfig', 'defaultConfig', key, 'PROXY_CONFIG_XDS_AGENT'],
  ]),
].map((path) => ({
  path,
  decidedBy: { reason: 'certificates.rootRotation prepares istiod and the proxies for a second root' },
  values: (_, { certificates }) => (certificates?.rootRotation === 'enabled' ? trueTexts : undefined),
}));

/** An owned value in a definition, and the problem if it contradicts what decides it. */
interface CheckedValue {
  readonly path: DefinitionPath;
  readonly value: OwnedValue;
  readonly problem?: DefinitionProblem;
}

/** Compares each owned value with every control plane that it applies to, because what it says may be right in only one. */
function checkedValues(definition: AnyMeshDefinition): CheckedValue[] {
  const sources = valueSources(definition).map(({ values }) => values);
  const present = [...derivedValues, ...fixedValues, ...ztunnelAccount, caServer, ...rotation].filter(
    ({ path }) => sources.some((values) => hasValue(values, path)),
  );
  if (present.length === 0) return [];
  const checked = new Map<string, CheckedValue>();
  for (const controlPlane of controlPlanesOfClusters(definition)) {
    for (const value of present) {
      const expected = value.values(controlPlane, definition);
      // Without what a canary inherits from the first one.
      const [path] = pathsOfValue(definition, controlPlane.ownPaths, value.path);
      if (expected === undefined || path === undefined) continue;
      const given = valueAt(definition, path);
      const isSame = expected.includes(given as HelmValue);
      const { cluster } = controlPlane;
      const problem = isSame
        ? undefined
        : differingValue(path, value, { given, expected: expected[0], cluster });
      const known = checked.get(formatPath(path));
      if (known?.problem === undefined) checked.set(formatPath(path), { path, value, problem });
    }
  }
  return [...checked.values()];
}

function differingValue(
  path: DefinitionPath,
  { decidedBy }: OwnedValue,
  {
    given,
    expected,
    cluster,
  }: { given: unknown; expected: HelmValue | undefined; cluster: ClusterDefinition },
): DefinitionProblem {
  if ('reason' in decidedBy) return ownedValue(path, `cannot be set: ${decidedBy.reason}.`, 'Remove it.');
  const { keyOfCluster } = decidedBy;
  const isOfCluster = keyOfCluster !== undefined && (path[0] === 'clusters' || keyOfCluster in cluster);
  const key = isOfCluster ? `clusters[].${keyOfCluster}` : decidedBy.key;
  const { hint = `Remove it, and set ${key} instead.` } = decidedBy;
  const place = key.startsWith('clusters[]') ? ` in ${cluster.name}` : '';
  const profile = key === 'istio.profile' ? profileHint(given) : undefined;
  const what = expected === '' ? '' : `, which is ${JSON.stringify(expected)}${place}`;
  const advice = profile === undefined ? hint : `Remove it. For istio.profile: ${profile}`;
  return ownedValue(path, `is derived from ${key}${what}.`, advice);
}

function ownedValue(path: DefinitionPath, reason: string, hint: string): DefinitionProblem {
  return { code: 'MESH-OWNED-VALUE', path, at: 'key', message: `${formatPath(path)} ${reason}`, hint };
}
