import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { defaultControlPlaneFormat } from '../istio';
import { defaultRevision } from '../istio-names';
import type { Rule } from './clusters';

/** A canary control plane needs a format that supports it, and a revision that no other control plane has. */
export const canaryControlPlane: Rule = (definition) => {
  const { controlPlane = defaultControlPlaneFormat } = definition.istio ?? {};
  const paths = canaryPaths(definition);
  return [
    ...(['native', 'helm'].includes(controlPlane)
      ? []
      : paths.map((path) => unsupportedCanary(path, controlPlane))),
    ...(controlPlane === 'helm' ? defaultCanaries(definition, paths) : []),
    ...sharedRevisions(definition),
  ];
};

function canaryPaths({ istio, clusters }: AnyMeshDefinition): DefinitionPath[] {
  const ofClusters = clusters.flatMap((cluster, index) =>
    typeof cluster.istio?.canary === 'object' ? [['clusters', index, 'istio', 'canary']] : [],
  );
  return [...(istio?.canary === undefined ? [] : [['istio', 'canary']]), ...ofClusters];
}

function unsupportedCanary(path: DefinitionPath, format: string): DefinitionProblem {
  return {
    code: 'MESH-VALUE',
    path,
    at: 'key',
    message: `The format ${format} does not support a canary control plane.`,
    hint: 'Remove canary, or write controlPlane: native.',
  };
}

/** Istio's chart for the revision `default` always injects pods without a revision label, even if the default tag is another revision. */
function defaultCanaries(
  definition: AnyMeshDefinition,
  paths: readonly DefinitionPath[],
): DefinitionProblem[] {
  return paths
    .map((path) => [...path, 'revision'])
    .filter((path) => valueAt(definition, path) === defaultRevision)
    .map((path) => ({
      code: 'MESH-VALUE',
      path,
      message: `${formatPath(path)} is "default", whose chart would inject pods without a revision label a second time.`,
      hint: 'Swap the two revisions, or write controlPlane: native.',
    }));
}

/** Canaries with the revision of the first control plane; a canary that several clusters share is reported once. */
function sharedRevisions({ istio = {}, clusters }: AnyMeshDefinition): DefinitionProblem[] {
  const problems = clusters.flatMap((cluster, index): DefinitionProblem[] => {
    const canary = cluster.istio?.canary ?? istio.canary ?? 'disabled';
    const revision = cluster.istio?.revision ?? istio.revision ?? defaultRevision;
    if (canary === 'disabled' || canary.revision !== revision) return [];
    const holder = cluster.istio?.canary === undefined ? [] : ['clusters', index];
    return [sharedRevision([...holder, 'istio', 'canary', 'revision'], cluster.name, revision)];
  });
  // Of problems at the same path, the one of the first cluster.
  return [...new Map(problems.reverse().map((problem) => [formatPath(problem.path), problem])).values()];
}

function sharedRevision(path: DefinitionPath, cluster: string, revision: string): DefinitionProblem {
  return {
    code: 'MESH-VALUE',
    path,
    message: `${formatPath(path)} is ${JSON.stringify(revision)}, which is also the revision of the first control plane of ${cluster}.`,
    hint: 'Choose another revision for the canary control plane.',
  };
}
