import { isAlias, isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { Problem } from '../problems/problem';
import { nearest } from '../problems/suggestion';
import type { KubeconfigSource } from './kubeconfig-source';

/** The lists of a kubeconfig. */
export type KubeconfigList = 'clusters' | 'contexts' | 'users';

/** A map of a kubeconfig, such as the content of one of its users. */
export type KubeconfigMap = YAMLMap.Parsed;

/** A parsed kubeconfig, with the locations of its parts and the problems found in them. */
export class KubeconfigDocument {
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];

  /** @param file the file as messages show it */
  constructor(
    private readonly source: KubeconfigSource,
    private readonly file: string,
  ) {
    for (const { pos, code } of source.document.errors) {
      // The message of the parser can quote a token.
      const message = `It is not valid YAML: ${code.toLowerCase().replaceAll('_', ' ')}.`;
      this.problems.push(
        this.problem(pos[0], 'REMOTE-SYNTAX', message, 'Fix the YAML syntax at this position.'),
      );
    }
  }

  /** The top-level map; undefined if the text is not a map. */
  get root(): KubeconfigMap | undefined {
    const { root } = this.source;
    return isMap(root) ? (root as KubeconfigMap) : undefined;
  }

  /** The content of the entry of a list with this name. */
  entry(list: KubeconfigList, name: string): KubeconfigMap | undefined {
    const match = this.entries(list).find((entry) => String(this.node(entry, 'name')) === name);
    return match && this.map(match, list.slice(0, -1));
  }

  /** The names of the entries of a list, in order. */
  names(list: KubeconfigList): string[] {
    return this.entries(list).flatMap((entry) => this.string(entry, 'name') ?? []);
  }

  /** The string under a key; undefined if it is absent or empty, which istiod treats the same. */
  string(map: KubeconfigMap, key: string): string | undefined {
    const node = this.node(map, key);
    const value = isScalar(node) ? node.value : node;
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string') return value;
    this.refuse(map, key, 'REMOTE-TYPE', `${key} is not a string.`, 'Put the value in quotes.');
    return undefined;
  }

  /** Whether a key has a value that is not empty. */
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

  /** Adds a problem at the value of a key, or at the map if the key is absent. */
  refuse(map: KubeconfigMap | undefined, key: string, code: Problem['code'], message: string, hint: string) {
    this.problems.push(this.problem(this.offset(map, key), code, message, hint));
  }

  /** Adds a warning, at the same location as a problem. */
  warn(map: KubeconfigMap, key: string, code: Problem['code'], message: string, hint: string) {
    this.warnings.push(this.problem(this.offset(map, key), code, message, hint));
  }

  /** Reports entries of a list with the name of an earlier entry. Kubernetes clients refuse the whole file. */
  refuseDuplicates(list: KubeconfigList): void {
    const names = new Set<string>();
    for (const entry of this.entries(list)) {
      const name = String(this.node(entry, 'name'));
      if (names.has(name)) {
        const message = `The kubeconfig has two ${list} with the name ${JSON.stringify(name)}.`;
        this.refuse(entry, 'name', 'REMOTE-CONTEXT', message, 'Remove or rename one of them.');
      }
      names.add(name);
    }
  }

  private entries(list: KubeconfigList): KubeconfigMap[] {
    const node = this.root && this.node(this.root, list);
    return isSeq(node) ? (node.items.filter(isMap) as KubeconfigMap[]) : [];
  }

  /** The map under a key. */
  map(holder: KubeconfigMap, key: string): KubeconfigMap | undefined {
    const node = this.node(holder, key);
    return isMap(node) ? (node as KubeconfigMap) : undefined;
  }

  private node(map: KubeconfigMap, key: string): unknown {
    const node: unknown = map.get(key, true) ?? undefined;
    return isAlias(node) ? node.resolve(this.source.document) : node;
  }

  private offset(map: KubeconfigMap | undefined, key: string): number {
    const node = map?.get(key, true) as { range?: [number, number, number] | null } | undefined;
    return node?.range?.[0] ?? map?.range[0] ?? 0;
  }

  private problem(offset: number, code: Problem['code'], message: string, hint: string): Problem {
    return { code, location: { file: this.file, ...this.source.locate(offset) }, message, hint };
  }
}

/** istiod ignores unknown keys without a message, so a misspelled key has no effect. */
export function warnOfUnknownKeys(
  document: KubeconfigDocument,
  map: KubeconfigMap,
  known: readonly string[],
): void {
  const unknown = document.keys(map).filter((name) => !known.includes(name));
  for (const key of unknown.slice(0, mostKeys)) {
    const suggestion = nearest(key, known);
    document.warn(
      map,
      key,
      'REMOTE-UNKNOWN-KEY',
      `${JSON.stringify(key)} is not a valid key here, and istiod ignores it.`,
      suggestion === undefined ? 'Remove it.' : `Rename it to ${suggestion}, or remove it.`,
    );
  }
  if (unknown.length <= mostKeys) return;
  const message = `The map has ${unknown.length - mostKeys} more keys that istiod ignores.`;
  document.warn(map, '', 'REMOTE-UNKNOWN-KEY', message, 'Remove them.');
}

/** The most unknown keys of one map that are reported by name. */
const mostKeys = 20;
