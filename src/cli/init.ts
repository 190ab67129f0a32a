import { type Command, Option } from 'commander';
import type { ExistingMesh } from '../init/existing/merged-definition';
import { formatProblem } from '../problems/problem';
import { addCommand } from './command';
import { print, terminalProgress } from './terminal';

interface Options {
  readonly directory: string;
  readonly gitops?: string;
  readonly repository?: string;
  readonly dataPlane?: string;
  readonly delivery?: string;
  readonly from?: readonly string[];
  readonly fromCluster?: readonly string[];
  readonly kubeconfig?: string;
  readonly network?: readonly string[];
  readonly meshId?: string;
  readonly istioVersion?: string;
}

/** `istio-mesh init` */
export function registerInit(program: Command): void {
  addCommand(program, {
    name: 'init',
    summary: 'write mesh.yaml, cdk8s.yaml and .gitignore',
    description:
      'Writes a commented mesh.yaml for the given clusters, a cdk8s.yaml, and .gitignore entries for keys and tokens. With --from, writes the settings of an existing installation into mesh.yaml. Run it once, in an empty folder or in an existing cdk8s app: it does not change existing files except .gitignore, and prints what to change by hand.',
    examples: [
      { purpose: 'Start a mesh of two clusters', line: 'istio-mesh init eu us' },
      { purpose: 'Start a mesh in the folder mesh', line: 'istio-mesh init eu us --directory mesh' },
      { purpose: 'Start a mesh without sidecars', line: 'istio-mesh init eu us --data-plane ambient' },
      {
        purpose: 'Start a mesh that Argo CD applies from a git repository',
        line: 'istio-mesh init eu us --gitops argocd --repository https://git.example.com/platform/mesh.git',
      },
      {
        purpose: 'Move IstioOperator files that name their clusters and networks',
        line: 'istio-mesh init --from cluster1.yaml cluster2.yaml eastwest-gateways.yaml',
      },
      {
        purpose: 'Move a mesh that runs, by the contexts of its clusters',
        line: 'istio-mesh init --from-cluster eu us',
      },
      {
        purpose: 'Move Helm values of one cluster, which do not name it',
        line: 'istio-mesh init --from eu=istiod.yaml eu=gateway.yaml --network eu=network1',
      },
    ],
  })
    .argument('[clusters...]', 'the names of the clusters (default: "cluster1", "cluster2")')
    .option('--directory <folder>', 'the folder to write to', '.')
    .option(
      '--data-plane <data-plane>',
      'how pods enter the mesh: sidecar, ambient, or both (default: sidecar)',
    )
    .option('--gitops <tool>', 'the GitOps tool that applies the output: argocd or flux')
    .option('--repository <url>', 'the repository that the GitOps tool reads')
    .option(
      '--from <files...>',
      'files of an existing installation: IstioOperators, values of the charts istiod, base, gateway, cni and ztunnel, or objects of Argo CD or Flux with such values; - for standard input; CLUSTER=FILE for a file that does not name its cluster',
    )
    .option(
      '--from-cluster <contexts...>',
      'contexts of a kubeconfig whose clusters run Istio; CLUSTER=CONTEXT for a cluster that has no name in Istio',
    )
    .option(
      '--kubeconfig <file>',
      'with --from-cluster, the kubeconfig with the contexts (default: as in kubectl)',
    )
    .option(
      '--network <networks...>',
      'with --from, the networks of clusters that the files do not name: CLUSTER=NETWORK',
    )
    .option('--mesh-id <id>', 'with --from, the ID of the mesh, if the files have none')
    .option(
      '--istio-version <version>',
      'with --from, the version of Istio (default: that of the image tag or the chart)',
    )
    .addOption(new Option('--delivery <engine>').hideHelp())
    .action(initAndPrint);
}

async function initAndPrint(clusters: string[], options: Options, command: Command): Promise<void> {
  const { delivery, gitops, repository, dataPlane, from, fromCluster } = options;
  if (delivery !== undefined) command.error(`error: write --gitops ${delivery} instead of --delivery`);
  if ((gitops === undefined) !== (repository === undefined)) {
    command.error('error: write --gitops and --repository together');
  }
  if (from !== undefined && fromCluster !== undefined) command.error('error: write --from or --from-cluster');
  const isNew = from === undefined && fromCluster === undefined;
  if (!isNew && dataPlane !== undefined) command.error('error: --data-plane is for a new mesh');
  if (!isNew && clusters.length > 0) {
    command.error(
      'error: write the name of a cluster before its file or context, such as cluster1=cluster1.yaml',
    );
  }
  const forExisting = Object.entries(optionsOfExisting).find(
    ([key]) => options[key as keyof Options] !== undefined,
  );
  if (isNew && forExisting !== undefined)
    command.error(`error: ${forExisting[1]} is for --from or --from-cluster`);
  if (isNew) await initNew(clusters.length === 0 ? ['cluster1', 'cluster2'] : clusters, options, command);
  else await initExisting(options, command);
}

