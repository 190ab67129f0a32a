import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../../problems/problem';
import type { MeshDefinition } from '../definition';
import { defaultControlPlaneFormat, istioWithDefaults } from '../istio';
import { defaultRevision } from '../istio-names';
import type { ControlPlaneSettings } from '../mesh';
import type { Rule } from './clusters';

/** A control plane of a mesh, and the places of the definition that it follows from, the nearest first. */
export interface DefinedControlPlane {
  readonly settings: ControlPlaneSettings;
  readonly paths: readonly DefinitionPath[];
}

/** What is found wrong with control planes, of each place once, however many clusters follow from it. */
export function controlPlaneProblems(
  definition: MeshDefinition,
  findingsOf: (controlPlane: DefinedControlPlane) => readonly DefinitionProblem[],
): DefinitionProblem[] {
  const findings = controlPlanes(definition).flatMap(findingsOf);
  return [...new Map(findings.map((finding) => [formatPath(finding.path), finding])).values()];
}

/** Where a setting of a control plane is written; undefined where it is left to its default. */
export function pathOf(
  definition: MeshDefinition,
  { paths }: DefinedControlPlane,
  key: keyof ControlPlaneSettings,
): DefinitionPath | undefined {
  return paths.map((place) => [...place, key]).find((path) => valueAt(definition, path) !== undefined);
}

function controlPlanes({ istio, clusters }: MeshDefinition): DefinedControlPlane[] {
  return clusters.flatMap((cluster, index): DefinedControlPlane[] => {
    const { canary, ...first } = istioWithDefaults(istio, cluster.istio);
    const own = ['clusters', index, 'istio'];
    const paths = [own, ['istio']];
    if (canary === undefined) return [{ settings: first, paths }];
    const second = cluster.istio?.canary === undefined ? ['istio', 'canary'] : [...own, 'canary'];
    return [
      { settings: first, paths },
      { settings: canary, paths: [second, ...paths] },
    ];
  });
}

/** A second control plane shares its cluster with the first only where every name of the two differs. */
export const secondControlPlane: Rule = (definition) => {
  const { controlPlane = defaultControlPlaneFormat } = definition.istio ?? {};
  return [
    ...(['native', 'helm'].includes(controlPlane) ? [] : alongsidePaths(definition).map(notNative)),
    ...(controlPlane === 'helm' ? defaultCanary(definition) : []),
    ...sameRevisions(definition),
  ];
};

/** Says of each place once that it names a revision twice, however many clusters it applies to. */
function sameRevisions({ istio, clusters }: MeshDefinition): DefinitionProblem[] {
  const found = new Map<string, DefinitionProblem>();
  for (const [index, cluster] of clusters.entries()) {
    const { revision, canary } = istioWithDefaults(istio, cluster.istio);
    if (canary?.revision !== revision) continue;
    const own = typeof cluster.istio?.canary === 'object';
    const path = [...(own ? ['clusters', index] : []), 'istio', 'canary', 'revision'];
    if (!found.has(formatPath(path))) found.set(formatPath(path), sameRevision(path, cluster.name, revision));
  }
  return [...found.values()];
}

/** The chart of the revision `default` injects pods that name no revision, whatever the default tag says. */
function defaultCanary(definition: MeshDefinition): DefinitionProblem[] {
  return alongsidePaths(definition)
    .map((path) => [...path, 'revision'])
    .filter((path) => valueAt(definition, path) === defaultRevision)
    .map((path) => ({
      code: 'MESH-VALUE',
      path,
      message: `${formatPath(path)} is "default", whose chart would inject pods a second time that name no revision.`,
      hint: 'Let the two control planes change places, or write controlPlane: native.',
    }));
}

function alongsidePaths({ istio, clusters }: MeshDefinition): DefinitionPath[] {
  const ofClusters = clusters.flatMap((cluster, index) =>
    typeof cluster.istio?.canary === 'object' ? [['clusters', index, 'istio', 'canary']] : [],
  );
  return [...(istio?.canary === undefined ? [] : [['istio', 'canary']]), ...ofClusters];
}

function notNative(path: DefinitionPath): DefinitionProblem {
  return {
    code: 'MESH-VALUE',
    path,
    at: 'key',
    message: `${formatPath(path)}: only the formats native and helm write two control planes for a cluster.`,
    hint: 'Remove it, or write controlPlane: native.',
  };
}

function sameRevision(path: DefinitionPath, cluster: string, revision: string): DefinitionProblem {
  return {
    code: 'MESH-VALUE',
    path,
    message: `${formatPath(path)} is ${JSON.stringify(revision)}, which the first control plane of ${cluster} is too.`,
    hint: 'Give the second control plane another revision.',
  };
}
