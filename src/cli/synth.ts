import type { Command } from 'commander';
import { formatProblem } from '../problems/problem';
import { addCommand, meshFileOption } from './command';
import { printNotes } from './print-notes';
import { print, terminalProgress } from './terminal';

interface Options {
  readonly meshFile: string;
  readonly output?: string;
}

/** `istio-mesh synth` */
export function registerSynth(program: Command): void {
  addCommand(program, {
    name: 'synth',
    summary: 'write the Kubernetes manifests of all clusters',
    description:
      'Writes a folder of Kubernetes manifests for each cluster of mesh.yaml, with files numbered in the order to apply them. Issues CA certificates that are missing. Run it after each change of mesh.yaml, and after join.',
    examples: [
      { purpose: 'Write the manifests to dist', line: 'istio-mesh synth' },
      {
        purpose: 'Read another definition, and write to another folder',
        line: 'istio-mesh synth --mesh-file staging/mesh.yaml --output staging/dist',
      },
    ],
  })
    .addOption(meshFileOption())
    .option(
      '--output <folder>',
      'the output folder (default: $CDK8S_OUTDIR, else output in cdk8s.yaml, else dist)',
    )
    .action(synthAndPrint);
}

async function synthAndPrint({ meshFile, output }: Options): Promise<void> {
  const { synthesize } = await import('../synthesis/synthesize.js');
  const { synthesisSummary, synthesisWarnings } = await import('./synthesis-summary.js');
  const progress = terminalProgress();
  const synthesis = await synthesize({ meshFile, outdir: output, progress }).finally(progress.done);
  // `cdk8s synth` sets CDK8S_OUTDIR, and discards what its app prints to standard output.
  const stream = process.env.CDK8S_OUTDIR === undefined ? process.stdout : process.stderr;
  print(stream, `${synthesisSummary(synthesis)}\n`);
  for (const warning of synthesisWarnings(synthesis))
    print(process.stderr, `Warning: ${formatProblem(warning)}\n`);
  printNotes(synthesis.mesh);
}
