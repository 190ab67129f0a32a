import { formatPlace, type Problem } from './problem';

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
export function formatProblem({ place, code, found, remedy }: Problem): string {
  const where = formatPlace(place);
  return `${where === '' ? '' : `${where}: `}${code}: ${found}\n    ${remedy}`;
}
