import type { Command } from 'commander';

interface Options {
  readonly directory: string;
  readonly gitops?: string;
  readonly repository?: string;
}

/** `istio-mesh init`: the files that a new mesh starts from. */
export function registerInit(program: Command): void {
  program
    .command('init')
    .description('write a commented mesh.yaml, a cdk8s.yaml and what git must ignore')
    .argument('[clusters...]', 'the names of the clusters', ['cluster1', 'cluster2'])
    .option('--directory <folder>', 'the folder to write into', '.')
    .option('--gitops <tool>', 'who is to apply the output from a repository: argocd or flux')
    .option('--repository <url>', 'the repository that it is committed to')
    .action(async (clusters: string[], { directory, gitops, repository }: Options, command: Command) => {
      const { initialize } = await import('../init/initialize.js');
      if ((gitops === undefined) !== (repository === undefined)) {
        command.error('error: write --gitops and --repository together');
      }
      const delivered = gitops && repository ? { tool: gitops, repository } : undefined;
      const { written, next } = initialize(directory, clusters, delivered);
      process.stdout.write(`${written.map((file) => `Wrote ${file}`).join('\n')}\n\n${next}\n`);
    });
}
