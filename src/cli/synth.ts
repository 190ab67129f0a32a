import type { Command } from 'commander';
import { terminalProgress } from './terminal';

/** `istio-mesh synth`: from mesh.yaml to the output folder. */
export function registerSynth(program: Command): void {
  program
    .command('synth')
    .description('write the folder of every cluster from mesh.yaml')
    .option('--mesh-file <file>', 'the definition of the mesh', 'mesh.yaml')
    .option('--output <folder>', 'the folder to write (default: $CDK8S_OUTDIR, else dist)')
    .action(async ({ meshFile, output }: { meshFile: string; output?: string }) =>
      synthAndTell({ meshFile, outdir: output, summary: process.stdout }),
    );
}

/** What to synthesize, and where to tell about it. */
export interface SynthAndTellOptions {
  readonly meshFile: string;
  readonly outdir?: string;
  readonly summary: NodeJS.WritableStream;
}

/** Synthesizes, and tells what was written and what to run next. */
export async function synthAndTell({ summary, ...options }: SynthAndTellOptions): Promise<void> {
  const { synthesize } = await import('../synthesis/synthesize.js');
  const { synthesisSummary } = await import('./synthesis-summary.js');
  const progress = terminalProgress();
  const synthesis = await synthesize({ ...options, progress }).finally(progress.done);
  summary.write(`${synthesisSummary(synthesis)}\n`);
}
