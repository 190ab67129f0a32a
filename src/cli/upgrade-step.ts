import { shellWord } from '../problems/suggestion';
import type { FolderChanges } from '../synthesis/upgrade/folder-changes';
import type { IstioEdit } from '../synthesis/upgrade/istio-edits';

/** One thing to do. */
export interface UpgradeStep {
  /** What it is for, without a full stop. */
  readonly title: string;
  /** What to change in mesh.yaml. */
  readonly edits?: readonly IstioEdit[];
  /** What the next synthesis changes because of it. */
  readonly changes?: readonly FolderChanges[];
  readonly commands: readonly string[];
}

/** Where commands find the definition and the output. */
export interface PlanPaths {
  readonly meshFile: string;
  readonly outdir: string;
}

/** The time limit of commands that wait. */
export const limit = '--timeout=10m';

/** A command of istio-mesh for the definition. */
export function istioMesh(command: string, { meshFile }: PlanPaths): string {
  return `istio-mesh ${command}${meshFile === 'mesh.yaml' ? '' : ` --mesh-file ${shellWord(meshFile)}`}`;
}
