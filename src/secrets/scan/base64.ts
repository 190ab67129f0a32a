import { memoized } from '../../kubernetes/memoized';

/**
 * The texts of which one occurs in every base64 text whose content includes some bytes: one for each of the
 * three positions that the bytes can have within the groups of base64.
 */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const whole = Math.floor((bytes.length - shift) / 3) * 3;
    return bytes.toString('base64', shift, shift + Math.max(0, whole));
  });
}

/** The forms of bytes in base64, then in base64 of base64, and so on up to a depth. */
export function nestedForms(bytes: Buffer, depth: number): string[][] {
  const levels = [base64Forms(bytes)];
  while (levels.length < depth) {
    levels.push((levels.at(-1) ?? []).flatMap((form) => base64Forms(Buffer.from(form))));
  }
  return levels;
}

/** Consecutive characters of base64 in a text, ignoring line breaks and indentation. */
export interface Base64Run {
  /** The characters without line breaks and indentation. */
  readonly text: string;
  /** The offset in the text of a character of the run. */
  offsetOf(index: number): number;
}

/** Programs do not wrap base64 in shorter lines. */
const shortestLine = 40;
const separators = /[ \t]*\r?\n[ \t]*/g;

/**
 * The runs of a text with a minimum length. Base64 in several lines, with any indentation, is one run, as in
 * a block scalar of YAML.
 */
export function* base64Runs(text: string, minimalLength: number): Generator<Base64Run> {
  for (const { 0: match, index } of text.matchAll(runs(Math.min(minimalLength, shortestLine)))) {
    const joined = match.replace(separators, '');
    if (joined.length >= minimalLength) yield new JoinedRun(joined, match, index);
  }
}

/** Most words of a text are shorter than the first line, so the pattern skips them quickly. */
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

/** The possible contents of base64 whose first characters may not belong to it, or may be within a group. */
export function decodings(text: string): string[] {
  return text
    .split('=')
    .flatMap((part) =>
      [0, 1, 2, 3].map((shift) => Buffer.from(part.slice(shift), 'base64').toString('latin1')),
    );
}
