import { type Command, Option } from 'commander';
import { formatProblem } from '../problems/problem';
import { addCommand } from './command';
import { print } from './terminal';

interface Options {
  readonly directory: string;
  readonly gitops?: string;
  readonly repository?: string;
  readonly delivery?: string;
}

/** `istio-mesh init` */
export function registerInit(program: Command): void {
  addCommand(program, {
    name: 'init',
    summary: 'write mesh.yaml, cdk8s.yaml and .gitignore',
    description:
      'Writes a commented mesh.yaml for the given clusters, a cdk8s.yaml, and .gitignore entries for keys and tokens. Run it once, in an empty folder or in an existing cdk8s app: it does not change existing files except .gitignore, and prints what to change by hand.',
    examples: [
      { purpose: 'Start a mesh of two clusters', line: 'istio-mesh init eu us' },
      { purpose: 'Start a mesh in the folder mesh', line: 'istio-mesh init eu us --directory mesh' },
      {
        purpose: 'Start a mesh that Argo CD applies from a git repository',
        line: 'istio-mesh init eu us --gitops argocd --repository https://git.example.com/platform/mesh.git',
      },
    ],
  })
    .argument('[clusters...]', 'the names of the clusters', ['cluster1', 'cluster2'])
    .option('--directory <folder>', 'the folder to write to', '.')
    .option('--gitops <tool>', 'the GitOps tool that applies the output: argocd or flux')
    .option('--repository <url>', 'the repository that the GitOps tool reads')
    .addOption(new Option('--delivery <engine>').hideHelp())
    .action(initAndPrint);
}

async function initAndPrint(clusters: string[], options: Options, command: Command): Promise<void> {
  const { directory, gitops, repository, delivery } = options;
  if (delivery !== undefined) command.error(`error: write --gitops ${delivery} instead of --delivery`);
  if ((gitops === undefined) !== (repository === undefined)) {
    command.error('error: write --gitops and --repository together');
  }
  const { argumentProblems, initialize } = await import('../init/initialize.js');
  const templateOptions = {
    clusters,
    gitops: gitops && repository ? { tool: gitops, repository } : undefined,
  };
  const problems = argumentProblems(templateOptions);
  if (problems.length > 0) {
    command.error(problems.map((problem) => `error: ${formatProblem(problem)}`).join('\n'));
  }
  const { written, manualSteps, next } = initialize(directory, templateOptions);
  const sections = [
    written.map((file) => `Wrote ${file}`).join('\n'),
    ...manualSteps,
    ['Next, edit mesh.yaml, then run:', ...next.map((line) => `  ${line}`)].join('\n'),
  ];
  print(process.stdout, `${sections.join('\n\n')}\n`);
}
