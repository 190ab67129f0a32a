import {
  type DefinitionPath,
  type DefinitionProblem,
  formatPath,
  type Location,
  MeshError,
  type Problem,
  valueAt,
} from '../problems/problem';
import { withCurrentForms } from './current-forms';
import { meshWithDefaults } from './defaults';
import type { AnyMeshDefinition, MeshDefinition } from './definition';
import { definitionSchema } from './definition-schema';
import type { ControlPlaneFormat } from './istio';
import type { Mesh } from './mesh';
import { plainData } from './plain-data';
import { prototypeKeys } from './prototype-keys';
import { withCurrentKeys } from './renamed-keys';
import { soundAmbientGateway } from './rules/ambient-gateway';
import { ambientValues } from './rules/ambient-values';
import { canaryControlPlane } from './rules/canary';
import { sameClusterDomain } from './rules/cluster-domain';
import { knownPeers, uniqueClusterNames } from './rules/clusters';
import { consistentCni } from './rules/cni';
import { componentLimits } from './rules/component-limits';
import { soundComponents } from './rules/components';
import { forControlPlanes } from './rules/control-planes';
import { profileOfDataPlane } from './rules/data-plane-profile';
import { dataPlaneNotes, soundDataPlanes } from './rules/data-planes';
import { effectiveValues } from './rules/effective-values-rule';
import { soundExposure } from './rules/exposure';
import { gatewayAddress } from './rules/gateway-address';
import { knownGatewayApi } from './rules/gateway-api';
import { soundGateways } from './rules/gateway-settings';
import { consistentGateway, gatewayInEveryNetwork, gatewayOfPeers } from './rules/gateways';
import { gitopsSettings } from './rules/gitops-settings';
import { knownProviders, mergedMeshConfig } from './rules/merged-mesh-config';
import { supportedVersion } from './rules/native-support';
import { ownedValues } from './rules/owned-values';
import { readablePatches } from './rules/patches';
import { redundantValues } from './rules/redundant-values';
import { secretsSettings } from './rules/secrets-settings';
import { serviceNotes, sharedServices } from './rules/services';
import { validateValues } from './rules/values';
import {
  introducedBeforeVersion,
  refusedByCharts,
  supportedCompatibilityVersion,
  wordsOfVersion,
} from './rules/values-of-version';
import { soundVerification } from './rules/verification';
import { soundWaypoints } from './rules/waypoints';
import { schemaProblems } from './schema-problems';
import { parseOptions } from './schema-types';

const rules = [
  uniqueClusterNames,
  knownPeers,
  gatewayInEveryNetwork,
  gatewayOfPeers,
  consistentGateway,
  gatewayAddress,
  soundAmbientGateway,
  soundGateways,
  sameClusterDomain,
  soundDataPlanes,
  ambientValues,
  soundExposure,
  ownedValues,
  canaryControlPlane,
  consistentCni,
  knownGatewayApi,
  soundComponents,
  forControlPlanes(
    supportedVersion,
    profileOfDataPlane,
    introducedBeforeVersion,
    supportedCompatibilityVersion,
    refusedByCharts,
    wordsOfVersion,
    mergedMeshConfig,
    knownProviders,
    effectiveValues,
    componentLimits,
  ),
  gitopsSettings,
  secretsSettings,
  readablePatches,
  sharedServices,
  soundWaypoints,
  soundVerification,
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
  return validateDefinition(plainData(definition), { locate: ({ path }) => ({ path: formatPath(path) }) });
}

/** Where a definition comes from. */
export interface DefinitionSource {
  /** The location of a problem. */
  locate(place: Pick<DefinitionProblem, 'path' | 'at'>): Location;
  /**
   * The number, boolean or word at a path as the user wrote it, such as 1.30.
   * @default - as JavaScript writes it, such as 1.3
   */
  plainText?(path: DefinitionPath): string | undefined;
}

/**
 * Validates what may be a definition, and fills in its defaults. The rules run only if the definition has
 * the right shape.
 *
 * @throws MeshError with all problems of the definition
 */
export function validateDefinition(input: unknown, source: DefinitionSource): Mesh {
  const { definition: renamed, problems: renamedKeys, originalPath: beforeRenaming } = withCurrentKeys(input);
  const { definition, notes: formNotes, originalPath: beforeMoves } = withCurrentForms(renamed);
  const originalPath = (path: DefinitionPath) => beforeRenaming(beforeMoves(path));
  const parsed = definitionSchema.safeParse(definition, parseOptions);
  const valueProblems = validateValues(definition);
  // What is wrong by itself needs no second problem because of what it is beside.
  const wrongValues = new Set(valueProblems.map(({ path }) => formatPath(path)));
  const found = [
    ...(parsed.success
      ? rules.flatMap((rule) => rule(parsed.data)).filter(({ path }) => !wrongValues.has(formatPath(path)))
      : schemaProblems(parsed.error.issues, definition, definitionSchema)),
    ...valueProblems,
  ];
  const validationProblems = [...found, ...prototypeKeys(definition, found)].map((problem) => {
    const path = originalPath(problem.path);
    const written = asWritten(problem, valueAt(definition, problem.path), source.plainText?.(path));
    return { ...written, message: withPath(written.message, problem.path, beforeMoves), path };
  });
  const problems = [...renamedKeys, ...validationProblems].map((problem): Problem => {
    const { code, message, hint } = problem;
    return { code, location: source.locate(problem), message, hint };
  });
  MeshError.throwIfAny(problems.sort(byPosition));
  const valid = parsed.data as AnyMeshDefinition;
  const locate = (path: DefinitionPath) => source.locate({ path: originalPath(path) });
  const noted = [...dataPlaneNotes(valid), ...serviceNotes(valid), ...redundantValues(valid)];
  const ofRules = noted.map(({ path, message }) => ({
    location: source.locate({ path: originalPath(path), at: 'key' }),
    message: withPath(message, path, beforeMoves),
  }));
  const notes = [
    ...ofRules,
    ...formNotes.map(({ path, message }) => ({
      location: source.locate({ path: beforeRenaming(path), at: 'key' }),
      message,
    })),
  ];
  return deepFreeze({ ...meshWithDefaults(valid, locate), notes: notes.sort(byPosition) });
}

/** A message that names a path as the user wrote it. */
function withPath(
  message: string,
  path: DefinitionPath,
  originalPath: (path: DefinitionPath) => DefinitionPath,
): string {
  return message.replaceAll(formatPath(path), () => formatPath(originalPath(path)));
}

/** A problem with a number or boolean as the user wrote it: 1.30 is 1.3 to JavaScript. */
function asWritten(
  problem: DefinitionProblem,
  value: unknown,
  written: string | undefined,
): DefinitionProblem {
  if (written === undefined || typeof value === 'string') return problem;
  const message = problem.message.replace(` is ${value}`, () => ` is ${written}`);
  return { ...problem, message, hint: problem.hint.replace(`"${value}"`, () => `"${written}"`) };
}

/** Compares problems by their position in a file. */
export function byPosition(
  { location: a }: Pick<Problem, 'location'>,
  { location: b }: Pick<Problem, 'location'>,
): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
