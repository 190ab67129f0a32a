import { MeshError, type Problem } from '../../src/problems/problem';

/** The problems with which something fails; fails itself where it succeeds, or fails otherwise. */
export async function problemsOf(work: Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
  throw new Error('No MeshError was thrown.');
}
