import type { Mesh } from '../../mesh/mesh';
import { earliest, type RootPhase, type StablePhase } from '../../pki/rotation/root-phase';
import { type RootRotation, readRootRotation } from '../../pki/rotation/root-rotation';
import { MeshError, type Problem } from '../../problems/problem';
import { type Progress, silent } from '../../problems/progress';
import { awaitClusters } from '../await-clusters';
import { type ConnectedCluster, connectAll } from '../connected-cluster';
import { refuseSharedContexts } from '../distinct-clusters';
import { reported } from '../live-problem';
import { barrierProblems } from './barrier';
import { observeRotation } from './observe-rotation';

/** Options of {@link rotationStatus}. */
interface RotationStatusOptions {
  /**
   * The folder that relative paths in the mesh definition start from.
   * @default - the working directory
   */
  readonly directory?: string;
  /**
   * How long to wait until all clusters have passed, in seconds.
   * @default - not at all
   */
  readonly timeoutSeconds?: number;
  /** @default - no progress is reported */
  readonly progress?: Progress;
}

/** How far a rotation of the root is, in files and in the clusters. */
export interface RotationStatus {
  /** How far the files are; see {@link RootRotation}. */
  readonly state: RootRotation['state'];
  /** The phase that all clusters must have reached before the next step. */
  readonly phase: StablePhase;
  /** Whether all clusters have reached it. */
  readonly passed: boolean;
  /** In the order of the mesh. */
  readonly clusters: readonly RotatingClusterStatus[];
}

/** How far one cluster is. */
interface RotatingClusterStatus {
  readonly cluster: string;
  /** The phase of its files; undefined if its CA certificate is issued elsewhere. */
  readonly phase?: RootPhase;
  /** Whether the cluster has reached the phase of {@link RotationStatus}. */
  readonly passed: boolean;
  /** What is still to happen, or why it is unknown. */
  readonly problems: readonly Problem[];
}

/**
 * Compares the clusters with the phase of the rotation that the files are in.
 *
 * @throws MeshError if the files belong to no phase, or two clusters are one running cluster; everything else is in the
 * report
 */
export async function rotationStatus(
  mesh: Mesh,
  options: RotationStatusOptions = {},
): Promise<RotationStatus> {
  const { directory = '.', progress = silent, timeoutSeconds = 0 } = options;
  const rotation = await readRootRotation(mesh, directory);
  const phase = barrierOf(rotation);
  if (rotation.state === 'none') return report(mesh, rotation, phase, new Map());
  refuseSharedContexts(mesh.clusters, directory);
  const observe = async () => {
    const connected = await connectAll(mesh.clusters, directory, progress);
    progress('Checking root certificates in istiod, webhooks and proxies');
    const problems = await Promise.all(connected.map((each) => problemsOf(mesh, each, rotation, phase)));
    const byCluster = connected.map(({ cluster }, index) => [cluster.name, problems[index] ?? []] as const);
    return report(mesh, rotation, phase, new Map(byCluster));
  };
  const patience = { timeoutSeconds, observations: 1, progress };
  return awaitClusters(patience, observe, ({ clusters }) => clusters.flatMap(({ problems }) => problems));
}

/** While the files of a cluster are between two issuers, its cluster still has the earlier one. */
function barrierOf({ phases }: RootRotation): StablePhase {
  const phase = earliest(phases.values());
  return phase === 'between-issuers' ? 'both-roots' : phase;
}

async function problemsOf(
  mesh: Mesh,
  { cluster, live, problems }: ConnectedCluster,
  rotation: RootRotation,
  phase: StablePhase,
): Promise<readonly Problem[]> {
  if (live === undefined) return problems;
  try {
    return barrierProblems(phase, await observeRotation(live, mesh, cluster), rotation);
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
}

function report(
  mesh: Mesh,
  { state, phases }: RootRotation,
  phase: StablePhase,
  problems: ReadonlyMap<string, readonly Problem[]>,
): RotationStatus {
  const clusters = mesh.clusters.map(({ name }): RotatingClusterStatus => {
    const found = problems.get(name) ?? [];
    const own = phases.get(name);
    return {
      cluster: name,
      ...(own === undefined ? {} : { phase: own }),
      passed: found.length === 0,
      problems: found.map(reported),
    };
  });
  return { state, phase, passed: clusters.every(({ passed }) => passed), clusters };
}