const optionsOfExisting = {
  network: '--network',
  meshId: '--mesh-id',
  istioVersion: '--istio-version',
  kubeconfig: '--kubeconfig',
};

async function initNew(clusters: readonly string[], options: Options, command: Command): Promise<void> {
  const { argumentProblems, initialize } = await import('../init/initialize.js');
  const templateOptions = { clusters, gitops: gitopsOf(options), dataPlane: options.dataPlane };
  refuse(argumentProblems(templateOptions), command);
  const initialization = initialize(options.directory, templateOptions);
  printInitialization(initialization, 'Next, edit mesh.yaml, then run:');
}

async function initExisting(options: Options, command: Command): Promise<void> {
  const { argumentProblems, initialize, refuseExisting } = await import('../init/initialize.js');
  const { existingMeshText } = await import('../init/existing/existing-mesh-text.js');
  const { directory } = options;
  refuseExisting(directory);
  const existing = await readExisting(options, command);
  const clusters = existing.clusters.map(({ name }) => name);
  const templateOptions = { clusters, gitops: gitopsOf(options) };
  refuse(argumentProblems(templateOptions), command);
  const initialization = initialize(directory, templateOptions, (schema) =>
    existingMeshText(existing, schema, templateOptions.gitops),
  );
  const remarks = existing.notes.map((note) => `  ${note}`);
  printInitialization(
    initialization,
    nextOfExisting,
    remarks.length === 0 ? [] : [['Left out, or written in another way:', ...remarks].join('\n')],
  );
}

const nextOfExisting =
  'Next, copy the CA certificates of the clusters into certs/. Otherwise synth issues a new root, which running pods do not trust. Read the comments of mesh.yaml, then run:';

async function readExisting(options: Options, command: Command): Promise<ExistingMesh> {
  const { meshId, istioVersion, kubeconfig, directory, fromCluster } = options;
  const settings = { networks: networksOf(options, command), meshID: meshId, istioVersion };
  if (fromCluster === undefined) {
    const { meshFromFiles } = await import('../init/existing/from-files.js');
    return meshFromFiles(options.from ?? [], settings);
  }
  const { runningMesh } = await import('../live/running-mesh.js');
  const { inputFile } = await import('../init/existing/input-document.js');
  const progress = terminalProgress();
  const contexts = fromCluster.map(inputFile).map(({ file, cluster }) => ({ context: file, cluster }));
  return runningMesh(contexts, { ...settings, kubeconfig, directory, progress }).finally(progress.done);
}

function gitopsOf({ gitops, repository }: Options) {
  return gitops && repository ? { tool: gitops, repository } : undefined;
}

/** The networks by cluster; one without the name of a cluster is that of all clusters. */
function networksOf({ network = [] }: Options, command: Command): Record<string, string> {
  const pairs = network.map((argument) => argument.split('='));
  const wrong = pairs.find((parts) => parts.length > 2 || parts.some((part) => part === ''));
  if (wrong !== undefined)
    command.error(`error: write --network CLUSTER=NETWORK instead of ${wrong.join('=')}`);
  return Object.fromEntries(pairs.map((parts) => [parts.length === 2 ? parts[0] : '', parts.at(-1)]));
}

function refuse(problems: readonly Parameters<typeof formatProblem>[0][], command: Command): void {
  if (problems.length === 0) return;
  command.error(problems.map((problem) => `error: ${formatProblem(problem)}`).join('\n'));
}

function printInitialization(
  {
    written,
    manualSteps,
    next,
  }: { written: readonly string[]; manualSteps: readonly string[]; next: readonly string[] },
  title: string,
  remarks: readonly string[] = [],
): void {
  const sections = [
    written.map((file) => `Wrote ${file}`).join('\n'),
    ...remarks,
    ...manualSteps,
    [title, ...next.map((line) => `  ${line}`)].join('\n'),
  ];
  print(process.stdout, `${sections.join('\n\n')}\n`);
}
