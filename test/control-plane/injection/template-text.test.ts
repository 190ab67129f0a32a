import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Template } from '../../../src/control-plane/injection/template';
import { templateText } from '../../../src/control-plane/injection/template-text';

const string = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'{}[]|>:#-?&*!%@`\'"\\ \n\t,=~yYnN0x1.') }),
    fc.constantFrom(
      'true',
      'No',
      'on',
      'y',
      'null',
      '~',
      '0x1f',
      '1e3',
      '.inf',
      '1_000',
      '12:30:00',
      '2026-01-01',
    ),
  )
  .filter((value) => !value.includes('{{') && value !== '__proto__');

/** Plain data, as deep as pods are. */
const { data } = fc.letrec<{ data: Template }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 6 },
    fc.oneof(string, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('data'), { maxLength: 5 }),
    fc.dictionary(string, tie('data'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

test('writes data without expressions as YAML that reads as the same data', () => {
  fc.assert(
    fc.property(data, (value) => {
      expect(parse(templateText({ value }), { version: '1.1' })).toEqual({ value });
    }),
    { numRuns: 1000 },
  );
});

test('writes what fits on a line on one, and what does not on several', () => {
  const short = { name: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } };
  const long = { name: 'b', value: 'long'.repeat(30) };
  expect(
    templateText({ env: [short, long] })
      .trim()
      .split('\n'),
  ).toEqual([
    'env:',
    '- { name: a, valueFrom: { fieldRef: { fieldPath: metadata.name } } }',
    '- name: b',
    `  value: ${long.value}`,
  ]);
});
