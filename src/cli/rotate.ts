import { dirname } from 'node:path';
import { Argument, type Command } from 'commander';
import type { RotationStatus } from '../live/rotation/rotation-status';
import type { TokenClusterStatus } from '../live/tokens/token-status';
import type { Mesh } from '../mesh/mesh';
import { formatProblem, MeshError } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { addCommand, type CommandHelp, meshFileOption } from './command';
import { phaseText, statusText, stepText } from './rotation-text';
import { parseSeconds, print, terminalProgress } from './terminal';
import { tokenStatusText, tokenStepsText } from './token-rotation-text';

interface Options {
  readonly meshFile: string;
  readonly back?: true;
  readonly wait?: true;
  readonly timeout: number;
  readonly withoutClusterChecks?: true;
  readonly json?: true;
}

const help: CommandHelp = {
  name: 'rotate',
  summary: 'replace certificates or tokens in steps, and see how far the clusters are',
  description:
    'Changes the certificates in certs/ or the kubeconfigs in remotes/; synthesize and apply after each step. rotate root replaces the root in four steps: it issues another root, then all clusters trust both, then they sign with the new one, then they trust only that. Before each step it checks that all clusters have completed the one before. rotate intermediates issues new certificates under the same root. rotate tokens replaces the tokens with which clusters read each other in two steps: it issues another token in each cluster; when all other clusters use it, it revokes the old one. rotate status shows what each cluster still lacks, and exits with status 1 until nothing is left.',
  examples: [
    { purpose: 'Take the next step of a rotation of the root', line: 'istio-mesh rotate root' },
    { purpose: 'Wait until all clusters have completed the step', line: 'istio-mesh rotate status --wait' },
    { purpose: 'Take a step back', line: 'istio-mesh rotate root --back' },
    { purpose: 'Let one cluster sign with the new root first', line: 'istio-mesh rotate root cluster1' },
    {
      purpose: 'Replace the intermediate certificate of a cluster',
      line: 'istio-mesh rotate intermediates cluster1',
    },
    { purpose: 'Take the next step of a rotation of tokens', line: 'istio-mesh rotate tokens' },
    {
      purpose: 'Wait until the other clusters use the new token of a cluster, and revoke the old one',
      line: 'istio-mesh rotate tokens cluster1 --wait',
    },
  ],
};

/** `istio-mesh rotate` */
export function registerRotate(program: Command): void {
  addCommand(program, help)
    .addArgument(
      new Argument('<what>', 'what to rotate, or status').choices([
        'root',
        'intermediates',
        'tokens',
        'status',
      ]),
    )
    .argument(
      '[clusters...]',
      'only these clusters: for intermediates and tokens, and where clusters change their issuer',
    )
    .addOption(meshFileOption())
    .option('--back', 'take the last step of a rotation of the root or of tokens back')
    .option('--wait', 'wait until all clusters have completed the last step')
    .option('--timeout <seconds>', 'how long to wait', parseSeconds, 600)
    .option(
      '--without-cluster-checks',
      'take the next step of the root or of tokens although no cluster is checked; calls fail if one has not completed the last step',
    )
    .option('--json', 'print the result as JSON')
    .action(rotate);
}

type Action = (mesh: Mesh, clusters: readonly string[], options: Options) => Promise<void>;

const actions: Readonly<Record<string, Action>> = { root: takeStep, intermediates, tokens, status };

/** What has steps, which can be checked and taken back. */
const stepwise = ['root', 'tokens'];

async function rotate(what: string, clusters: string[], options: Options, command: Command): Promise<void> {
  const { loadMesh } = await import('../mesh/mesh-file.js');
  const { inputLocationProblems } = await import('../synthesis/output-location.js');
  if (!stepwise.includes(what) && (options.back || options.withoutClusterChecks)) {
    command.error('error: --back and --without-cluster-checks are options of rotate root and rotate tokens');
  }
  if (what === 'status' && clusters.length > 0) {
    command.error('error: rotate status takes no clusters, because a step concerns all of them');
  }
  const mesh = loadMesh(options.meshFile);
  MeshError.throwIfAny(inputLocationProblems({ mesh, directory: dirname(options.meshFile) }));
  await actions[what]?.(mesh, clusters, options);
}

async function takeStep(mesh: Mesh, clusters: readonly string[], options: Options): Promise<void> {
  const { rotateRoot } = await import('../pki/rotation/rotate-root.js');
  const direction = options.back ? 'back' : 'forward';
  if (direction === 'forward') await requireCompletedStep(mesh, options);
  const step = await withProgress(options, clusters, (common) => rotateRoot(mesh, { ...common, direction }));
  print(process.stdout, `${options.json ? JSON.stringify(step, null, 2) : stepText(mesh, step)}\n`);
}

