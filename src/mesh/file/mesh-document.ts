import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { codeFrame } from '../../problems/code-frame';
import type { DefinitionPath, DefinitionProblem, Location, Problem } from '../../problems/problem';

/** The parsed text of a mesh definition, with the positions of its parts. */
export class MeshDocument {
  readonly document: Document.Parsed;
  private readonly lines = new LineCounter();
  /** The pairs of maps by their keys, so that the time to locate many problems is linear. */
  private readonly pairs = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

  /** @param file the path of the file, as it appears in errors */
  constructor(
    readonly text: string,
    private readonly file: string,
  ) {
    // The core schema of YAML 1.2, as in Kubernetes tools. Merge keys let clusters share settings. The time to
    // compare keys would grow with their square, so document-problems.ts finds those that occur twice.
    this.document = parseDocument(text, {
      lineCounter: this.lines,
      merge: true,
      prettyErrors: false,
      uniqueKeys: false,
    });
  }

  /** The location of a position in the text. */
  location(offset: number): Location {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line, column: col };
  }

  /** A problem of syntax at a position in the text, with the line as a frame. */
  problem(offset: number, message: string, hint: string, code: Problem['code'] = 'MESH-SYNTAX'): Problem {
    const location = this.location(offset);
    const frame = codeFrame(this.text, location.line ?? 1, location.column ?? 1);
    return { code, location, message, hint, frame };
  }

  /** The location of the key or value of a problem, or of the closest part that contains it if it is missing. */
  locate({ path, at }: Pick<DefinitionProblem, 'path' | 'at'>): Location {
    return this.location(this.offsetOf(path, at));
  }

  /** The number, boolean or word at a path as it is written, such as 1.30. */
  plainText(path: DefinitionPath): string | undefined {
    const node = this.nodeAt(path);
    return isScalar(node) && node.type === 'PLAIN' ? node.source : undefined;
  }

  private offsetOf(path: DefinitionPath, at: DefinitionProblem['at']): number {
    const key = this.keyOffset(path);
    if (at === 'key' && key !== undefined) return key;
    const node = this.nodeAt(path) as { range?: [number, number, number] | null } | undefined;
    if (node?.range) return node.range[0];
    if (key !== undefined) return key;
    return path.length === 0 ? 0 : this.offsetOf(path.slice(0, -1), 'value');
  }

  private keyOffset(path: DefinitionPath): number | undefined {
    const holder = this.nodeAt(path.slice(0, -1));
    const key = isMap(holder) ? this.pair(holder, path.at(-1))?.key : undefined;
    return isScalar(key) ? (key as Scalar.Parsed).range[0] : undefined;
  }

  private nodeAt(path: DefinitionPath): unknown {
    return path.reduce<unknown>((holder, key) => {
      if (isMap(holder)) return this.pair(holder, key)?.value ?? undefined;
      return isSeq(holder) ? holder.items[Number(key)] : undefined;
    }, this.document.contents);
  }

  private pair(map: YAMLMap, key: unknown): Pair | undefined {
    const known = this.pairs.get(map) ?? new Map(map.items.map((pair) => [keyText(pair), pair]));
    this.pairs.set(map, known);
    return known.get(String(key));
  }
}

/** The key of a pair as the key of an object; undefined for other keys than scalars. */
export function keyText({ key }: Pair): string | undefined {
  if (isAlias(key)) return undefined;
  return isScalar(key) ? String(key.value) : undefined;
}
