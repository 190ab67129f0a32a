import type { Command } from 'commander';

interface Options {
  readonly directory: string;
  readonly delivery?: string;
  readonly repository?: string;
}

/** `istio-mesh init`: the files that a new mesh starts from. */
export function registerInit(program: Command): void {
  program
    .command('init')
    .description('write a commented mesh.yaml, a cdk8s.yaml and what git must ignore')
    .argument('[clusters...]', 'the names of the clusters', ['cluster1', 'cluster2'])
    .option('--directory <folder>', 'the folder to write into', '.')
    .option('--delivery <engine>', 'who is to apply the output from a repository: argocd or flux')
    .option('--repository <url>', 'the repository that it is committed to')
    .action(async (clusters: string[], { directory, delivery, repository }: Options, command: Command) => {
      const { initialize } = await import('../delivery/initialize.js');
      if ((delivery === undefined) !== (repository === undefined)) {
        command.error('error: write --delivery and --repository together');
      }
      const delivered = delivery && repository ? { engine: delivery, repository } : undefined;
      const { written, next } = initialize(directory, clusters, delivered);
      process.stdout.write(`${written.map((file) => `Wrote ${file}`).join('\n')}\n\n${next}\n`);
    });
}
