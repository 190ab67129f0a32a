import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { mapLimited } from '../../src/live/map-limited';

it('maps all items in their order, at most so many at a time', async () => {
  let running = 0;
  let most = 0;
  const results = await mapLimited([1, 2, 3, 4, 5], 2, async (item) => {
    most = Math.max(most, ++running);
    // Odd items take longer than even ones.
    for (let turn = 0; turn < (item % 2) * 3 + 1; turn++) await setImmediate();
    running--;
    return item * 10;
  });
  expect(results).toEqual([10, 20, 30, 40, 50]);
  expect(most).toBe(2);
});

it('fails with the first failure', async () => {
  const failing = mapLimited([1, 2, 3], 2, async (item) => {
    if (item === 2) throw new Error('two');
  });
  await expect(failing).rejects.toThrow('two');
  await expect(mapLimited([], 2, async () => 1)).resolves.toEqual([]);
});
