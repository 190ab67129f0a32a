import { complete } from './complete';
import type { MeshDefinition } from './definition';
import { definitionSchema } from './definition-schema';
import type { Mesh } from './mesh';
import { MeshError } from './mesh-error';
import { type Finding, formatPath, type Place, type Problem } from './problem';
import { consistentGateway } from './rules/consistent-gateway';
import { deliverable } from './rules/deliverable';
import { gatewayInEveryNetwork } from './rules/gateway-in-every-network';
import { gatewayOfPeers } from './rules/gateway-of-peers';
import { knownPeers } from './rules/known-peers';
import { nativeProfile } from './rules/native-profile';
import { nativeValues } from './rules/native-values';
import { nativeVersion } from './rules/native-version';
import { oneIssuerOfWorkloadCertificates } from './rules/one-issuer-of-workload-certificates';
import { protectedSecrets } from './rules/protected-secrets';
import { secondControlPlane } from './rules/second-control-plane';
import { uniqueClusterNames } from './rules/unique-cluster-names';
import { valuesNotOwned } from './rules/values-not-owned';
import { valuesOfVersion } from './rules/values-of-version';
import { schemaFindings } from './schema-findings';
import { once } from './schema-types';

const rules = [
  uniqueClusterNames,
  knownPeers,
  gatewayInEveryNetwork,
  gatewayOfPeers,
  consistentGateway,
  valuesNotOwned,
  oneIssuerOfWorkloadCertificates,
  secondControlPlane,
  nativeVersion,
  nativeProfile,
  valuesOfVersion,
  deliverable,
  protectedSecrets,
];

/**
 * Makes a mesh of a definition written in TypeScript or JavaScript.
 *
 * @throws MeshError with every mistake of the definition
 */
export function defineMesh(definition: MeshDefinition): Mesh {
  return checkDefinition(withoutUndefined(definition), ({ path }) => ({ path: formatPath(path) }));
}

/**
 * Makes a mesh of what may be a definition. Rules about its parts as a whole are asked only once each
 * part is well formed.
 */
export function checkDefinition(input: unknown, locate: (finding: Finding) => Place): Mesh {
  const parsed = definitionSchema.safeParse(input, once);
  const ofDefinition = parsed.success
    ? rules.flatMap((rule) => rule(parsed.data))
    : schemaFindings(parsed.error.issues, input, definitionSchema);
  const findings = [...ofDefinition, ...nativeValues(input)];
  const problems = findings.map((finding) => {
    const { code, found, remedy } = finding;
    return { code, place: locate(finding), found, remedy };
  });
  MeshError.throwIfAny(problems.sort(byPlace));
  return deepFreeze(complete(parsed.data as MeshDefinition));
}

/** In a program, what is undefined is as if it were not there; a file has nothing undefined. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutUndefined(part)]));
}

/** Puts the problems of a file into the order of its text. */
function byPlace({ place: a }: Problem, { place: b }: Problem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
