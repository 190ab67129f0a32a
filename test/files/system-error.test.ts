import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systemErrorCode, systemErrorReason } from '../../src/files/system-error';

function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

test('gives the reason without the path', () => {
  const absent = thrown(() => readFileSync('/absent, and more'));
  expect(systemErrorCode(absent)).toBe('ENOENT');
  expect(systemErrorReason(absent)).toBe('no such file or directory (ENOENT)');
  expect(systemErrorReason(thrown(() => readFileSync('/')))).toBe(
    'illegal operation on a directory (EISDIR)',
  );
  expect(systemErrorReason(Object.assign(new Error('other'), { code: 'EOTHER' }))).toBe('EOTHER');
});

test('passes on errors that are bugs', () => {
  const bug = new TypeError('x is not a function');
  expect(thrown(() => systemErrorCode(bug))).toBe(bug);
  expect(thrown(() => systemErrorReason(bug))).toBe(bug);
});
