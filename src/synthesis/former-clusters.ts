import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { namesIfExists } from '../files/existing-files';
import { networkLabel } from '../mesh/istio-names';
import { findCluster, type Mesh } from '../mesh/mesh';
import { caCertsFiles } from '../pki/ca-certs';
import { inputsOf } from './cluster-inputs';
import { readText } from './earlier-ca-certs';
import type { LocatedMesh } from './output-location';

/** Clusters that the mesh has no longer, and what is left of them. */
export interface FormerClusters {
  /** The clusters whose files this synthesis removed from the output. */
  readonly removed: readonly string[];
  /** The clusters that this synthesis wrote for the first time; none if there was no earlier output. */
  readonly added: readonly string[];
  /** The inputs of clusters that are not in the mesh, which no command removes. */
  readonly left: readonly string[];
  /** The clusters that probably have another name now: their network had one cluster before, and has one now. */
  readonly renamed: readonly Change[];
  /** The clusters that are in another network than before. */
  readonly moved: readonly (Change & { readonly cluster: string })[];
}

/** What was, and what is now. */
interface Change {
  readonly from: string;
  readonly to: string;
}

/** The network of each cluster in an earlier output, by cluster name. */
export type EarlierNetworks = ReadonlyMap<string, string>;

/**
 * Reads the network of each cluster in an earlier output, before it is replaced.
 *
 * @param earlier the files of the earlier output
 */
export function earlierNetworks(outdir: string, earlier: readonly string[]): EarlierNetworks {
  return new Map(
    clustersIn(earlier).flatMap(({ cluster, path }) => {
      const network = networkPattern.exec(readText(join(outdir, path)) ?? '')?.[1];
      return network === undefined ? [] : [[cluster, network]];
    }),
  );
}

const networkPattern = new RegExp(`^ +${networkLabel.replaceAll('.', '\\.')}: ["']?([^"'\\s]+)`, 'm');

function clustersIn(earlier: readonly string[]): { cluster: string; path: string }[] {
  return earlier.flatMap((path) => {
    const cluster = /^([^/]+)\/10-namespace\./.exec(path)?.[1];
    return cluster === undefined ? [] : [{ cluster, path }];
  });
}

/**
 * Compares a mesh with its earlier output and with the files of its inputs.
 *
 * @param earlier the files of the earlier output
 * @param networks the networks of the clusters in the earlier output
 */
export function findFormerClusters(
  { mesh, directory }: LocatedMesh,
  earlier: readonly string[],
  networks: EarlierNetworks,
): FormerClusters {
  const before = clustersIn(earlier).map(({ cluster }) => cluster);
  const isFormer = (name: string): boolean => findCluster(mesh, name) === undefined;
  const removed = before.filter(isFormer);
  const known = new Set(before);
  const added =
    before.length === 0 ? [] : mesh.clusters.map(({ name }) => name).filter((name) => !known.has(name));
  const withCertificates = namesIn(resolve(directory, mesh.certificates.directory)).filter(
    (name) => isFormer(name) && hasCertificates(mesh, directory, name),
  );
  const encrypted = namesIn(resolve(directory, mesh.secrets.directory)).filter(isFormer);
  const names = [...new Set([...removed, ...withCertificates, ...encrypted])];
  const left = names.flatMap((name) =>
    leftOf(mesh, name).filter((file) => existsSync(resolve(directory, file))),
  );
  return {
    removed,
    added,
    left,
    renamed: renamedClusters(mesh, networks),
    moved: movedClusters(mesh, networks),
  };
}

function renamedClusters({ clusters }: Mesh, networks: EarlierNetworks): Change[] {
  const inNetwork = (network: string): string[] =>
    clusters.filter((each) => each.network === network).map(({ name }) => name);
  const wereIn = (network: string): string[] =>
    [...networks].flatMap(([name, its]) => (its === network ? name : []));
  return [...networks].flatMap(([from, network]) => {
    const [to, ...others] = inNetwork(network);
    const isOnly = to !== undefined && others.length === 0 && wereIn(network).length === 1;
    return isOnly && to !== from && !networks.has(to) ? [{ from, to }] : [];
  });
}

function movedClusters({ clusters }: Mesh, networks: EarlierNetworks): FormerClusters['moved'] {
  return clusters.flatMap(({ name, network: to }) => {
    const from = networks.get(name);
    return from === undefined || from === to ? [] : [{ cluster: name, from, to }];
  });
}

/** What is left of a cluster, with its folders as a whole. */
function leftOf(mesh: Mesh, name: string): string[] {
  return inputsOf(mesh, name, {
    certificates: [join(mesh.certificates.directory, name)],
    encrypted: [join(mesh.secrets.directory, name)],
  });
}

function hasCertificates(mesh: Mesh, directory: string, name: string): boolean {
  return Object.values(caCertsFiles).some((file) =>
    existsSync(resolve(directory, mesh.certificates.directory, name, file)),
  );
}

/** What cannot be read is reported where it is used. */
function namesIn(folder: string): string[] {
  try {
    return (namesIfExists(folder) ?? []).filter((name) => !name.startsWith('.')).sort();
  } catch {
    return [];
  }
}
