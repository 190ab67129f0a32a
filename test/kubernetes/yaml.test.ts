import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { stringifyYaml, yamlText } from '../../src/kubernetes/yaml';
import { specialStrings, yamlStrings } from './yaml-strings';

const scalar = fc.oneof(
  yamlStrings,
  fc.constantFrom(null, undefined, true, false, 0, -0, 1.5, 1e21, new Date(0)),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(yamlStrings, fc.constant('k'.repeat(1100))), tie('data'), { maxKeys: 4 }),
  ),
}));

test('data is written as the document model writes it', () => {
  fc.assert(
    fc.property(data, (value) => {
      fc.pre(value !== undefined);
      expect(yamlText(value)).toBe(stringifyYaml(value, { aliasDuplicateObjects: false }));
    }),
    { numRuns: 3000 },
  );
});

test.each(['1.1', '1.2'] as const)('a parser of YAML %s reads the strings that were written', (version) => {
  const written = {
    strings: specialStrings,
    keys: Object.fromEntries(specialStrings.map((each) => [each, 1])),
  };
  for (const text of [yamlText(written), stringifyYaml(written, { indentSeq: false, blockQuote: 'literal' })])
    expect(parse(text, { version })).toEqual(written);
});

/** Strings that kubectl, of the parsers known, reads otherwise than the package `yaml` does. */
test.each([
  ['0o17', '"0o17"'],
  ['-0X1F', '"-0X1F"'],
  ['=', '"="'],
  ['<<', '"<<"'],
  ['1:30', '"1:30"'],
  ['Off', '"Off"'],
  ['a\u2028b', '"a\\u2028b"'],
  ['a\u2029', '"a\\u2029"'],
  ['\u007f', '"\\u007f"'],
  ['a\u0085b', '"a\\u0085b"'],
  ['\ufeffa', '"\\ufeffa"'],
  ['\ufffe', '"\\ufffe"'],
  ['\ta\nb', '"\\ta\\nb"'],
])('the string %j is written in quotes, as a value and as a key', (text, quoted) => {
  expect(yamlText({ k: text })).toBe(`k: ${quoted}\n`);
  expect(stringifyYaml({ k: [text] })).toBe(`k:\n  - ${quoted}\n`);
  expect(yamlText({ [text]: 1 })).toBe(`${quoted}: 1\n`);
});

test.each(['a.b', '0badc0de', '1.31.0', '1.2.3.4', '100m', 'a:b', '15021:15021', '-', 'nan', '2001-01-01-a'])(
  'the string %j is written without a needless change',
  (text) => {
    expect(yamlText({ k: `${text}` })).toBe(text === '-' ? 'k: "-"\n' : `k: ${text}\n`);
  },
);

test('half of a surrogate pair is an error, because UTF-8 cannot encode it', () => {
  expect(() => yamlText({ k: 'a\ud800' })).toThrow(/OUTPUT-INVALID: The string "a\\ud800" has one half of/);
  expect(() => yamlText({ 'a\udfff': 1 })).toThrow(/OUTPUT-INVALID/);
});

test('a date is the string that it is in JSON', () => {
  expect(yamlText({ k: new Date(0) })).toBe('k: "1970-01-01T00:00:00.000Z"\n');
});

test('an object that occurs twice is written twice', () => {
  const shared = { a: 1 };
  expect(yamlText({ one: shared, two: [shared] })).toBe('one:\n  a: 1\ntwo:\n  - a: 1\n');
});
