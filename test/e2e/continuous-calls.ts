import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { makeRestartable } from './restartable-hello-world';
import { ServiceCalls } from './service-calls';
import type { Workplace } from './workplace';

/**
 * The longest time without a call, in seconds. A client that restarts does not call, for as long as a busy machine takes
 * to start it. Without any limit, a client that has ended would prove as much as one that calls.
 */
const longestPause = 30;

/** Runs tests while HelloWorld is called from every cluster, and expects an answer to every call. */
export function withContinuousCalls(
  workplace: () => Workplace,
  clusters: readonly string[],
  tests: () => void,
): void {
  describe('without a failed call', () => {
    let callers: ServiceCalls[] = [];

    beforeAll(() => {
      for (const [index, cluster] of clusters.entries())
        makeRestartable(workplace(), cluster, `v${index + 1}`);
      callers = clusters.map((cluster) => new ServiceCalls(workplace(), cluster));
    });
    afterEach(() => {
      for (const caller of callers) {
        expect(caller.failures).toEqual([]);
        expect(caller.longestPause).toBeLessThan(longestPause);
      }
    });
    afterAll(async () => {
      await Promise.all(callers.map((caller) => caller.stop()));
      const counts = callers.map(
        ({ failures, calls, rate }) => `${failures.length} of ${calls.length}, ${rate.toFixed(1)} a second`,
      );
      console.log(`Failed calls from ${clusters.join(' and ')}: ${counts.join('; ')}`);
    });

    tests();
  });
}
