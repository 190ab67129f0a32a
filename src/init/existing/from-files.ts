import { type ExistingMeshOptions, existingMesh } from './existing-mesh';
import { inputFile, readDocuments } from './input-document';
import type { ExistingMesh } from './merged-definition';
import { recognize } from './recognize';

/**
 * Makes a mesh definition from files with configurations of Istio.
 *
 * @param inputs the arguments of `--from`: files, or `-` for standard input, each with `<cluster>=` before it if it
 * does not name its cluster
 * @throws MeshError with all problems, each at its place in the input
 */
export function meshFromFiles(inputs: readonly string[], options: ExistingMeshOptions = {}): ExistingMesh {
  const { parts, notes } = recognize(readDocuments(inputs.map(inputFile)));
  const existing = existingMesh(parts, options);
  return { ...existing, notes: [...existing.notes, ...notes] };
}
