import type { ErrorCode } from './error-codes';
import { printable, printableLine } from './printable';

/** Where a problem is: a file, with line and column if known, or a path in a definition. */
export interface Location {
  /** The file as the user named it, or another source such as `cluster1` for a live cluster. */
  readonly file?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Column in the line, from 1. */
  readonly column?: number;
  /** Path in a definition, such as `clusters[0].network`. */
  readonly path?: string;
}

/** One problem: its location, what was found, and what to do about it. */
export interface Problem {
  readonly code: ErrorCode;
  readonly location: Location;
  /** What was found, as a full sentence. */
  readonly message: string;
  /** What to write or do instead, as an instruction. */
  readonly hint: string;
  /**
   * The line of the file, with a caret below the column, for a problem of syntax.
   * @default - no line is shown
   */
  readonly frame?: string;
}

/** The keys that lead from the top of a definition to a value. */
export type DefinitionPath = readonly (string | number)[];

/** A problem in a definition whose location in a file is not known yet. */
export interface DefinitionProblem extends Omit<Problem, 'location'> {
  readonly path: DefinitionPath;
  /**
   * Whether the problem is the last key of the path or its value.
   * @default - value
   */
  readonly at?: 'key' | 'value';
}

/** The value at a path, or undefined if the path does not exist. */
export function valueAt(input: unknown, path: DefinitionPath): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key],
    input,
  );
}

/** Formats a path of a definition, such as `clusters[0].network`. */
export function formatPath(path: DefinitionPath): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}

/** Formats a location as compilers do, such as `mesh.yaml:4:12`, so that terminals and editors can open it. */
export function formatLocation({ file, line, column, path }: Location): string {
  if (file === undefined) return path ?? '';
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

/**
 * The error that this package throws for problems that a user can fix. It carries all problems that were
 * found, not only the first one.
 */
export class MeshError extends Error {
  override readonly name = 'MeshError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
  }

  /** Throws one error with all problems, if there are any. */
  static throwIfAny(problems: readonly Problem[]): void {
    if (problems.length > 0) throw new MeshError(problems);
  }
}

/**
 * Formats a problem for terminals: location, code and message on the first line, below them the line of the
 * file, if any, and the hint.
 */
export function formatProblem({ location, code, message, hint, frame }: Problem): string {
  const place = printableLine(formatLocation(location));
  const lines = [...(frame?.split('\n') ?? []), printable(hint)].map((line) => `    ${line}`);
  return [`${place === '' ? '' : `${place}: `}${code}: ${printable(message)}`, ...lines].join('\n');
}
