import { printable } from './printable';
import { maskSecrets } from './sensitive-text';

/** Columns of a long line that are shown. */
const width = 100;

/** A line of a text, with a caret below a column. Line and column are counted from 1. */
export function codeFrame(text: string, line: number, column: number): string {
  const source = maskSecrets(text.split('\n', line)[line - 1]?.replace(/\r$/, '') ?? '');
  const start = Math.max(0, column - width / 2);
  const shown = (from: number, to: number): string => printable(source.slice(from, to)).replaceAll('\t', '→');
  const before = shown(start, column - 1);
  const gutter = `${line} | `;
  const caretLine = `${' '.repeat(gutter.length - 2)}| ${' '.repeat(before.length)}^`;
  return `${gutter}${before}${shown(column - 1, start + width)}\n${caretLine}`;
}
