import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, LineCounter, type Pair, parseDocument, visit } from 'yaml';
import { type DefinitionPath, type DefinitionProblem, type Location, MeshError } from '../problems/problem';
import { validateDefinition } from './define-mesh';
import type { Mesh } from './mesh';

/**
 * Reads a mesh from a file such as mesh.yaml.
 *
 * @param file the file's path, as it shall appear in errors
 * @throws MeshError with every mistake, each with its line and column
 */
export function loadMesh(file = 'mesh.yaml'): Mesh {
  return parseMesh(readDefinition(file), file);
}

/** Makes a mesh of the text of a mesh.yaml; `file` is its name in errors. */
export function parseMesh(text: string, file: string): Mesh {
  const lines = new LineCounter();
  // Parsed as Kubernetes tools parse YAML 1.2's core schema; merge keys, so that clusters can share settings.
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  MeshError.throwIfAny(
    [
      ...document.errors.map(({ message, pos }) => ({ message, offset: pos[0] })),
      ...danglingAliases(document),
    ].map(({ message, offset }) => ({
      code: 'MESH-SYNTAX',
      location: { file, ...position(lines, offset) },
      message: `${message.replace(/\.$/, '')}.`,
      hint: 'Mend the YAML at this place.',
    })),
  );
  return validateDefinition(plainData(document, file), (finding) => ({
    file,
    ...position(lines, offsetOf(document, finding)),
  }));
}

/** The document as plain data; refused where its aliases multiply beyond all use. */
function plainData(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    throw new MeshError([
      {
        code: 'MESH-SYNTAX',
        location: { file },
        message: `Its aliases cannot be resolved: ${(error as Error).message}.`,
        hint: 'Write out what they stand for.',
      },
    ]);
  }
}

function readDefinition(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new MeshError([
      {
        code: 'MESH-FILE',
        location: { file },
        message: `It cannot be read: ${(error as Error).message}.`,
        hint: 'Write the mesh definition there, or have one written with istio-mesh init.',
      },
    ]);
  }
}

/** Aliases of anchors that do not come before them, which the parser leaves to whoever follows them. */
function danglingAliases(document: Document.Parsed): { message: string; offset: number }[] {
  const found: { message: string; offset: number }[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return;
      found.push({
        message: `No anchor &${alias.source} comes before this alias`,
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

/** Where in the text a finding's key or value is; the nearest thing around it where it is absent. */
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
