import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { yamlText } from '../../src/kubernetes/yaml';

// Strings that YAML has special rules for, alone and combined.
const parts = fc.constantFrom(
  ...[
    'a',
    'b c',
    ' ',
    '  ',
    '\t',
    '\n',
    '\n\n',
    ':',
    ': ',
    '#',
    ' #',
    '-',
    '- ',
    '---',
    '...',
    '%',
    '?',
    '&',
    '*',
  ],
  ...[
    '!',
    '|',
    '>',
    '@',
    '`',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '\\',
    '\r',
    '\u0007',
    '\u2028',
    'é',
    '😀',
    '~',
  ],
  ...[
    'yes',
    'on',
    'y',
    'null',
    'true',
    '0755',
    '1e3',
    '0x1f',
    '1:30',
    '2001-01-01',
    '.inf',
    '<<',
    '=',
    'x'.repeat(90),
  ],
);
const text = fc.oneof(
  fc.array(parts, { maxLength: 5 }).map((all) => all.join('')),
  fc.string(),
);
const scalar = fc.oneof(
  text,
  fc.constantFrom(
    null,
    undefined,
    true,
    false,
    0,
    -0,
    1.5,
    1e21,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    new Date(0),
  ),
  fc.integer(),
  fc.double(),
);
const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constant('k'.repeat(1100))), tie('data'), { maxKeys: 4 }),
  ),
}));

test('data is written as the package yaml writes it', () => {
  fc.assert(
    fc.property(data, (value) => {
      fc.pre(value !== undefined);
      expect(yamlText(value)).toBe(
        stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false }),
      );
    }),
    { numRuns: 3000 },
  );
});

test('an object that occurs twice is written twice', () => {
  const shared = { a: 1 };
  expect(yamlText({ one: shared, two: [shared] })).toBe('one:\n  a: 1\ntwo:\n  - a: 1\n');
});
