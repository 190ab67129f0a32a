import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManifestTexts } from '../../src/delivery/manifest-texts';

test('are what cdk8s writes of each object, however alike another was', () => {
  // Few keys and values, so that many objects are equal or nearly so; some look the same as JSON.
  const scalar = fc.constantFrom(0, -0, 1, '1', 1n, true, 'true', null, Number.NaN, undefined, '', 'a\nb\n');
  const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }));
  const object = fc.dictionary(fc.constantFrom('a', 'b'), value);
  fc.assert(
    fc.property(fc.array(object, { minLength: 20 }), (objects) => {
      const texts = new ManifestTexts();
      expect(objects.map((each) => texts.of(each))).toEqual(objects.map((each) => Yaml.stringify(each)));
    }),
  );
});
