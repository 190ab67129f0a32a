import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../../problems/problem';
import type { AnyMeshDefinition, ClusterDefinition } from '../definition';
import { type HelmValues, hasValue } from '../helm-values';
import { defaultControlPlaneFormat, istioOf } from '../istio';
import type { ControlPlaneSettings } from '../mesh';
import type { Rule } from './clusters';

/** A control plane of a cluster, and the paths that its settings come from, the most specific first. */
export interface DefinedControlPlane {
  readonly settings: ControlPlaneSettings;
  readonly paths: readonly DefinitionPath[];
}

/** A control plane of one cluster. */
export interface ClusterControlPlane extends DefinedControlPlane {
  readonly cluster: ClusterDefinition;
  /** The paths without those that a canary shares with the first control plane. */
  readonly ownPaths: readonly DefinitionPath[];
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

/** The path that defines a setting of a control plane, or a part of it; undefined if it has its default. */
export function pathOfSetting(
  definition: AnyMeshDefinition,
  { paths }: DefinedControlPlane,
  key: keyof ControlPlaneSettings,
  ...within: DefinitionPath
): DefinitionPath | undefined {
  return paths
    .map((path) => [...path, key, ...within])
    .find((path) => valueAt(definition, path) !== undefined);
}

/** The distinct control planes of a mesh: clusters without their own settings share one. */
function definedControlPlanes(definition: AnyMeshDefinition): DefinedControlPlane[] {
  const { clusters } = definition;
  const shares = (cluster: ClusterDefinition) =>
    cluster.istio === undefined && cluster.dataPlane === undefined;
  const firstShared = clusters.findIndex(shares);
  return clusters.flatMap((cluster, index) =>
    shares(cluster) && index !== firstShared ? [] : controlPlanesOf(definition, index),
  );
}

/** The control planes of every cluster. */
export function controlPlanesOfClusters(definition: AnyMeshDefinition): ClusterControlPlane[] {
  return definition.clusters.flatMap((_, index) => controlPlanesOf(definition, index));
}

function controlPlanesOf(definition: AnyMeshDefinition, index: number): ClusterControlPlane[] {
  const cluster = definition.clusters[index];
  if (cluster === undefined) return [];
  const { canary, ...first } = istioOf(definition, cluster);
  const clusterPath = ['clusters', index, 'istio'];
  const paths = [clusterPath, ['istio']];
  const planes = [{ cluster, settings: first, paths, ownPaths: paths }];
  if (canary === undefined) return planes;
  const canaryPath = cluster.istio?.canary === undefined ? ['istio', 'canary'] : [...clusterPath, 'canary'];
  return [...planes, { cluster, settings: canary, paths: [canaryPath, ...paths], ownPaths: [canaryPath] }];
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

/** The paths that set a value of a control plane, the most specific first. */
export function pathsOfValue(
  definition: AnyMeshDefinition,
  paths: readonly DefinitionPath[],
  value: readonly string[],
): DefinitionPath[] {
  return paths
    .map((path) => [...path, 'values'])
    .filter((path) => hasValue((valueAt(definition, path) ?? {}) as HelmValues, value))
    .map((path) => [...path, ...value]);
}
