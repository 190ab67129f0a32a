import { expect, test } from 'vitest';
import { codeFrame } from '../../src/problems/code-frame';
import { printable, printableLine } from '../../src/problems/printable';
import { formatProblem } from '../../src/problems/problem';

test('a terminal gets no character that it acts on', () => {
  expect(printable('a\u001b[2J\u0007\r\u009b1m\u202eb\u2028\u0000\tc\nd')).toBe(
    'a\\u001b[2J\\u0007\\u000d\\u009b1m\\u202eb\\u2028\\u0000\tc\nd',
  );
  expect(printableLine('a\nb\tc')).toBe('a\\nb\\tc');
});

test('a problem cannot forge lines or colors by the name of its file, its message or its hint', () => {
  const problem = {
    code: 'MESH-FILE',
    location: { file: 'a\u001b[31m\nb', line: 1 },
    message: 'x\u001b[2J.',
    hint: '\u009b2J.',
  } as const;
  expect(formatProblem(problem)).toBe('a\\u001b[31m\\nb:1: MESH-FILE: x\\u001b[2J.\n    \\u009b2J.');
});

test('a frame shows the part of a long line around the caret, and tabs as arrows', () => {
  expect(codeFrame('a\n\tb: c\r\n', 2, 2)).toBe('2 | →b: c\n  |  ^');
  const [line = '', caret = ''] = codeFrame(`${'a'.repeat(500)}!${'b'.repeat(500)}`, 1, 501).split('\n');
  expect(line.length).toBeLessThan(120);
  expect(line[caret.indexOf('^')]).toBe('!');
});

test.each([
  ['password: hunter2', 'password: *******'],
  ['url: https://admin:hunter2@example.com', 'url: https://admin:*******@example.com'],
  ['a: eyJhbGciOiJSUzI1NiJ9.e30.c2ln', 'a: *****************************'],
  ['url: https://example.com/?access_token=abc&b=1', 'url: https://example.com/?access_token=***&b=1'],
])('the frame of %s covers what is secret', (line, covered) => {
  expect(codeFrame(line, 1, 1)).toBe(`1 | ${covered}\n  | ^`);
});
