/**
 * The candidate that a word most likely stands for, or undefined if none is similar enough to suggest: the same
 * letters, then the only candidate that starts with the word or with which the word starts, then the nearest one.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const simple = candidates.map((candidate) => ({ candidate, simple: letters(candidate) }));
  return sameLetters(word, simple) ?? onlyExtension(word, simple) ?? mostSimilar(word, candidates);
}

interface SimpleCandidate {
  readonly candidate: string;
  readonly simple: string;
}

function sameLetters(word: string, candidates: readonly SimpleCandidate[]): string | undefined {
  const given = letters(word);
  return candidates.find(({ simple }) => simple === given)?.candidate;
}

function onlyExtension(word: string, candidates: readonly SimpleCandidate[]): string | undefined {
  const given = letters(word);
  const related = candidates.filter(({ simple }) => {
    const [short, long] = given.length < simple.length ? [given, simple] : [simple, given];
    return short.length >= 3 && long.startsWith(short);
  });
  return related.length === 1 ? related[0]?.candidate : undefined;
}

/** A word without what people write differently: capitals, hyphens, underscores and spaces. */
function letters(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}

function mostSimilar(word: string, candidates: readonly string[]): string | undefined {
  const [lower, limit] = [word.toLowerCase(), mostTolerance(word.length)];
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(lower, candidate.toLowerCase(), limit) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= tolerance(word, best.candidate) ? best.candidate : undefined;
}

/** How many typing errors two words of their length may differ in. Short words are soon like any other. */
function tolerance(word: string, candidate: string): number {
  const length = Math.min(word.length, candidate.length);
  if (length < 3) return 0;
  if (length < 5) return word[0]?.toLowerCase() === candidate[0]?.toLowerCase() ? 1 : 0;
  return mostTolerance(length);
}

function mostTolerance(length: number): number {
  return Math.max(2, Math.floor(length / 3));
}

/**
 * The edit distance between two words; swapping two adjacent letters counts once (optimal string alignment). Infinite
 * beyond a limit, so that many or long words take little time.
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  let isWithin = true;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    const wasWithin = isWithin;
    isWithin = row <= limit;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let edits = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) edits = Math.min(edits, at(beforeLast, column - 2) + 1);
      current.push(edits);
      isWithin ||= edits <= limit;
    }
    // Every later row has at least the least of the two before it.
    if (!isWithin && !wasWithin) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/** Quotes a text as one word of a shell command. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
