import type { PlannedStage, UpgradePlan, UpgradeWave } from '../synthesis/upgrade/plan-upgrade';
import type { UpgradeStage } from '../synthesis/upgrade/upgrade-stages';
import { applyWithTool } from './upgrade-commits';
import { istioMesh, type PlanPaths, type UpgradeStep } from './upgrade-step';
import { applyWithKubectl, deletion, restartSteps } from './upgrade-with-kubectl';

/** How long the check of a wave waits, in seconds. */
const verifySeconds = 600;

/** The check that must pass before the next step. */
export function gate(title: string, paths: PlanPaths, clusters: readonly string[] = []): UpgradeStep {
  const selected = clusters.length === 0 ? '' : ` --cluster ${clusters.join(' ')}`;
  return { title, commands: [istioMesh(`verify${selected} --timeout ${verifySeconds}`, paths)] };
}

/**
 * The steps of a stage of a wave.
 *
 * @param waves the waves up to that of the stage
 */
export function stageSteps(
  { mesh, to }: UpgradePlan,
  waves: readonly UpgradeWave[],
  planned: PlannedStage,
  paths: PlanPaths,
): UpgradeStep[] {
  const { stage, edits, changes } = planned;
  const applied = mesh.istio.controlPlane === 'istioctl' ? waves.flatMap(({ clusters }) => clusters) : [];
  return [
    ...(stage === 'remove-old' && mesh.gitops === undefined ? [deletion(planned, paths)] : []),
    ...(mesh.istio.crds === 'skip' && (stage === 'upgrade' || stage === 'add-canary')
      ? [
          {
            title: `Update Istio's custom resource definitions to ${to}, in the way in which you manage them`,
            commands: [],
          },
        ]
      : []),
    ...(edits.length === 0
      ? []
      : [
          { title: `In mesh.yaml, ${purposes[stage](to)}`, edits, changes, commands: [] },
          {
            title: mesh.istio.controlPlane === 'istioctl' ? `Synthesize with istioctl ${to}` : 'Synthesize',
            commands: [istioMesh('synth', paths)],
          },
        ]),
    ...(mesh.gitops === undefined
      ? [applyWithKubectl(mesh, to, planned, paths)]
      : [applyWithTool(mesh, mesh.gitops, planned, paths)]),
    ...restartSteps(planned),
    gate(gateTitles[stage], paths, applied),
  ];
}

const purposes: Readonly<Record<UpgradeStage, (to: string) => string>> = {
  upgrade: (to) => `set the version ${to}`,
  'add-canary': (to) => `add a canary control plane of version ${to}`,
  'move-to-canary': () => 'swap the two control planes',
  'remove-old': () => 'remove the old control plane',
};

const restartHint = 'It names each workload with an older proxy, and the command that restarts it';

const gateTitles: Readonly<Record<UpgradeStage, string>> = {
  upgrade: `Go on only when this passes. ${restartHint}`,
  'add-canary':
    'Check the mesh. To move a namespace now, label it with istio.io/rev instead of istio-injection, and restart its pods',
  'move-to-canary': `Go on only when this passes and warns of no workload that uses the old control plane. ${restartHint}`,
  'remove-old': 'Go on only when this passes',
};
