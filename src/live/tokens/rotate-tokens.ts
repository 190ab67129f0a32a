import type { Cluster, Mesh } from '../../mesh/mesh';
import { MeshError, type Problem } from '../../problems/problem';
import { silent } from '../../problems/progress';
import { lockingRemotes } from '../../remotes/locked-remotes';
import type { TokenRotation } from '../../remotes/token-rotation';
import { type LiveOptions, selectClusters } from '../live-options';
import { secretChangeWarnings } from './secret-change-warnings';
import { connectInvolved, rotationsOf, tokenStatus } from './token-status';
import { type TokenStepOutcome, type TokenStepResult, takeTokenStep } from './token-step';

/** Options of {@link rotateTokens}. */
export interface RotateTokensOptions extends LiveOptions {
  /** Whether to take the next step, or to take the last one back. */
  readonly direction: 'forward' | 'back';
  /** Whether a token is revoked only if no cluster uses it any more. */
  readonly clusterChecks: 'required' | 'skipped';
  /**
   * How long to wait for the clusters before a token is revoked, in seconds.
   * @default - not at all
   */
  readonly timeoutSeconds?: number;
}

/** A step of one cluster. */
interface TokenStep {
  readonly cluster: string;
  readonly result: TokenStepResult;
  /** The files that changed, as messages show them. */
  readonly files: readonly string[];
}

/** What {@link rotateTokens} did. */
export interface TokenRotationReport {
  /** In the order of the mesh. */
  readonly clusters: readonly TokenStep[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * Takes the next step to replace the tokens with which clusters are read: issues another token for the next synthesis,
 * while the old one stays valid; and when all clusters use it, revokes the old one. The files show how far it is, so a
 * step that was interrupted can be repeated.
 *
 * @throws MeshError if a file cannot be used, or two clusters are one running cluster; everything else is in the report
 */
export function rotateTokens(mesh: Mesh, options: RotateTokensOptions): Promise<TokenRotationReport> {
  const { directory = '.', progress = silent } = options;
  return lockingRemotes(mesh, directory, progress, () => takeSteps(mesh, options));
}

async function takeSteps(mesh: Mesh, options: RotateTokensOptions): Promise<TokenRotationReport> {
  const { directory = '.', progress = silent, direction } = options;
  const rotations = rotationsOf(mesh, options);
  const clusters = selected(mesh, options, rotations);
  const left = await leftUntilRevocation(mesh, options, rotations);
  const names = clusters.map(({ name }) => name);
  const connected = await connectInvolved(mesh, names, { directory, progress });
  const outcomes = await Promise.all(
    clusters.map((cluster): TokenStepOutcome | Promise<TokenStepOutcome> => {
      const problems = left.get(cluster.name) ?? [];
      if (problems.length > 0) return { result: 'waiting', files: [], problems };
      const context = { mesh, directory, cluster, connected, progress };
      return takeTokenStep(context, rotations.get(cluster.name), direction);
    }),
  );
  const changed = names.filter((_, index) => changesSecrets[outcomes[index]?.result ?? 'failed']);
  return {
    clusters: outcomes.map(({ result, files }, index) => ({ cluster: names[index] ?? '', result, files })),
    problems: outcomes.flatMap(({ problems = [] }) => problems),
    warnings: [
      ...outcomes.flatMap(({ warnings = [] }) => warnings),
      ...(await secretChangeWarnings(connected, changed)),
    ],
  };
}

/** Whether the next synthesis writes other remote secrets. */
const changesSecrets: Readonly<Record<TokenStepResult, boolean>> = {
  issued: true,
  'taken-back': true,
  revoked: false,
  cancelled: false,
  waiting: false,
  failed: false,
};

/** Rotations that are under way are completed before others begin, unless clusters are named. */
function selected(
  mesh: Mesh,
  { clusters, direction }: RotateTokensOptions,
  rotations: ReadonlyMap<string, TokenRotation>,
): readonly Cluster[] {
  const all = selectClusters(mesh, clusters);
  const running = all.filter(({ name }) => rotations.has(name));
  if (direction === 'forward') return clusters === undefined && running.length > 0 ? running : all;
  if (running.length > 0) return running;
  throw new MeshError([
    {
      code: 'LIVE-ROTATION',
      location: { file: mesh.remotes },
      message: 'No token is being replaced, so there is no step to take back.',
      hint: 'A token that was revoked cannot be used again. To issue another one, run istio-mesh rotate tokens.',
    },
  ]);
}

/** What keeps a token from being revoked, by its cluster. */
async function leftUntilRevocation(
  mesh: Mesh,
  options: RotateTokensOptions,
  rotations: ReadonlyMap<string, TokenRotation>,
): Promise<ReadonlyMap<string, readonly Problem[]>> {
  const last = options.direction === 'forward' ? 'new-token' : 'old-token';
  const clusters = [...rotations].filter(([, { phase }]) => phase === last).map(([name]) => name);
  if (clusters.length === 0 || options.clusterChecks === 'skipped') return new Map();
  const statuses = await tokenStatus(mesh, { ...options, clusters, observations: 'twice' });
  return new Map(statuses.map(({ cluster, problems }) => [cluster, problems]));
}
