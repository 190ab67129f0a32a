import type { Command } from 'commander';
import { formatProblem, MeshError } from '../problems/problem';
import type { PlainTextPlace } from '../secrets/scan/plain-text-places';
import type { CheckReport } from '../synthesis/check-mesh';
import { addCommand, meshFileOption } from './command';
import { printNotes } from './print-notes';
import { formatTable, joinNames, print } from './terminal';

interface Options {
  readonly meshFile: string;
  readonly output?: string;
}

/** The exit status if nothing is wrong in what was searched, but something was not searched. */
const incomplete = 2;

/** `istio-mesh check` */
export function registerCheck(program: Command): void {
  addCommand(program, {
    name: 'check',
    summary: 'validate mesh.yaml, and search the output and the git index for keys and tokens',
    description:
      'Checks that the mesh can be synthesized, without writing anything. Fails if the output folder or the git index contains a plain-text key or token, and exits with status 2 if it could not search everything. Run it in CI and as a git pre-commit hook.',
    examples: [
      { purpose: 'Check the mesh and the output folder dist', line: 'istio-mesh check' },
      {
        purpose: 'Check a mesh in a folder below the root of the repository, for example in a hook',
        line: 'istio-mesh check --mesh-file mesh/mesh.yaml --output mesh/dist',
      },
    ],
  })
    .addOption(meshFileOption())
    .option(
      '--output <folder>',
      'the output folder to search (default: $CDK8S_OUTDIR, else output in cdk8s.yaml, else dist)',
    )
    .action(checkAndPrint);
}

async function checkAndPrint({ meshFile, output }: Options): Promise<void> {
  const { checkMesh } = await import('../synthesis/check-mesh.js');
  const { defaultOutdir } = await import('../synthesis/output-location.js');
  const outdir = output ?? defaultOutdir();
  const isNamed = output !== undefined || process.env.CDK8S_OUTDIR !== undefined;
  const report = await checkMesh({ meshFile, outdir, output: isNamed ? 'required' : 'optional' });
  for (const warning of report.warnings) print(process.stderr, `Warning: ${formatProblem(warning)}\n`);
  for (const note of notes(report)) print(process.stderr, `Note: ${note}\n`);
  printNotes(report.mesh);
  for (const problem of report.unsearched) process.stderr.write(`${formatProblem(problem)}\n`);
  MeshError.throwIfAny(report.problems);
  if (report.unsearched.length > 0) process.exitCode = incomplete;
  print(
    process.stdout,
    `Mesh ${report.mesh.meshID} is valid.\n${searchResult(report, outdir)}\n${plainTextTable(report)}`,
  );
}

function searchResult({ knownSecrets, output, index }: CheckReport, outdir: string): string {
  const searched = [
    output === undefined ? '' : `${output.files} files of ${outdir}`,
    'reason' in index ? '' : `${index.files} files of the git index of ${index.root}`,
  ].filter((place) => place !== '');
  if (searched.length === 0) return 'There is no output folder and no git index to search.';
  const places = searched.join(' and ');
  const isPlain = output !== undefined && output.plainText.length > 0;
  const found = isPlain
    ? `Found no Secret in plain text in ${places}, except those that the backend plain writes to ${outdir}.`
    : knownSecrets === 0
      ? `Found no plain-text Secret in ${places}.`
      : `Found no plain-text Secret, and none of ${knownSecrets} keys and tokens, in ${places}.`;
  return knownSecrets === 0
    ? `${found} This machine has no keys or tokens of the mesh to search for.`
    : found;
}

/** What is on this machine in plain text by design. */
function plainTextTable({ plainText }: CheckReport): string {
  if (plainText.length === 0) return '';
  const rows = plainText.map(({ paths, holds, git }) => [joinNames(paths), holds, gitStatus[git]]);
  const table = formatTable([['PATH', 'HOLDS', 'GIT'], ...rows]);
  return `\nNever commit these. They hold keys and tokens in plain text:\n\n${table}\n`;
}

const gitStatus: Readonly<Record<PlainTextPlace['git'], string>> = {
  ignored: 'ignored',
  'not ignored': 'NOT ignored: add it to .gitignore',
  outside: 'not in a repository',
};

function notes({ index, unsearched }: CheckReport): string[] {
  const hasProblem = unsearched.some(({ code }) => code === 'SECRET-INDEX');
  return [...('reason' in index && !hasProblem ? [`The git index was not searched: ${index.reason}.`] : [])];
}
