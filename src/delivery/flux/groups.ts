import type { Manifest } from '../manifest';
import { controlPlaneStage, stageOf } from '../stage';

/** Manifests that are applied together, after those of the group before. */
export interface Group {
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/** The groups in their order, each with the stage before which its charts are. */
const ends: readonly (readonly [name: string, end: number])[] = [
  ['crds', 10],
  ['foundation', controlPlaneStage],
  ['istiod', 40],
  ['gateways', 50],
  ['mesh', 70],
  ['workloads', Number.POSITIVE_INFINITY],
];

/** The groups of a cluster's manifests; only those that have any. */
export function groupsOf(manifests: readonly Manifest[]): Group[] {
  return ends
    .map(([name, end], index) => {
      const start = ends[index - 1]?.[1] ?? 0;
      const isIn = ({ path }: Manifest): boolean => stageOf(path) >= start && stageOf(path) < end;
      return { name, manifests: manifests.filter(isIn) };
    })
    .filter((group) => group.manifests.length > 0);
}