/** A cluster that has not completed a step would reject the certificates of the next one. */
async function requireCompletedStep(mesh: Mesh, options: Options): Promise<void> {
  const { requirePreparedMesh } = await import('../pki/rotation/prepared-mesh.js');
  await requirePreparedMesh(mesh, dirname(options.meshFile));
  if (options.withoutClusterChecks) {
    print(
      process.stderr,
      'Warning: No cluster is checked. Calls fail if one has not completed the last step.\n',
    );
    return;
  }
  const { state, phase, passed, clusters } = await statusOf(mesh, options);
  // After the last step, nothing in the clusters keeps from what rotateRoot reports.
  if (passed || state === 'finished') return;
  const left = clusters.filter((cluster) => !cluster.passed).map(({ cluster }) => cluster);
  throw new MeshError([
    ...clusters.flatMap(({ problems }) => problems),
    {
      code: 'LIVE-ROTATION',
      location: { file: mesh.certificates.directory },
      message: `The next step must wait, because not every cluster ${phaseText(phase)}: ${left.join(', ')}.`,
      hint: 'Complete the last step in these clusters, and run the command again. With --wait, it waits for them.',
    },
  ]);
}

async function tokens(mesh: Mesh, clusters: readonly string[], options: Options): Promise<void> {
  const { rotateTokens } = await import('../live/tokens/rotate-tokens.js');
  const report = await withProgress(options, clusters, (common) =>
    rotateTokens(mesh, {
      ...common,
      ...patience(options),
      direction: options.back ? 'back' : 'forward',
      clusterChecks: options.withoutClusterChecks ? 'skipped' : 'required',
    }),
  );
  print(process.stdout, `${options.json ? JSON.stringify(report, null, 2) : tokenStepsText(mesh, report)}\n`);
  for (const warning of report.warnings) print(process.stderr, `Warning: ${formatProblem(warning)}\n`);
  MeshError.throwIfAny(report.problems);
}

async function status(mesh: Mesh, _: readonly string[], options: Options): Promise<void> {
  const tokenClusters = await tokenStatusOf(mesh, options);
  const root = await rootStatusOf(mesh, options, tokenClusters.length > 0);
  const texts = [root && statusText(mesh, root), tokenStatusText(tokenClusters)].filter((text) => text);
  const json = JSON.stringify({ ...root, tokens: tokenClusters }, null, 2);
  print(process.stdout, `${options.json ? json : texts.join('\n\n')}\n`);
  const clusters = [...(root?.clusters ?? []), ...tokenClusters];
  for (const problem of clusters.flatMap(({ problems }) => problems)) {
    print(process.stderr, `${formatProblem(problem)}\n`);
  }
  await warnOfExpiry(mesh, dirname(options.meshFile));
  if (!clusters.every(({ passed }) => passed)) process.exitCode = 1;
}

/** Expired tokens are warnings, too: what they keep from working is reported where it is used. */
async function warnOfExpiry(mesh: Mesh, directory: string): Promise<void> {
  const { loadRemotes } = await import('../remotes/remotes-folder.js');
  try {
    const { warnings } = loadRemotes(mesh, { directory });
    for (const warning of warnings) print(process.stderr, `Warning: ${formatProblem(warning)}\n`);
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    for (const problem of error.problems) print(process.stderr, `Warning: ${formatProblem(problem)}\n`);
  }
}

/** Tokens can be rotated on a machine without certificates. */
async function rootStatusOf(
  mesh: Mesh,
  options: Options,
  hasTokens: boolean,
): Promise<RotationStatus | undefined> {
  try {
    return await statusOf(mesh, options);
  } catch (error) {
    if (hasTokens && error instanceof MeshError) return undefined;
    throw error;
  }
}

async function tokenStatusOf(mesh: Mesh, options: Options): Promise<TokenClusterStatus[]> {
  const { tokenStatus } = await import('../live/tokens/token-status.js');
  return withProgress(options, [], (common) => tokenStatus(mesh, { ...common, ...patience(options) }));
}

async function statusOf(mesh: Mesh, options: Options): Promise<RotationStatus> {
  const { rotationStatus } = await import('../live/rotation/rotation-status.js');
  return withProgress(options, [], (common) => rotationStatus(mesh, { ...common, ...patience(options) }));
}

async function intermediates(mesh: Mesh, clusters: readonly string[], options: Options): Promise<void> {
  const { rotateIntermediates } = await import('../pki/rotation/rotate-intermediates.js');
  const rotated = await withProgress(options, clusters, (common) => rotateIntermediates(mesh, common));
  print(process.stdout, `${options.json ? JSON.stringify(rotated, null, 2) : stepText(mesh, rotated)}\n`);
}

function patience({ wait, timeout }: Options): { readonly timeoutSeconds?: number } {
  return wait ? { timeoutSeconds: timeout } : {};
}

/** What all rotations take. */
interface Common {
  readonly directory: string;
  readonly clusters?: readonly string[];
  readonly progress: Progress;
}

/** Runs what reports its progress, with the folder of mesh.yaml and the selected clusters. */
async function withProgress<T>(
  { meshFile }: Options,
  clusters: readonly string[],
  run: (common: Common) => Promise<T>,
): Promise<T> {
  const progress = terminalProgress();
  const selection = clusters.length === 0 ? {} : { clusters };
  return run({ directory: dirname(meshFile), ...selection, progress }).finally(progress.done);
}
