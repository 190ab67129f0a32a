import { memoized } from '../mesh/memoized';

/** Characters of base64 that follow each other in a text, but for line breaks and indentation. */
export interface Base64Run {
  /** The characters without what is between them. */
  readonly text: string;
  /** Where in the text a character of the run is. */
  offsetOf(index: number): number;
}

/** Nobody writes base64 in lines that are shorter. */
const shortestLine = 40;
const separators = /[ \t]*\r?\n[ \t]*/g;

/**
 * The runs of a text that are long enough: however base64 is broken into lines, and however these are
 * indented, as in a block scalar of YAML, it is one run.
 */
export function* base64Runs(text: string, minimalLength: number): Generator<Base64Run> {
  for (const { 0: match, index } of text.matchAll(runs(Math.min(minimalLength, shortestLine)))) {
    const joined = match.replace(separators, '');
    if (joined.length >= minimalLength) yield new JoinedRun(joined, match, index);
  }
}

/** Text is mostly words that are too short, over which the first line's length takes it at once. */
const runs = memoized(
  (firstLine: number) =>
    new RegExp(`(?<![\\w+/=-])[\\w+/=-]{${firstLine},}(?:[ \\t]*\\r?\\n[ \\t]*[\\w+/=-]+)*`, 'g'),
);

class JoinedRun implements Base64Run {
  constructor(
    readonly text: string,
    private readonly source: string,
    private readonly start: number,
  ) {}

  offsetOf(index: number): number {
    let left = index;
    let begin = 0;
    for (const { 0: separator, index: end } of this.source.matchAll(separators)) {
      if (left < end - begin) break;
      left -= end - begin;
      begin = end + separator.length;
    }
    return this.start + begin + left;
  }
}

/** What base64 may say, given that it may begin within a group, after what is no part of it. */
export function decodings(text: string): string[] {
  return text
    .split('=')
    .flatMap((part) =>
      [0, 1, 2, 3].map((shift) => Buffer.from(part.slice(shift), 'base64').toString('latin1')),
    );
}
