import { isDeepStrictEqual } from 'node:util';
import type { DefinitionPath, DefinitionProblem } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { eastWestGatewayPath } from '../gateways/east-west-source';
import type { HelmValues } from '../helm-values';

/** A problem within some settings. */
export interface PlacedProblem {
  /** The path within the settings. */
  readonly at: DefinitionPath;
  readonly message: string;
  readonly hint: string;
}

/** A map in a list of settings, and its path. */
export interface Part {
  readonly entry: HelmValues;
  readonly path: DefinitionPath;
}

/** Places a problem in the settings of an east-west gateway where the gateway of a cluster has them. */
export function eastWestProblem(mesh: AnyMeshDefinition, index: number) {
  return ({ at, message, hint }: PlacedProblem): DefinitionProblem => ({
    code: 'MESH-GATEWAY',
    path: eastWestGatewayPath(mesh, index, at),
    message,
    hint,
  });
}

/** What is wrong in settings of the mesh is found in every cluster. */
export function withoutRepeats(problems: readonly DefinitionProblem[]): DefinitionProblem[] {
  return problems.filter(
    (problem, index) => problems.findIndex((other) => isDeepStrictEqual(other, problem)) === index,
  );
}
