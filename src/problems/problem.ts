import type { ErrorCode } from './error-codes';

/** Where a problem was found: a file with line and column where they are known, or a path in a definition. */
export interface Location {
  /** The file, as the user named it; or what stands for one, such as `cluster1` for a live cluster. */
  readonly file?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Column in the line, from 1. */
  readonly column?: number;
  /** Path in a definition, such as `clusters[0].network`. */
  readonly path?: string;
}

/** One thing that is wrong: where, what was found, and what to do instead. */
export interface Problem {
  readonly code: ErrorCode;
  readonly location: Location;
  /** What was found, as a sentence. */
  readonly message: string;
  /** What to write or to do instead, as a sentence. */
  readonly hint: string;
}

/** The keys that lead from the top of a definition to a value. */
export type DefinitionPath = readonly (string | number)[];

/** A problem of a definition, before its place in a file is known. */
export interface DefinitionProblem extends Omit<Problem, 'location'> {
  readonly path: DefinitionPath;
  /**
   * Whether the key at the end of the path is wrong, or its value.
   * @default - the value
   */
  readonly at?: 'key' | 'value';
}

/** The value at a path of what may be a definition; undefined where there is none. */
export function valueAt(input: unknown, path: DefinitionPath): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key],
    input,
  );
}

/** `clusters[0].network`, the way a definition's path is shown. */
export function formatPath(path: DefinitionPath): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}

/** `mesh.yaml:4:12`, the way compilers write places, so that terminals and editors can open them. */
export function formatLocation({ file, line, column, path }: Location): string {
  if (file === undefined) return path ?? '';
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

/**
 * The one error that this package throws for what a user can mend. It carries every problem that was
 * found, not only the first.
 */
export class MeshError extends Error {
  override readonly name = 'MeshError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
  }

  /** Throws all the problems at once, where there are any. */
  static throwIfAny(problems: readonly Problem[]): void {
    if (problems.length > 0) throw new MeshError(problems);
  }
}

/** A problem as it is shown: where and what on one line, the remedy below it. */
export function formatProblem({ location, code, message, hint }: Problem): string {
  const where = formatLocation(location);
  return `${where === '' ? '' : `${where}: `}${code}: ${message}\n    ${hint}`;
}
