import { isAlias, isCollection, isMap, isPair, isScalar, type Node, visit } from 'yaml';
import type { Problem } from '../../problems/problem';
import { aliasProblems, expandsTooFar } from './alias-problems';
import { duplicateKeys, keyProblems } from './key-problems';
import type { MeshDocument } from './mesh-document';
import { scalarProblems } from './scalar-problems';

/** What is wrong with the parts of a text that has the syntax of YAML. */
export interface DocumentProblems {
  /** Problems that leave open what the definition is. */
  readonly structure: readonly Problem[];
  /** Problems of single keys and values. */
  readonly scalars: readonly Problem[];
}

/** The levels of maps and lists that a definition can have. */
const maxDepth = 100;

/** Finds what YAML allows, but is unclear, or has no meaning in a mesh definition. */
export function documentProblems(source: MeshDocument): DocumentProblems {
  const { document } = source;
  const structure: Problem[] = [];
  const scalars: Problem[] = [];
  visit(document, (key, node, path) => {
    // The value of a key without a colon.
    if (node === null) return undefined;
    if (isPair(node)) {
      structure.push(...keyProblems(source, node));
      return undefined;
    }
    if (isAlias(node)) {
      structure.push(...aliasProblems(source, node, path));
      return undefined;
    }
    structure.push(...tagProblems(source, node));
    if (isMap(node)) structure.push(...duplicateKeys(source, node));
    if (isScalar(node)) scalars.push(...scalarProblems(source, node, key === 'key'));
    if (path.filter(isCollection).length < maxDepth) return undefined;
    structure.push(tooDeep(source, offsetOf(node)));
    return visit.BREAK;
  });
  if (structure.length === 0 && expandsTooFar(document)) structure.push(tooManyAliases(source));
  return { structure, scalars };
}

function tooDeep(source: MeshDocument, offset: number): Problem {
  const message = `The definition has more than ${maxDepth} levels of maps and lists.`;
  return source.problem(offset, message, 'Remove the levels that are not keys of a mesh definition.');
}

function tooManyAliases(source: MeshDocument): Problem {
  const message = 'The aliases of the file expand to more than a million values.';
  return source.problem(0, message, 'Replace the aliases with the values that they refer to.');
}

/** The tags that values have without naming them. */
const knownTags = ['map', 'seq', 'str', 'null', 'bool', 'int', 'float'].map(
  (type) => `tag:yaml.org,2002:${type}`,
);

function tagProblems(source: MeshDocument, node: unknown): Problem[] {
  const { tag } = node as Node;
  if (tag === undefined || knownTags.includes(tag)) return [];
  const shown = tag.replace(/^tag:yaml\.org,2002:/, '!!');
  const message = `A mesh definition cannot have a value with the tag ${shown}.`;
  const offset = source.text.lastIndexOf('!', offsetOf(node)) - (shown.startsWith('!!') ? 1 : 0);
  return [source.problem(offset, message, 'Remove the tag, and write a map, a list, a string or a number.')];
}

function offsetOf(node: unknown): number {
  return (node as Node).range?.[0] ?? 0;
}
