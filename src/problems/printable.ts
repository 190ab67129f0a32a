/**
 * A text without characters that a terminal acts on, such as escape sequences that hide or recolor other
 * lines. Line feeds and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(terminalControls, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** A text on one line, such as the name of a file, without characters that a terminal acts on. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** The first character of a text as Unicode writes it, such as U+00A0. */
export function codePoint(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Control characters, line separators, and those that change the direction of text. */
const terminalControls =
  /(?![\t\n])[\p{Control}\p{Surrogate}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
