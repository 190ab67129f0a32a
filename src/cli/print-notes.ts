import type { Mesh } from '../mesh/mesh';
import { formatLocation } from '../problems/problem';
import { print } from './terminal';

/** Prints the notes about a mesh definition as one note to standard error. */
export function printNotes({ notes }: Mesh): void {
  if (notes.length === 0) return;
  const lines = notes.map(({ location, message }) => `  ${formatLocation(location)}: ${message}\n`);
  print(process.stderr, `Note: The mesh definition is valid, but check what it says:\n${lines.join('')}`);
}
