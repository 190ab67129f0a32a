import { memoized } from '../../kubernetes/memoized';

/**
 * What the base64 of any text that contains some bytes must contain: one form for each place that these
 * can have within its groups of three.
 */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const whole = Math.floor((bytes.length - shift) / 3) * 3;
    return bytes.toString('base64', shift, shift + Math.max(0, whole));
  });
}

/** The forms of bytes in base64, in base64 of base64, and so on; the first list is of the former. */
export function nestedForms(bytes: Buffer, depth: number): string[][] {
  const levels = [base64Forms(bytes)];
  while (levels.length < depth) {
    levels.push((levels.at(-1) ?? []).flatMap((form) => base64Forms(Buffer.from(form))));
  }
  return levels;
}

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
