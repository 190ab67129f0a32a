import { isCollection, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';
import { codePoint } from '../../problems/printable';
import type { Problem } from '../../problems/problem';
import { isWrongMerge } from './alias-problems';
import { keyText, type MeshDocument } from './mesh-document';

/** Keys that a map has twice. Parsers of YAML keep one of the values, and not all of them the same one. */
export function duplicateKeys(source: MeshDocument, map: YAMLMap): Problem[] {
  const first = new Map<string, number>();
  return map.items.flatMap((pair) => {
    const key = keyText(pair);
    const offset = (pair.key as Node | null)?.range?.[0] ?? 0;
    if (key === undefined) return [];
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, offset);
      return [];
    }
    const message = `The map has the key ${source.text.slice(offset, (pair.key as Node).range?.[1])} already, in line ${source.location(earlier).line}.`;
    return [source.problem(offset, message, 'Remove one of the two, or move its value to the other.')];
  });
}

/** A key that is empty, or a map or list, or a merge key without a map. */
export function keyProblems(source: MeshDocument, { key, value }: Pair): Problem[] {
  const offset = (key as Node | null)?.range?.[0] ?? (value as Node | null)?.range?.[0] ?? 0;
  if (isCollection(key)) {
    const message = 'A key is a map or a list.';
    return [
      source.problem(offset, message, 'Write a word as the key. Put text with braces or brackets in quotes.'),
    ];
  }
  if (!isScalar(key)) return [source.problem(offset, 'A key is an alias.', 'Write the key itself.')];
  if (key.value === null) {
    return [
      source.problem(offset, 'A key is empty.', 'Write a key before the colon, or put the key in quotes.'),
    ];
  }
  const text = key.type === 'PLAIN' ? (key.source ?? '') : '';
  if (/^\/[/*]/.test(text)) {
    return [
      source.problem(offset, 'A comment starts with #, not with a slash.', 'Write # before the comment.'),
    ];
  }
  // The parser skips the spaces that YAML knows.
  if (/^\s/.test(text)) {
    const message = `The line is indented with the character ${codePoint(text)}, which is not a space to YAML.`;
    return [source.problem(offset, message, 'Replace it with spaces.')];
  }
  if (text === '<<' && isWrongMerge(value, source.document)) {
    const message = 'The merge key << has another value than a map.';
    return [
      source.problem(
        offset,
        message,
        'Write the alias of a map, such as <<: *defaults, or put << in quotes.',
      ),
    ];
  }
  return [];
}
