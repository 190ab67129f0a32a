import type { Command } from 'commander';

/** `istio-mesh init`: the files that a new mesh starts from. */
export function registerInit(program: Command): void {
  program
    .command('init')
    .description('write a commented mesh.yaml, a cdk8s.yaml and what git must ignore')
    .argument('[clusters...]', 'the names of the clusters', ['cluster1', 'cluster2'])
    .option('--directory <folder>', 'the folder to write into', '.')
    .action(async (clusters: string[], { directory }: { directory: string }) => {
      const { initialize } = await import('../delivery/initialize.js');
      const { written, next } = initialize(directory, clusters);
      process.stdout.write(`${written.map((file) => `Wrote ${file}`).join('\n')}\n\n${next}\n`);
    });
}
