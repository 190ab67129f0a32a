import type { Mesh } from '../mesh/mesh';
import { formatLocation } from '../problems/problem';
import { print } from './terminal';

/** Prints the notes about a mesh definition as one note to standard error. */
export function printNotes({ notes }: Mesh): void {
  if (notes.length === 0) return;
  const [values, them] = notes.length === 1 ? ['This value', 'it'] : ['These values', 'them'];
  const lines = notes.map(({ location, message }) => `  ${formatLocation(location)}: ${message}`);
  print(
    process.stderr,
    [
      `Note: ${values} of the mesh definition can be removed: the mesh is the same without ${them}.`,
      ...lines,
      '',
    ].join('\n'),
  );
}
