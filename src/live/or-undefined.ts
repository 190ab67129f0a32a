import { MeshError } from '../mesh/mesh-error';

/** A closer look that fails shows nothing, and hides nothing that was seen before. */
export async function orUndefined<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof MeshError) return undefined;
    throw error;
  }
}
