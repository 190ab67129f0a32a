import type { Mesh } from '../../mesh/mesh';
import { MeshError, type Problem } from '../../problems/problem';
import { silent } from '../../problems/progress';
import { readTokenRotation, type TokenPhase, type TokenRotation } from '../../remotes/token-rotation';
import { awaitClusters } from '../await-clusters';
import { type ConnectedCluster, connectAll } from '../connected-cluster';
import { refuseSharedContexts } from '../distinct-clusters';
import { type LiveOptions, selectClusters } from '../live-options';
import { problemOf, reported } from '../live-problem';
import { ownValue } from '../own-value';
import { endpointsOf, observeReader, type ReaderState, readersOf } from './observe-reading';
import { readingProblems } from './reading-problems';

/** Options of {@link tokenStatus}. */
export interface TokenStatusOptions extends LiveOptions {
  /**
   * How long to wait until all clusters use the tokens in the files, in seconds.
   * @default - not at all
   */
  readonly timeoutSeconds?: number;
  /**
   * Whether to look a second time after some seconds: istiod says `synced` until it notices that a Secret has changed.
   * @default - once
   */
  readonly observations?: 'once' | 'twice';
}

/** How far the replacement of one cluster's token is. */
export interface TokenClusterStatus {
  readonly cluster: string;
  /** Which token synthesis writes. */
  readonly phase: TokenPhase;
  /** Whether all clusters that read this one use that token. */
  readonly passed: boolean;
  /** What is still to happen, or why it is unknown. */
  readonly problems: readonly Problem[];
}

/**
 * Compares the clusters with the tokens that are being replaced.
 *
 * @throws MeshError if a file cannot be used, or two clusters are one running cluster; everything else is in the report
 */
export async function tokenStatus(
  mesh: Mesh,
  options: TokenStatusOptions = {},
): Promise<TokenClusterStatus[]> {
  const { directory = '.', progress = silent, timeoutSeconds = 0, observations = 'once' } = options;
  const rotations = rotationsOf(mesh, options);
  if (rotations.size === 0) return [];
  const observe = async () => {
    const connected = await connectInvolved(mesh, rotations.keys(), { directory, progress });
    progress('Checking the remote secrets and endpoints in istiod');
    return statusesOf(connected, rotations);
  };
  const patience = { timeoutSeconds, observations: observations === 'once' ? 1 : 2, progress };
  return awaitClusters(patience, observe, (statuses) => statuses.flatMap(({ problems }) => problems));
}

/** The selected clusters whose token is being replaced. */
export function rotationsOf(
  mesh: Mesh,
  { directory = '.', clusters }: LiveOptions,
): Map<string, TokenRotation> {
  return new Map(
    selectClusters(mesh, clusters).flatMap(({ name }) => {
      const rotation = readTokenRotation(mesh, directory, name);
      return rotation === undefined ? [] : [[name, rotation] as const];
    }),
  );
}

/** Connects to clusters, and to those that read them. */
export function connectInvolved(
  mesh: Mesh,
  names: Iterable<string>,
  { directory = '.', progress = silent }: LiveOptions,
): Promise<ConnectedCluster[]> {
  const wanted = [...names];
  const involved = mesh.clusters.filter(
    ({ name, peers }) => wanted.includes(name) || peers.some((peer) => wanted.includes(peer)),
  );
  refuseSharedContexts(involved, directory);
  return connectAll(involved, directory, progress);
}

/** What a cluster shows, or why it is unknown. */
type Observed = { readonly state: ReaderState } | { readonly problems: readonly Problem[] };

async function statusesOf(
  connected: readonly ConnectedCluster[],
  rotations: ReadonlyMap<string, TokenRotation>,
): Promise<TokenClusterStatus[]> {
  const observed = new Map(
    await Promise.all(connected.map(async (each) => [each.cluster.name, await observe(each)] as const)),
  );
  return [...rotations].map(([cluster, rotation]) => {
    const { phase, current } = rotation;
    const own = observed.get(cluster);
    const endpoints = (reader: string) => leastEndpoints(rotation, own, cluster, reader);
    const problems = readersOf(connected, cluster).flatMap(({ cluster: { name } }) => {
      const reader = observed.get(name);
      if (reader === undefined) return [];
      if ('problems' in reader) return reader.problems;
      const found = readingProblems(reader.state, { to: cluster, current, endpoints: endpoints(name) });
      return found.map((problem) => reported(problemOf(name, 'LIVE-ROTATION', problem)));
    });
    const all = [...(own !== undefined && 'problems' in own ? own.problems : []), ...problems];
    return { cluster, phase, passed: all.length === 0, problems: all };
  });
}

async function observe({ cluster, live, problems }: ConnectedCluster): Promise<Observed> {
  if (live === undefined) return { problems };
  try {
    return { state: await observeReader(live, cluster) };
  } catch (error) {
    if (error instanceof MeshError) return { problems: error.problems };
    throw error;
  }
}

/** As many as before or, if pods have gone since then, as many as the cluster itself knows. */
function leastEndpoints(
  { endpoints }: TokenRotation,
  own: Observed | undefined,
  cluster: string,
  reader: string,
): number {
  const known = own !== undefined && 'state' in own ? endpointsOf(cluster, own.state) : undefined;
  return Math.min(ownValue(endpoints, reader) ?? 1, known ?? Number.POSITIVE_INFINITY);
}
