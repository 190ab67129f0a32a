/** Joins names for a sentence: `a`, `a and b`, or `a, b and c`. */
export function joined(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** A sentence as a part of another one. */
export function withoutDot(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
