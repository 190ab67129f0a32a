import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divide } from '../../../src/init/existing/common-settings';
import { type HelmValues, mergeValues } from '../../../src/mesh/helm-values';

test('keeps in common what all maps have, at any depth', () => {
  expect(
    divide([
      { a: 1, b: { c: 1, d: [1] } },
      { b: { c: 2, d: [1] }, e: null },
    ]),
  ).toEqual({
    common: { b: { d: [1] } },
    own: [
      { a: 1, b: { c: 1 } },
      { b: { c: 2 }, e: null },
    ],
  });
});

test('leaves everything of a single map in common', () => {
  expect(divide([{ a: { b: {} } }])).toEqual({ common: { a: { b: {} } }, own: [{}] });
});

const keys = fc.constantFrom('a', 'b', 'c');
const { map } = fc.letrec<{ map: HelmValues; value: unknown }>((tie) => ({
  map: fc.dictionary(keys, tie('value')) as fc.Arbitrary<HelmValues>,
  value: fc.oneof({ maxDepth: 3 }, fc.constantFrom(1, 2, null, [1]), tie('map')),
}));

test('makes parts that merge to the same maps', () => {
  fc.assert(
    fc.property(fc.array(map, { minLength: 1, maxLength: 3 }), (maps) => {
      const { common, own } = divide(maps);
      expect(own.map((rest) => mergeValues(common, rest))).toEqual(maps);
    }),
  );
});
