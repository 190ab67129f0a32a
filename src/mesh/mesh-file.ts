import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, LineCounter, type Pair, parseDocument, visit } from 'yaml';
import { type DefinitionPath, type DefinitionProblem, type Location, MeshError } from '../problems/problem';
import { validateDefinition } from './define-mesh';
import type { Mesh } from './mesh';

/**
 * Reads a mesh definition from a file such as mesh.yaml.
 *
 * @param file the path of the file, as it appears in errors
 * @throws MeshError with all problems, each with its line and column
 */
export function loadMesh(file = 'mesh.yaml'): Mesh {
  return parseMesh(readDefinition(file), file);
}

/**
 * Reads a mesh definition from the text of a file such as mesh.yaml.
 *
 * @param file the path of the file, as it appears in errors
 * @throws MeshError with all problems, each with its line and column
 */
export function parseMesh(text: string, file = 'mesh.yaml'): Mesh {
  if (typeof text !== 'string') throw unreadable(file, 'The text of the mesh definition is not a string.');
  const lines = new LineCounter();
  // The core schema of YAML 1.2, as in Kubernetes tools. Merge keys let clusters share settings.
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  MeshError.throwIfAny(
    [
      ...document.errors.map(({ message, pos }) => ({ message, offset: pos[0] })),
      ...danglingAliases(document),
    ].map(({ message, offset }) => ({
      code: 'MESH-SYNTAX',
      location: { file, ...position(lines, offset) },
      message: `${message.replace(/\.$/, '')}.`,
      hint: 'Fix the YAML syntax at this position.',
    })),
  );
  return validateDefinition(plainData(document, file), (problem) => ({
    file,
    ...position(lines, offsetOf(document, problem)),
  }));
}

/** The document as plain data. The parser refuses aliases that would expand to very many values. */
function plainData(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    throw new MeshError([
      {
        code: 'MESH-SYNTAX',
        location: { file },
        message: `The YAML aliases cannot be resolved: ${(error as Error).message}.`,
        hint: 'Replace the aliases with the values that they refer to.',
      },
    ]);
  }
}

function readDefinition(file: string): string {
  // A program in JavaScript could pass a file descriptor, which would be read.
  if (typeof file !== 'string') throw unreadable(String(file), 'The path of the file is not a string.');
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, `The file cannot be read: ${(error as Error).message}.`);
  }
}

function unreadable(file: string, message: string): MeshError {
  const hint = 'Check the path, or create a mesh definition with istio-mesh init.';
  return new MeshError([{ code: 'MESH-FILE', location: { file }, message, hint }]);
}

/** Aliases without an anchor before them. The parser does not report them as errors. */
function danglingAliases(document: Document.Parsed): { message: string; offset: number }[] {
  const found: { message: string; offset: number }[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return;
      found.push({
        message: `The alias *${alias.source} has no anchor before it`,
        offset: alias.range?.[0] ?? 0,
      });
    },
  });
  return found;
}

function position(lines: LineCounter, offset: number): Pick<Location, 'line' | 'column'> {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** The offset of the key or value of a problem, or of the closest part that contains it if it is missing. */
function offsetOf(document: Document.Parsed, { path, at }: Pick<DefinitionProblem, 'path' | 'at'>): number {
  const key = keyOffset(document, path);
  if (at === 'key' && key !== undefined) return key;
  const node = document.getIn(path, true) as { range?: [number, number, number] | null } | undefined;
  if (node?.range) return node.range[0];
  if (key !== undefined) return key;
  return path.length === 0 ? 0 : offsetOf(document, { path: path.slice(0, -1) });
}

function keyOffset(document: Document.Parsed, path: DefinitionPath): number | undefined {
  const holder = path.length <= 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(holder)) return undefined;
  const pair = holder.items.find(({ key }: Pair) => isScalar(key) && key.value === path.at(-1));
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}
