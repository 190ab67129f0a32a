import { stringifyYaml } from '../kubernetes/yaml';
import type { Problem } from '../problems/problem';
import type { FolderChanges } from '../synthesis/upgrade/folder-changes';
import type { IstioEdit } from '../synthesis/upgrade/istio-edits';
import type { UpgradePlan } from '../synthesis/upgrade/plan-upgrade';
import { joinNames } from './terminal';
import type { PlanPaths, UpgradeStep } from './upgrade-step';
import { gate, stageSteps } from './upgrade-steps';

/** A plan with the commands of each step. */
export interface UpgradeReport extends Pick<UpgradePlan, 'to' | 'strategy' | 'done'> {
  /** The check before the first wave. */
  readonly before: UpgradeStep;
  readonly waves: readonly { readonly clusters: readonly string[]; readonly steps: readonly UpgradeStep[] }[];
  readonly warnings: readonly Problem[];
}

/** Adds the commands to a plan. */
export function upgradeReport(plan: UpgradePlan, paths: PlanPaths): UpgradeReport {
  const { to, strategy, done, waves, warnings } = plan;
  return {
    ...{ to, strategy, done },
    before: gate(
      'Begin with a mesh that works, and in which all proxies have the version of their istiod',
      paths,
    ),
    waves: waves.map((wave, index) => ({
      clusters: wave.clusters,
      steps: wave.stages.flatMap((stage) => stageSteps(plan, waves.slice(0, index + 1), stage, paths)),
    })),
    warnings,
  };
}

/** A plan as a text. */
export function upgradeText({ to, done, before, waves }: UpgradeReport): string {
  if (waves.length === 0) {
    return `All clusters have Istio ${to} in mesh.yaml. Check that they run it:\n     ${before.commands.join('\n     ')}`;
  }
  return [
    ...(done.length === 0 ? [] : [`Istio ${to} is in mesh.yaml already for ${joinNames(done)}.`]),
    stepText(before),
    ...waves.flatMap(({ clusters, steps }, index) => [
      `Wave ${index + 1} of ${waves.length}: ${clusters.join(', ')}`,
      ...steps.map((step, position) => `${position + 1}. ${stepText(step)}`),
    ]),
  ].join('\n\n');
}

function stepText({ title, edits = [], changes = [], commands }: UpgradeStep): string {
  return [
    `${title}${edits.length + commands.length === 0 ? '.' : ':'}`,
    ...indented(editsText(edits)),
    ...changes.flatMap((each) => changesText(each).map((line) => `   ${line}`)),
    ...commands.flatMap((command) => indented(command)),
  ].join('\n');
}

function indented(text: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => `     ${line}`);
}

function editsText(edits: readonly IstioEdit[]): string {
  if (edits.length === 0) return '';
  const clusters = edits.map(({ cluster, istio }) => ({ name: cluster, istio }));
  return stringifyYaml({ clusters }).trimEnd().replaceAll(': null', ': # remove this key');
}

function changesText({ cluster, files, rollouts }: FolderChanges): string[] {
  const changed = files.map(({ file, change, objects }) =>
    change === 'changed' ? `${file} (${objects})` : `${file} (${change})`,
  );
  const replaced = rollouts.map(({ namespace, name }) => `${namespace}/${name}`);
  return [
    `In the folder of ${cluster} this changes ${changed.join(', ') || 'nothing'}.`,
    ...(replaced.length === 0 ? [] : [`Applying it replaces the pods of ${replaced.join(', ')}.`]),
  ];
}
