import { isDeepStrictEqual } from 'node:util';
import type { DefinitionPath, DefinitionProblem } from '../../problems/problem';
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

/** What is wrong in settings of the mesh is found in every cluster. */
export function withoutRepeats(problems: readonly DefinitionProblem[]): DefinitionProblem[] {
  return problems.filter(
    (problem, index) => problems.findIndex((other) => isDeepStrictEqual(other, problem)) === index,
  );
}
