import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { Location, Problem } from '../problems/problem';
import { nearest } from '../problems/suggestion';

/** The lists of a kubeconfig, each with the key under which an entry holds its content. */
export type KubeconfigList = 'clusters' | 'contexts' | 'users';

/** A map of a kubeconfig, such as the content of one of its users. */
export type KubeconfigMap = YAMLMap.Parsed;

/** The text of a kubeconfig with the places of its parts, and what was found wrong with them. */
export class KubeconfigDocument {
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;

  /** @param file its name in problems */
  constructor(
    text: string,
    private readonly file: string,
  ) {
    // istiod reads YAML 1.1, in which yes is a boolean and 0777 a number.
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, version: '1.1' });
    for (const { pos, code } of this.document.errors) {
      // The parser's own message may quote the text, and with it a token.
      const found = `It is not valid YAML: ${code.toLowerCase().replaceAll('_', ' ')}.`;
      this.problems.push(this.problem(pos[0], 'REMOTE-SYNTAX', found, 'Mend the YAML at this place.'));
    }
  }

  /** The whole kubeconfig; undefined where the text is something else. */
  get root(): KubeconfigMap | undefined {
    const { contents } = this.document;
    return isMap(contents) ? (contents as KubeconfigMap) : undefined;
  }

  /** The content of a list's entry that has a name. */
  entry(list: KubeconfigList, name: string): KubeconfigMap | undefined {
    const found = this.entries(list).find((entry) => String(this.node(entry, 'name')) === name);
    return found && this.map(found, list.slice(0, -1));
  }

  /** The names in a list, in order. */
  names(list: KubeconfigList): string[] {
    return this.entries(list).flatMap((entry) => this.string(entry, 'name') ?? []);
  }

  /** The string under a key; undefined where it is absent or empty, which istiod takes for the same. */
  string(map: KubeconfigMap, key: string): string | undefined {
    const node = this.node(map, key);
    const value = isScalar(node) ? node.value : node;
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string') return value;
    this.refuse(map, key, 'REMOTE-TYPE', `${key} is not a string.`, 'Write it as a string, in quotes.');
    return undefined;
  }

  /** Whether a key is there with something in it. */
  has(map: KubeconfigMap, key: string): boolean {
    const node = this.node(map, key);
    if (node === undefined) return false;
    if (isMap(node) || isSeq(node)) return node.items.length > 0;
    return isScalar(node) && node.value !== null && node.value !== '' && node.value !== false;
  }

  /** The keys of a map, in order. */
  keys(map: KubeconfigMap): string[] {
    return map.items.map(({ key }) => String(key));
  }

  /** Notes a problem at the value of a key, or at the map where the key is absent. */
  refuse(map: KubeconfigMap | undefined, key: string, code: Problem['code'], found: string, remedy: string) {
    this.problems.push(this.problem(this.offset(map, key), code, found, remedy));
  }

  /** Notes a warning, at the same place as a problem. */
  warn(map: KubeconfigMap, key: string, code: Problem['code'], found: string, remedy: string) {
    this.warnings.push(this.problem(this.offset(map, key), code, found, remedy));
  }

  private entries(list: KubeconfigList): KubeconfigMap[] {
    const node = this.root && this.node(this.root, list);
    return isSeq(node) ? (node.items.filter(isMap) as KubeconfigMap[]) : [];
  }

  private map(holder: KubeconfigMap, key: string): KubeconfigMap | undefined {
    const node = this.node(holder, key);
    return isMap(node) ? (node as KubeconfigMap) : undefined;
  }

  private node(map: KubeconfigMap, key: string): unknown {
    const node: unknown = map.get(key, true) ?? undefined;
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  private offset(map: KubeconfigMap | undefined, key: string): number {
    const node = map?.get(key, true) as { range?: [number, number, number] | null } | undefined;
    return node?.range?.[0] ?? map?.range[0] ?? 0;
  }

  private problem(offset: number, code: Problem['code'], message: string, hint: string): Problem {
    return { code, location: this.location(offset), message, hint };
  }

  private location(offset: number): Location {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line, column: col };
  }
}

/** istiod passes over a key that it does not know without a word, and with it what was meant. */
export function warnOfUnknownKeys(
  document: KubeconfigDocument,
  map: KubeconfigMap,
  known: readonly string[],
): void {
  for (const key of document.keys(map).filter((name) => !known.includes(name))) {
    const meant = nearest(key, known);
    document.warn(
      map,
      key,
      'REMOTE-UNKNOWN-KEY',
      `${JSON.stringify(key)} is not a key of a kubeconfig here, so istiod ignores it.`,
      meant === undefined ? 'Remove it.' : `Write ${meant}, or remove it.`,
    );
  }
}
