import { type CST, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLSeq } from 'yaml';

/** The text of a definition without a cluster. */
export interface DefinitionWithoutCluster {
  readonly text: string;
  /** The clusters whose `peers` named it. */
  readonly readers: readonly string[];
}

/** A part of a text that is replaced. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/**
 * Removes a cluster from the text of a definition: its entry in `clusters`, and its name in the `peers` of others. Everything
 * else stays as it is written, with comments and line ends.
 *
 * @returns undefined if the text has no entry with this name
 */
export function withoutCluster(text: string, name: string): DefinitionWithoutCluster | undefined {
  // Positions count from the byte order mark, which the parser takes for text.
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const without = removeFrom(text.slice(mark.length), name);
  return without && { ...without, text: mark + without.text };
}

function removeFrom(text: string, name: string): DefinitionWithoutCluster | undefined {
  const document = parseDocument(text, { merge: true, keepSourceTokens: true });
  const clusters = document.get('clusters');
  const { clusters: definitions = [] } = document.toJS({ maxAliasCount: -1 }) as {
    clusters?: readonly { readonly name?: unknown }[];
  };
  const index = definitions.findIndex((each) => String(each.name) === name);
  if (index < 0 || !isSeq(clusters)) return undefined;
  const edits = [removal(text, clusters, index)];
  const readers: string[] = [];
  for (const [position, item] of clusters.items.entries()) {
    if (position === index || !isMap(item)) continue;
    const pair = item.items.find(({ key }) => isScalar(key) && key.value === 'peers');
    const peers = pair?.value;
    if (!isSeq(peers)) continue;
    const entry = peers.items.findIndex((each) => isScalar(each) && String(each.value) === name);
    if (entry < 0) continue;
    readers.push(String(definitions[position]?.name));
    edits.push(peers.items.length === 1 ? emptied(text, pair as Pair) : removal(text, peers, entry));
  }
  return { text: applied(text, edits), readers };
}

function applied(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce(
      (rest, { start, end, replacement }) => rest.slice(0, start) + replacement + rest.slice(end),
      text,
    );
}

/** Removes an item of a list. */
function removal(text: string, list: YAMLSeq, index: number): Edit {
  const [from, to] = rangeOf(list.items[index] as Node);
  const token = list.srcToken as CST.BlockSequence | CST.FlowCollection | undefined;
  if (token?.type !== 'block-seq') return { ...flowRange(text, from, to), replacement: '' };
  const dash = token.items[index]?.start.find(({ type }) => type === 'seq-item-ind')?.offset ?? from;
  const start = text.lastIndexOf('\n', dash - 1) + 1;
  const indent = dash - start;
  const end = endOfItem(text, Math.max(dash + 1, to), indent);
  return { start: startOfComment(text, start, indent, list, index), end, replacement: '' };
}

/** In a flow list, one of the commas around an item goes with it. */
function flowRange(text: string, from: number, to: number): Pick<Edit, 'start' | 'end'> {
  const after = /^\s*,[^\S\n]*/.exec(text.slice(to));
  if (after !== null) return { start: from, end: to + after[0].length };
  const before = /,\s*$/.exec(text.slice(0, from));
  return { start: from - (before?.[0].length ?? 0), end: to };
}

/** The end of the last line of an item, with the comments that are indented like its content. */
function endOfItem(text: string, to: number, indent: number): number {
  const content = text.slice(0, to).trimEnd().length;
  let end = lineAfter(text, content);
  for (;;) {
    const [line = ''] = /^[^\n]*\n?/.exec(text.slice(end)) ?? [];
    const comment = /^(\s*)#/.exec(line)?.[1];
    if (comment === undefined || comment.length <= indent) return end;
    end += line.length;
  }
}

/** The start of the comment right above an item. Above the first item, it may be about the whole list. */
function startOfComment(text: string, start: number, indent: number, list: YAMLSeq, index: number): number {
  const others = list.items.filter((_, position) => position > 0 && position !== index);
  if (index === 0 && !others.some((item) => (item as Node).commentBefore)) return start;
  let from = start;
  for (;;) {
    const before = text.lastIndexOf('\n', from - 2) + 1;
    const comment = /^([^\S\n]*)#/.exec(text.slice(before, from))?.[1];
    // A comment that is indented further belongs to the item before.
    if (from === 0 || comment === undefined || comment.length > indent) return from;
    from = before;
  }
}

/** A cluster whose only peer is gone reads none. Without `peers`, it would read all. */
function emptied(text: string, { key, value }: Pair): Edit {
  const [, keyEnd] = rangeOf(key as Node);
  const [, to] = rangeOf(value as Node);
  const end = text.slice(0, to).trimEnd().length;
  return { start: keyEnd, end, replacement: ': []' };
}

function rangeOf({ range }: Node): [number, number] {
  return [range?.[0] ?? 0, range?.[1] ?? 0];
}

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}
