import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalQuantity } from '../../src/kubernetes/quantity';
import { isOnThePath } from '../on-the-path';

test.each([
  ['2000m', '2'],
  ['1024Mi', '1Gi'],
  ['2048Mi', '2Gi'],
  ['1536Mi', '1536Mi'],
  ['0.5Gi', '512Mi'],
  ['1.1Ki', '1126400m'],
  ['0.5Ki', '512'],
  ['0Mi', '0'],
  ['1000k', '1M'],
  ['1e4', '10e3'],
  ['1E', '1E'],
  ['1E3', '1e3'],
  ['1e-12', '1e-9'],
  ['-0.5', '-500m'],
  ['+.25', '250m'],
  [0.5, '500m'],
  [2, '2'],
])('%s is stored as %s', (written, stored) => {
  expect(canonicalQuantity(written)).toBe(stored);
});

test.each(['', 'much', '1 Gi', '1gi', '1e', '--1', '1.2.3', '9e99'])('%j stays as it is', (text) => {
  expect(canonicalQuantity(text)).toBe(text);
});

/** The quantities as kubectl prints them, with the code that the API server reads and writes them with. */
function printed(quantities: readonly string[]): string[] {
  const hard = quantities.map((quantity, index) => `q${index}=${quantity}`).join();
  const args = ['create', 'quota', 'all', `--hard=${hard}`, '--dry-run=client', '--output=json'];
  const { spec } = JSON.parse(execFileSync('kubectl', args, { encoding: 'utf8' }));
  return quantities.map((_, index) => spec.hard[`q${index}`]);
}

const digits = fc.stringMatching(/^[0-9]{1,6}$/);
const quantity = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    digits,
    fc.oneof(
      fc.constant(''),
      digits.map((decimals) => `.${decimals}`),
    ),
    fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e0', 'e3', 'E-4', 'e+5'),
  )
  .map(([sign, whole, fraction, suffix]) => `${sign}${whole}${fraction}${suffix}`);

test.skipIf(!isOnThePath('kubectl'))(
  'Kubernetes keeps every canonical quantity, and none has another value',
  () => {
    fc.assert(
      fc.property(fc.array(quantity, { minLength: 200, maxLength: 200 }), (quantities) => {
        const canonical = quantities.map(canonicalQuantity);
        expect(printed(canonical)).toEqual(canonical);
        expect(printed(quantities).map(canonicalQuantity)).toEqual(canonical);
      }),
      { numRuns: 5 },
    );
  },
);
