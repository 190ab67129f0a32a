import { dirname } from 'node:path';
import type { Command } from 'commander';
import { addCommand, meshFileOption } from './command';
import { print, terminalProgress } from './terminal';

interface Options {
  readonly meshFile: string;
  readonly dryRun?: true;
}

/** `istio-mesh remove` */
export function registerRemove(program: Command): void {
  addCommand(program, {
    name: 'remove',
    summary: 'remove a cluster from the mesh, and show what is left to do in the clusters',
    description:
      'Removes a cluster from mesh.yaml, also from the peers of others, and deletes its certificates, kubeconfig and encrypted Secrets. Then shows the order in which the other clusters let it go. It changes nothing in a cluster, and nothing at all if the mesh is not valid without the cluster. An interrupted run is completed by the next one.',
    examples: [
      {
        purpose: 'Show what would change, and what to do in the clusters',
        line: 'istio-mesh remove cluster3 --dry-run',
      },
      { purpose: 'Remove a cluster', line: 'istio-mesh remove cluster3' },
    ],
  })
    .argument('<cluster>', 'the name of the cluster')
    .addOption(meshFileOption())
    .option('--dry-run', 'change nothing')
    .action(remove);
}

async function remove(name: string, { meshFile, dryRun }: Options): Promise<void> {
  const { planRemoval, removeCluster } = await import('../synthesis/remove-cluster.js');
  const { removalText } = await import('./remove-text.js');
  const { earlierOutdir } = await import('../synthesis/output-location.js');
  const removal = planRemoval(meshFile, name);
  const progress = terminalProgress();
  if (!dryRun) await removeCluster(removal, progress).finally(progress.done);
  const outdir = earlierOutdir(dirname(meshFile)) ?? 'dist';
  print(process.stdout, `${removalText(removal, outdir, dryRun ? 'planned' : 'done')}\n`);
}
