import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { defaultControlPlaneFormat, istioWithDefaults } from '../istio';
import type { ControlPlaneSettings } from '../mesh';
import type { Rule } from './clusters';

/** A control plane of a cluster, and the paths that its settings come from, the most specific first. */
export interface DefinedControlPlane {
  readonly settings: ControlPlaneSettings;
  readonly paths: readonly DefinitionPath[];
}

/** A condition that each control plane of a mesh must fulfill. */
export type ControlPlaneRule = (
  controlPlane: DefinedControlPlane,
  definition: AnyMeshDefinition,
) => DefinitionProblem[];

/**
 * A rule that validates every control plane of a mesh. A problem of a setting that several clusters share is
 * reported once.
 */
export function forControlPlanes(...rules: readonly ControlPlaneRule[]): Rule {
  return (definition) => {
    const controlPlanes = definedControlPlanes(definition);
    return rules.flatMap((rule) => {
      const problems = controlPlanes.flatMap((controlPlane) => rule(controlPlane, definition));
      return [...new Map(problems.map((problem) => [formatPath(problem.path), problem])).values()];
    });
  };
}

/** The path that defines a setting of a control plane, or undefined if it has its default. */
export function pathOfSetting(
  definition: AnyMeshDefinition,
  { paths }: DefinedControlPlane,
  key: keyof ControlPlaneSettings,
): DefinitionPath | undefined {
  return paths.map((path) => [...path, key]).find((path) => valueAt(definition, path) !== undefined);
}

/** The distinct control planes of a mesh: clusters without their own settings share one. */
function definedControlPlanes({ istio, clusters }: AnyMeshDefinition): DefinedControlPlane[] {
  const firstShared = clusters.findIndex((cluster) => cluster.istio === undefined);
  return clusters.flatMap((cluster, index): DefinedControlPlane[] => {
    if (cluster.istio === undefined && index !== firstShared) return [];
    const { canary, ...first } = istioWithDefaults(istio, cluster.istio);
    const clusterPath = ['clusters', index, 'istio'];
    const paths = [clusterPath, ['istio']];
    if (canary === undefined) return [{ settings: first, paths }];
    const canaryPath = cluster.istio?.canary === undefined ? ['istio', 'canary'] : [...clusterPath, 'canary'];
    return [
      { settings: first, paths },
      { settings: canary, paths: [canaryPath, ...paths] },
    ];
  });
}

/** Whether a definition, valid or not, has the format native. */
export function isNative(definition: unknown): boolean {
  return controlPlaneFormatOf(definition) === 'native';
}

/** Whether a definition, valid or not, has the format helm. */
export function isHelm(definition: unknown): boolean {
  return controlPlaneFormatOf(definition) === 'helm';
}

/** The control plane format of a definition, valid or not. */
export function controlPlaneFormatOf(definition: unknown): unknown {
  return valueAt(definition, ['istio', 'controlPlane']) ?? defaultControlPlaneFormat;
}
