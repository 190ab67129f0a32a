import type { Command } from 'commander';
import { formatProblem, MeshError } from '../problems/problem';
import type { CheckReport } from '../synthesis/check-mesh';

interface Options {
  readonly meshFile: string;
  readonly output?: string;
}

/** `istio-mesh check`: whether the mesh can be synthesized, and nothing of it is exposed; for hooks and CI. */
export function registerCheck(program: Command): void {
  program
    .command('check')
    .description('check the definition, and that no key or token is in the output or the git index')
    .option('--mesh-file <file>', 'the definition of the mesh', 'mesh.yaml')
    .option('--output <folder>', 'the folder to look into (default: $CDK8S_OUTDIR, else dist)')
    .action(checkAndTell);
}

async function checkAndTell({ meshFile, output }: Options): Promise<void> {
  const { checkMesh } = await import('../synthesis/check-mesh.js');
  const outdir = output ?? process.env.CDK8S_OUTDIR ?? 'dist';
  const report = await checkMesh({ meshFile, outdir });
  for (const warning of report.warnings) process.stderr.write(`Warning: ${formatProblem(warning)}\n`);
  for (const note of notes(report)) process.stderr.write(`Note: ${note}\n`);
  MeshError.throwIfAny(report.problems);
  process.stdout.write(`${summary(report, outdir)}\n`);
}

function summary({ mesh, knownSecrets, output, index }: CheckReport, outdir: string): string {
  const looked = [
    output === undefined ? '' : `${output.files} files of ${outdir}`,
    'reason' in index ? '' : `${index.files} files of the git index of ${index.root}`,
  ].filter((place) => place !== '');
  const known =
    knownSecrets === 0 ? 'no key or token is here to look for' : `nor any of ${knownSecrets} keys and tokens`;
  return [
    `Mesh ${mesh.meshID} is well defined.`,
    looked.length === 0
      ? 'There is nothing to look for keys and tokens in.'
      : `No Secret in plain text, ${known}: in ${looked.join(' and ')}.`,
  ].join('\n');
}

function notes({ output, index }: CheckReport): string[] {
  const skipped = [output, 'reason' in index ? undefined : index].flatMap((each) => each?.skipped ?? []);
  return [
    ...('reason' in index ? [`The git index was not looked into: ${index.reason}.`] : []),
    ...skipped.map((file) => `${file} was passed over: it is too large.`),
  ];
}
