import {
  type DefinitionProblem,
  formatPath,
  type Location,
  MeshError,
  type Problem,
} from '../problems/problem';
import { meshWithDefaults } from './defaults';
import type { MeshDefinition } from './definition';
import { definitionSchema } from './definition-schema';
import type { Mesh } from './mesh';
import { knownPeers, uniqueClusterNames } from './rules/clusters';
import { secondControlPlane } from './rules/control-planes';
import { consistentGateway, gatewayInEveryNetwork, gatewayOfPeers } from './rules/gateways';
import { gitopsSettings } from './rules/gitops-settings';
import { nativeProfile, nativeVersion } from './rules/native-support';
import { validateNativeValues } from './rules/native-values';
import { oneIssuerOfWorkloadCertificates, ownedValues } from './rules/owned-values';
import { secretsSettings } from './rules/secrets-settings';
import { valuesOfVersion } from './rules/values-of-version';
import { schemaProblems } from './schema-problems';
import { parseOptions } from './schema-types';

const rules = [
  uniqueClusterNames,
  knownPeers,
  gatewayInEveryNetwork,
  gatewayOfPeers,
  consistentGateway,
  ownedValues,
  oneIssuerOfWorkloadCertificates,
  secondControlPlane,
  nativeVersion,
  nativeProfile,
  valuesOfVersion,
  gitopsSettings,
  secretsSettings,
];

/**
 * Makes a mesh of a definition written in TypeScript or JavaScript.
 *
 * @throws MeshError with every mistake of the definition
 */
export function defineMesh(definition: MeshDefinition): Mesh {
  return validateDefinition(withoutUndefined(definition), ({ path }) => ({ path: formatPath(path) }));
}

/**
 * Makes a mesh of what may be a definition. Rules about its parts as a whole are asked only once each
 * part is well formed.
 */
export function validateDefinition(input: unknown, locate: (finding: DefinitionProblem) => Location): Mesh {
  const parsed = definitionSchema.safeParse(input, parseOptions);
  const ofDefinition = parsed.success
    ? rules.flatMap((rule) => rule(parsed.data))
    : schemaProblems(parsed.error.issues, input, definitionSchema);
  const findings = [...ofDefinition, ...validateNativeValues(input)];
  const problems = findings.map((finding) => {
    const { code, message, hint } = finding;
    return { code, location: locate(finding), message, hint };
  });
  MeshError.throwIfAny(problems.sort(byPlace));
  return deepFreeze(meshWithDefaults(parsed.data as MeshDefinition));
}

/** In a program, what is undefined is as if it were not there; a file has nothing undefined. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutUndefined(part)]));
}

/** Puts the problems of a file into the order of its text. */
function byPlace({ location: a }: Problem, { location: b }: Problem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
