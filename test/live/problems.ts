import { MeshError, type Problem } from '../../src/problems/problem';

/** The problems that a promise rejects with. Throws if it resolves, or rejects with another error. */
export async function problemsOf(work: Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
  throw new Error('No MeshError was thrown.');
}
