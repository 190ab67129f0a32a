import { InvalidArgumentError } from 'commander';
import { printable, printableLine } from '../problems/printable';
import type { Progress } from '../problems/progress';

/** Prints a text, which may contain parts of files, without characters that a terminal acts on. */
export function print(stream: NodeJS.WriteStream, text: string): void {
  stream.write(printable(text));
}

/**
 * Prints progress to standard error, because standard output is for results: on a terminal in one line that
 * changes, otherwise in one line for each message.
 */
export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): Progress & { done(): void } {
  const rewrites = stream.isTTY === true;
  const show = (message: string): void => {
    const line = printableLine(message);
    if (!rewrites) stream.write(`${line}\n`);
    else stream.write(`\r\u001b[K${line.slice(0, Math.max(10, (stream.columns ?? 80) - 1))}`);
  };
  return Object.assign(show, { done: () => void (rewrites && stream.write('\r\u001b[K')) });
}

/** Aligns the columns of a table. */
export function formatTable(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(printableLine));
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The number of names that a cell of a table can hold. */
export const maxNames = 20;

/** Joins names, and shortens a long list to its first names. */
export function joinNames(names: readonly string[]): string {
  if (names.length <= maxNames) return names.join(', ');
  return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

/** Parses the value of an option in seconds. */
export function parseSeconds(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new InvalidArgumentError('Write a whole number of seconds, from 1 to 99999.');
  return Number(text);
}
