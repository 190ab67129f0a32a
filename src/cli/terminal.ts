import { InvalidArgumentError } from 'commander';
import { MeshError } from '../problems/problem';
import type { Progress } from '../problems/progress';

/**
 * Shows progress on standard error, so that standard output stays for results: on a terminal one line
 * that changes, elsewhere one line a message.
 */
export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): Progress & { done(): void } {
  const rewrites = stream.isTTY === true;
  const show = (message: string): void => {
    if (!rewrites) stream.write(`${message}\n`);
    else stream.write(`\r\u001b[K${message.slice(0, Math.max(10, (stream.columns ?? 80) - 1))}`);
  };
  return Object.assign(show, { done: () => void (rewrites && stream.write('\r\u001b[K')) });
}

/** Lines up the columns of a table of texts. */
export function formatTable(rows: readonly (readonly string[])[]): string {
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

/** Reads the value of an option that is a time in seconds. */
export function parseSeconds(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new InvalidArgumentError('Write a whole number of seconds from 1 on.');
  return Number(text);
}

/** Runs a program's main function: what the user can mend is told plainly, and anything else in full. */
export async function run(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof MeshError)) throw error;
    const count = error.problems.length;
    process.stderr.write(`${error.message}\n${count === 1 ? '1 problem' : `${count} problems`} found.\n`);
  }
}
