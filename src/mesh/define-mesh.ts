import {
  type DefinitionProblem,
  formatPath,
  type Location,
  MeshError,
  type Problem,
} from '../problems/problem';
import { meshWithDefaults } from './defaults';
import type { AnyMeshDefinition, MeshDefinition } from './definition';
import { definitionSchema } from './definition-schema';
import type { ControlPlaneFormat } from './istio';
import type { Mesh } from './mesh';
import { plainData } from './plain-data';
import { withCurrentKeys } from './renamed-keys';
import { canaryControlPlane } from './rules/canary';
import { knownPeers, uniqueClusterNames } from './rules/clusters';
import { forControlPlanes } from './rules/control-planes';
import { consistentGateway, gatewayInEveryNetwork, gatewayOfPeers } from './rules/gateways';
import { gitopsSettings } from './rules/gitops-settings';
import { supportedProfile, supportedVersion } from './rules/native-support';
import { validateNativeValues } from './rules/native-values';
import { ownedValues, singleWorkloadIssuer } from './rules/owned-values';
import { secretsSettings } from './rules/secrets-settings';
import { introducedBeforeVersion, supportedCompatibilityVersion } from './rules/values-of-version';
import { schemaProblems } from './schema-problems';
import { parseOptions } from './schema-types';

const rules = [
  uniqueClusterNames,
  knownPeers,
  gatewayInEveryNetwork,
  gatewayOfPeers,
  consistentGateway,
  ownedValues,
  singleWorkloadIssuer,
  canaryControlPlane,
  forControlPlanes(
    supportedVersion,
    supportedProfile,
    introducedBeforeVersion,
    supportedCompatibilityVersion,
  ),
  gitopsSettings,
  secretsSettings,
];

/**
 * Creates a mesh from a definition in TypeScript or JavaScript. The compiler infers the format of the control
 * plane from `istio.controlPlane`.
 *
 * @throws MeshError with all problems of the definition
 */
export function defineMesh<Format extends ControlPlaneFormat = 'native'>(
  definition: MeshDefinition<Format>,
): Mesh {
  return validateDefinition(plainData(definition), ({ path }) => ({ path: formatPath(path) }));
}

/**
 * Validates what may be a definition, and fills in its defaults. The rules run only if the definition has
 * the right shape.
 *
 * @param locate gives the location of a problem
 * @throws MeshError with all problems of the definition
 */
export function validateDefinition(input: unknown, locate: (problem: DefinitionProblem) => Location): Mesh {
  const { definition, problems: renamedKeys, originalPath } = withCurrentKeys(input);
  const parsed = definitionSchema.safeParse(definition, parseOptions);
  const validationProblems = [
    ...(parsed.success
      ? rules.flatMap((rule) => rule(parsed.data))
      : schemaProblems(parsed.error.issues, definition, definitionSchema)),
    ...validateNativeValues(definition),
  ].map((problem) => ({ ...problem, path: originalPath(problem.path) }));
  const problems = [...renamedKeys, ...validationProblems].map((problem): Problem => {
    const { code, message, hint } = problem;
    return { code, location: locate(problem), message, hint };
  });
  MeshError.throwIfAny(problems.sort(byPosition));
  return deepFreeze(meshWithDefaults(parsed.data as AnyMeshDefinition));
}

/** Compares problems by their position in a file. */
function byPosition({ location: a }: Problem, { location: b }: Problem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
