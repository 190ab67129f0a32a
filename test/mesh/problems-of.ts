import { MeshError, type Problem } from '../../src/problems/problem';

/** The problems of the MeshError that a function throws; none if it returns. */
export function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
  return [];
}
