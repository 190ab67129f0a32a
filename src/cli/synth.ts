import type { Command } from 'commander';
import { terminalProgress } from './terminal';

/** `istio-mesh synth`: from mesh.yaml to the output folder. */
export function registerSynth(program: Command): void {
  program
    .command('synth')
    .description('write the folder of every cluster from mesh.yaml')
    .option('--mesh-file <file>', 'the definition of the mesh', 'mesh.yaml')
    .option('--output <folder>', 'the folder to write (default: $CDK8S_OUTDIR, else dist)')
    .action(synthAndReport);
}

/** Synthesizes, and prints what was written and what to run next. */
async function synthAndReport({ meshFile, output }: { meshFile: string; output?: string }): Promise<void> {
  const { synthesize } = await import('../synthesis/synthesize.js');
  const { synthesisSummary } = await import('./synthesis-summary.js');
  const progress = terminalProgress();
  const synthesis = await synthesize({ meshFile, outdir: output, progress }).finally(progress.done);
  // `cdk8s synth` sets CDK8S_OUTDIR, and discards what its app prints to standard output.
  const stream = process.env.CDK8S_OUTDIR === undefined ? process.stdout : process.stderr;
  stream.write(`${synthesisSummary(synthesis)}\n`);
}
