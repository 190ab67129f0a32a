import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, isReadableByOthers, namesIfExists, readIfExists } from '../../src/files/existing-files';
import { temporaryFolder } from '../temporary-folder';

test('reads what exists, and fails if it exists but cannot be read', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), 'text');
  expect(readIfExists(join(folder, 'file'))).toBe('text');
  expect(readIfExists(join(folder, 'absent'))).toBeUndefined();
  expect(namesIfExists(folder)).toEqual(['file']);
  expect(namesIfExists(join(folder, 'absent'))).toBeUndefined();
  expect(() => readIfExists(folder)).toThrow(/EISDIR/);
  expect(() => namesIfExists(join(folder, 'file'))).toThrow(/ENOTDIR/);
});

test('lists regular files below a folder in order', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'b/c'), { recursive: true });
  for (const name of ['d', 'b/c/2', 'b/1', 'a']) writeFileSync(join(folder, name), '');
  symlinkSync('a', join(folder, 'link'));
  expect(filesBelow(folder)).toEqual(['a', 'b/1', 'b/c/2', 'd']);
  expect(filesBelow(join(folder, 'absent'))).toEqual([]);
});

test.skipIf(process.platform === 'win32')('sees which files other users can read', () => {
  const file = join(temporaryFolder(), 'file');
  expect(isReadableByOthers(file)).toBe(false);
  writeFileSync(file, '');
  for (const mode of [0o600, 0o640, 0o604]) {
    chmodSync(file, mode);
    expect(isReadableByOthers(file)).toBe(mode !== 0o600);
  }
});
