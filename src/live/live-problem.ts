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
export type Finding = Omit<LiveProblem, 'code' | 'location'>;

/** A finding that only a change by the user removes. */
export function lasting(message: string, hint: string): Finding {
  return { message, hint, mayPass: false };
}

/** A finding that may disappear by itself. */
export function passing(message: string, hint: string): Finding {
  return { message, hint, mayPass: true };
}

/** A finding as a problem of a cluster. */
export function problemOf(cluster: string, code: ErrorCode, finding: Finding): LiveProblem {
  return { code, location: { file: cluster }, ...finding };
}
