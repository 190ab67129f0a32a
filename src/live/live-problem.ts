import type { ErrorCode } from '../problems/error-codes';
import type { Problem } from '../problems/problem';

/** A problem of a live cluster. */
export interface LiveProblem extends Problem {
  /**
   * Whether it may disappear without a change by the user, such as a load balancer that has no address yet.
   * Only such problems are worth waiting for.
   */
  readonly mayPass: boolean;
}

/** What was found in a cluster, and what to do about it. */
export type UnlocatedProblem = Omit<LiveProblem, 'code' | 'location'>;

/** A problem that only a change by the user removes. */
export function lasting(message: string, hint: string): UnlocatedProblem {
  return { message, hint, mayPass: false };
}

/** A problem that may disappear by itself. */
export function passing(message: string, hint: string): UnlocatedProblem {
  return { message, hint, mayPass: true };
}

/** A problem as a problem of a cluster. */
export function problemOf(cluster: string, code: ErrorCode, problem: UnlocatedProblem): LiveProblem {
  return { code, location: { file: cluster }, ...problem };
}

/** A problem as reports have it: without what only the observation of a cluster needs. */
export function reported({ code, location, message, hint }: Problem): Problem {
  return { code, location, message, hint };
}
