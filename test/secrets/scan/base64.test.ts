import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Runs } from '../../../src/secrets/scan/base64';

const bytes = fc.uint8Array({ minLength: 60, maxLength: 300 }).map((each) => Buffer.from(each));

test('base64 is one run with any line breaks, and each character is at its offset', () => {
  const layout = fc.record({
    width: fc.integer({ min: 40, max: 90 }),
    indentation: fc.nat(30),
    end: fc.constantFrom('\n', '\r\n'),
  });
  fc.assert(
    fc.property(bytes, layout, (content, { width, indentation, end }) => {
      const base64 = content.toString('base64').replaceAll('=', '');
      const lines = base64.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
      const text = `data: |${lines.map((line) => `${end}${' '.repeat(indentation)}${line}`).join('')}${end}`;
      const [run, ...others] = [...base64Runs(text, 40)];
      expect(others).toEqual([]);
      expect(run?.text).toBe(base64);
      const found = [...base64].map((_, index) => text[run?.offsetOf(index) ?? -1]).join('');
      expect(found).toBe(base64);
    }),
  );
});

test('a space, a quote or a colon ends a run', () => {
  const part = 'a'.repeat(50);
  const texts = [...base64Runs(`${part} ${part}"${part}:\n${part}`, 40)].map(({ text }) => text);
  expect(texts).toEqual([part, part, part, part]);
});
