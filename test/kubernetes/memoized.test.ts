import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoized } from '../../src/kubernetes/memoized';

// Few keys and values, so that many arguments are equal or nearly so; some look the same as JSON.
const scalar = fc.constantFrom(0, -0, 1, '1', 1n, true, 'true', null, Number.NaN, undefined, '', 'a\nb\n');
const data = fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })));

test('a memoized function returns the same results as the function, also for similar arguments', () => {
  const copy = (argument: unknown) => structuredClone(argument);
  fc.assert(
    fc.property(fc.array(data, { minLength: 20 }), fc.integer({ min: 1, max: 9 }), (all, capacity) => {
      const memoizedCopy = memoized(copy, capacity);
      expect(all.map(memoizedCopy)).toEqual(all.map(copy));
    }),
  );
});

test('it computes equal arguments once, and again after the cache was cleared', () => {
  const computed: string[] = [];
  const record = memoized(({ name }: { name: string }) => computed.push(name), 2);
  for (const name of ['a', 'b', 'a', 'b', 'c', 'c', 'a']) record({ name });
  expect(computed).toEqual(['a', 'b', 'c', 'a']);
});
