import { MeshError } from '../../problems/problem';
import { type ExistingMeshOptions, existingMesh } from './existing-mesh';
import { inputFile, readDocuments } from './input-document';
import type { ExistingMesh } from './merged-definition';
import { usableInputs } from './part';
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
  if (parts.length === 0) throw nothingFound(inputs, notes);
  const existing = existingMesh(parts, options);
  return { ...existing, notes: [...existing.notes, ...notes] };
}

function nothingFound(inputs: readonly string[], notes: readonly string[]): MeshError {
  const [file] = inputs.map(inputFile).map((input) => input.file);
  const message = ['No input configures Istio.', ...notes].join(' ');
  return new MeshError([{ code: 'INIT-CONTENT', location: { file }, message, hint: usableInputs }]);
}
