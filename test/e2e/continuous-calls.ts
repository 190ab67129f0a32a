import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { HelloWorldCalls } from './hello-world-calls';
import { makeRestartable } from './restartable-hello-world';
import type { Workplace } from './workplace';

/** How long nothing may be called, in seconds: as long as a client takes to hand over to its successor. */
const longestPause = 5;

/** Tests during all of which HelloWorld is called from every cluster, and answers. */
export function withoutLosingACall(
  workplace: () => Workplace,
  clusters: readonly string[],
  tests: () => void,
): void {
  describe('without losing a call', () => {
    let callers: HelloWorldCalls[] = [];

    beforeAll(() => {
      for (const [index, cluster] of clusters.entries())
        makeRestartable(workplace(), cluster, `v${index + 1}`);
      callers = clusters.map((cluster) => new HelloWorldCalls(workplace(), cluster));
    });
    afterEach(() => {
      for (const caller of callers) {
        expect(caller.failures).toEqual([]);
        expect(caller.longestPause).toBeLessThan(longestPause);
      }
    });
    afterAll(async () => {
      await Promise.all(callers.map((caller) => caller.stop()));
    });

    tests();
  });
}
