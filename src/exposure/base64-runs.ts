/** Characters of base64 that follow each other in a text, but for line breaks and indentation. */
export interface Base64Run {
  /** The characters without what is between them. */
  readonly text: string;
  /** Where in the text a character of the run is. */
  offsetOf(index: number): number;
}

const runs = /[\w+/=-]+(?:[ \t]*\r?\n[ \t]*[\w+/=-]+)*/g;
const separators = /[ \t]*\r?\n[ \t]*/g;

/**
 * The runs of a text that are long enough: however base64 is broken into lines, and however these are
 * indented, as in a block scalar of YAML, it is one run.
 */
export function* base64Runs(text: string, minimalLength: number): Generator<Base64Run> {
  for (const { 0: match, index } of text.matchAll(runs)) {
    if (match.length < minimalLength) continue;
    const joined = match.replace(separators, '');
    if (joined.length >= minimalLength) yield new JoinedRun(joined, match, index);
  }
}

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
