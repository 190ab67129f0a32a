import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { awaitRollouts } from './apply-mesh';
import { HelloWorldCalls } from './hello-world-calls';
import type { Workplace } from './workplace';

/** How long nothing may be called, in seconds: as long as a client takes to hand over to its successor. */
const longestPause = 5;

/** How many calls may take a second try: a few for each gateway that is replaced, of some thousand. */
const mostRepeated = 10;

/** Tests during all of which HelloWorld is called from every cluster, and answers. */
export function withoutLosingACall(
  workplace: () => Workplace,
  clusters: readonly string[],
  tests: () => void,
): void {
  describe('without losing a call', () => {
    let callers: HelloWorldCalls[] = [];

    beforeAll(() => {
      for (const [index, cluster] of clusters.entries()) outlastItsEndpoint(workplace(), cluster, index + 1);
      callers = clusters.map((cluster) => new HelloWorldCalls(workplace(), cluster));
    });
    afterEach(() => {
      for (const caller of callers) {
        expect(caller.failures).toEqual([]);
        expect(caller.repeated.slice(mostRepeated)).toEqual([]);
        expect(caller.longestPause).toBeLessThan(longestPause);
      }
    });
    afterAll(async () => {
      await Promise.all(callers.map((caller) => caller.stop()));
    });

    tests();
  });
}

/**
 * Lets HelloWorld serve on for as long as others take to notice that it ends. Without this any restart
 * loses calls, in a mesh or not.
 */
function outlastItsEndpoint(workplace: Workplace, cluster: string, version: number): void {
  const containers = [{ name: 'helloworld', lifecycle: { preStop: { sleep: { seconds: 5 } } } }];
  const patch = JSON.stringify({ spec: { template: { spec: { containers } } } });
  workplace.kubectl(cluster, `-n sample patch deployment helloworld-v${version} --patch '${patch}'`);
  awaitRollouts(workplace, cluster, 'sample');
}
