import { dirname } from 'node:path';
import { isMap } from '../../mesh/helm-values';
import { networkLabel } from '../../mesh/istio-names';
import { MeshError, type Problem, valueAt } from '../../problems/problem';
import type { Part } from './part';

/** The parts of one cluster. */
export interface ClusterInput {
  readonly name: string;
  readonly network: string;
  readonly parts: readonly Part[];
}

/** The names in a part that identify its cluster. */
interface Identity {
  readonly cluster?: string;
  readonly network?: string;
}

/**
 * Sorts parts by cluster. A part that names none belongs to the cluster that its file names, its network, or its
 * folder; or there is only one.
 *
 * @param networks the networks that the user named, by cluster; the one with an empty name is that of all others
 * @throws MeshError if the cluster of a part, or the network of a cluster, is not known
 */
export function clusterInputs(
  parts: readonly Part[],
  networks: Readonly<Record<string, string>> = {},
): ClusterInput[] {
  const problems = parts.flatMap(nameConflict);
  const names = [...new Set(parts.flatMap((part) => nameOf(part) ?? []))];
  const owners = parts.map((part) => ownerOf(part, parts, names));
  problems.push(...parts.flatMap((part, index) => (owners[index] === undefined ? [ownerMissing(part)] : [])));
  MeshError.throwIfAny(onePerFile(problems));
  const clusters = names.map((name) => {
    const own = parts.filter((_, index) => owners[index] === name);
    const known = own.flatMap((part) => identityOf(part).network ?? [])[0];
    return { name, network: known ?? networks[name] ?? networks[''], parts: own };
  });
  MeshError.throwIfAny(
    clusters.flatMap(({ network, ...cluster }) => (network ? [] : [networkMissing(cluster)])),
  );
  return clusters.map(({ network = '', ...cluster }) => ({ ...cluster, network }));
}

function nameOf(part: Part): string | undefined {
  return part.cluster ?? identityOf(part).cluster;
}

function ownerOf(part: Part, parts: readonly Part[], names: readonly string[]): string | undefined {
  const { network } = identityOf(part);
  const among = (isNear: (other: Part) => boolean): string | undefined => {
    const near = new Set(parts.filter(isNear).flatMap((other) => nameOf(other) ?? []));
    return near.size === 1 ? [...near][0] : undefined;
  };
  return (
    nameOf(part) ??
    among((other) => other.file === part.file) ??
    among((other) => network !== undefined && identityOf(other).network === network) ??
    among((other) => dirname(other.file) === dirname(part.file)) ??
    (names.length === 1 ? names[0] : undefined)
  );
}

/** The names of the cluster and its network in the values of a part, or in the labels of its gateways. */
function identityOf({ kind, content }: Part): Identity {
  const values = kind === 'operator' ? content.values : content;
  const gateways = valueAt(content, ['components', 'ingressGateways']);
  const named = [
    valueAt(values, ['global', 'network']),
    kind === 'gateway' ? content.networkGateway : undefined,
    kind === 'ztunnel' ? content.network : undefined,
    ...(Array.isArray(gateways) ? gateways : []).map((gateway) => valueAt(gateway, ['label', networkLabel])),
  ];
  return {
    cluster: [
      ['global', 'multiCluster', 'clusterName'],
      ...(kind === 'ztunnel' ? [['multiCluster', 'clusterName']] : []),
    ]
      .map((path) => textOf(valueAt(values, path)))
      .find((name) => name !== undefined),
    network: named.map(textOf).find((network) => network !== undefined),
  };
}

function textOf(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' || isMap(value) ? undefined : String(value);
}

/** Under another name, istiod would not find what it knows by the name with which it runs. */
function nameConflict(part: Part): Problem[] {
  const { cluster } = identityOf(part);
  if (cluster === undefined || part.cluster === undefined || part.cluster === cluster) return [];
  return [
    {
      code: 'INIT-CONFLICT',
      location: part.locate([...valuesPath(part), 'global', 'multiCluster', 'clusterName']),
      message: `The file is said to be of the cluster ${part.cluster}, and names its cluster ${cluster}.`,
      hint: `Write --from ${cluster}=${part.file}, or only the name of the file.`,
    },
  ];
}

function valuesPath({ kind }: Part): readonly string[] {
  return kind === 'operator' ? ['values'] : [];
}

function ownerMissing(part: Part): Problem {
  return {
    code: 'INIT-MISSING',
    location: part.locate([]),
    message: 'Neither the file nor its place names the cluster of this configuration.',
    hint: `Write its name before the file, such as --from cluster1=${part.file}.`,
  };
}

function networkMissing({ name, parts }: Pick<ClusterInput, 'name' | 'parts'>): Problem {
  return {
    code: 'INIT-MISSING',
    location: parts[0]?.locate([]) ?? {},
    message: `No file of ${name} names its network, and global.network is not set.`,
    hint: `Add --network ${name}=network1. Clusters share a network if their pods can reach each other directly.`,
  };
}

function onePerFile(problems: readonly Problem[]): Problem[] {
  return [
    ...new Map(problems.map((problem) => [`${problem.code} ${problem.location.file}`, problem])).values(),
  ];
}
