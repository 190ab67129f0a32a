import { type Alias, type Document, isAlias, isCollection, isMap, isPair, isSeq, type Node } from 'yaml';
import type { Problem } from '../../problems/problem';
import type { MeshDocument } from './mesh-document';

/** An alias without an anchor before it, or within the value of its anchor. */
export function aliasProblems(source: MeshDocument, alias: Alias, path: readonly unknown[]): Problem[] {
  const offset = alias.range?.[0] ?? 0;
  const target = alias.resolve(source.document);
  if (target === undefined) {
    const word = source.text.slice(offset, alias.range?.[1]);
    const hint = `Set the anchor &${alias.source} before it, or put the value in quotes: ${JSON.stringify(word)}.`;
    return [source.problem(offset, `The alias *${alias.source} has no anchor before it.`, hint)];
  }
  if (!path.includes(target)) return [];
  const message = `The alias *${alias.source} is within the value of its own anchor.`;
  return [source.problem(offset, message, 'Replace the alias with the value that you mean.')];
}

/** Whether a merge key has another value than a map or a list of maps. */
export function isWrongMerge(value: unknown, document: Document.Parsed): boolean {
  const resolved = isAlias(value) ? value.resolve(document) : value;
  if (isMap(resolved)) return false;
  return (
    !isSeq(resolved) || !resolved.items.every((item) => isMap(isAlias(item) ? item.resolve(document) : item))
  );
}

/** Whether the aliases of a document expand to more values than a definition can have. */
export function expandsTooFar(document: Document.Parsed): boolean {
  const sizes = new Map<unknown, number>();
  const sizeOf = (node: unknown): number => {
    const known = sizes.get(node);
    if (known !== undefined) return known;
    const size = newSize(node);
    sizes.set(node, size);
    return size;
  };
  const newSize = (node: unknown): number => {
    if (isAlias(node)) return sizeOf(node.resolve(document));
    if (isPair(node)) return sizeOf(node.value);
    if (!isCollection(node)) return 1;
    return (node.items as Node[]).reduce((size, item) => size + sizeOf(item), 1);
  };
  return sizeOf(document.contents) > maxValues;
}

const maxValues = 1_000_000;
