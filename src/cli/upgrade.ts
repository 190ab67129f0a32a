import { dirname } from 'node:path';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { isIstioVersion, latestIstioVersion } from '../mesh/istio-version';
import { formatProblem } from '../problems/problem';
import { addCommand, meshFileOption } from './command';
import { print } from './terminal';

interface Options {
  readonly meshFile: string;
  readonly to: string;
  readonly wave: readonly (readonly string[])[];
  readonly canary?: string;
  readonly json?: true;
}

/** `istio-mesh upgrade` */
export function registerUpgrade(program: Command): void {
  addCommand(program, {
    name: 'upgrade',
    summary: 'show how to upgrade Istio cluster by cluster',
    description:
      'upgrade plan reads mesh.yaml, and prints for each wave of clusters what to change in it, the commands that apply the change with kubectl, Argo CD or Flux, what to restart, and the check before the next wave. It changes nothing. The versions in mesh.yaml show which waves are done, so the plan always starts with the next one.',
    examples: [
      {
        purpose: 'Upgrade the first cluster, then all others',
        line: `istio-mesh upgrade plan --to ${latestIstioVersion}`,
      },
      {
        purpose: 'Choose the waves',
        line: 'istio-mesh upgrade plan --wave cluster1,cluster2 --wave cluster3',
      },
      {
        purpose: 'Run the new version beside the old one until workloads have moved',
        line: 'istio-mesh upgrade plan --canary 1-31',
      },
    ],
  })
    .addArgument(new Argument('<what>', 'what to do').choices(['plan']))
    .addOption(meshFileOption())
    .option('--to <version>', 'the version of Istio that all clusters get', parseVersion, latestIstioVersion)
    .option(
      '--wave <clusters>',
      'the clusters of a wave, separated by commas; repeat it for each wave (default: the first cluster, then all others)',
      addWave,
      [],
    )
    .option('--canary <revision>', 'upgrade with a canary control plane of this revision')
    .option('--json', 'print the plan as JSON')
    .action(upgrade);
}

async function upgrade(_: string, { meshFile, to, wave, canary, json }: Options): Promise<void> {
  const { planUpgrade } = await import('../synthesis/upgrade/plan-upgrade.js');
  const { upgradeText, upgradeReport } = await import('./upgrade-text.js');
  const { earlierOutdir } = await import('../synthesis/output-location.js');
  const plan = planUpgrade({ meshFile, to, waves: wave, canary });
  const report = upgradeReport(plan, { meshFile, outdir: earlierOutdir(dirname(meshFile)) ?? 'dist' });
  print(process.stdout, `${json ? JSON.stringify(report, null, 2) : upgradeText(report)}\n`);
  for (const warning of plan.warnings) print(process.stderr, `Warning: ${formatProblem(warning)}\n`);
}

function parseVersion(text: string): string {
  if (!isIstioVersion(text))
    throw new InvalidArgumentError(`Write a full Istio version, such as ${latestIstioVersion}.`);
  return text;
}

function addWave(text: string, waves: readonly (readonly string[])[]): (readonly string[])[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Write names of clusters, separated by commas.');
  return [...waves, names];
}
