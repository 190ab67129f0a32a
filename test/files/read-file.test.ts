import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBytes, readText, readUtf8 } from '../../src/files/read-file';
import { systemErrorReason } from '../../src/files/system-error';
import { temporaryFolder } from '../temporary-folder';

const folder = temporaryFolder();
const path = (name: string): string => join(folder, name);

function reasonOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    return systemErrorReason(error);
  }
  return 'no error';
}

test('a file is read as text', () => {
  writeFileSync(path('text'), '\ufeffé😀\n');
  expect(readUtf8(path('text'))).toBe('é😀\n');
  expect(readText(path('text'), 'secret')).toBe('\ufeffé😀\n');
  expect(readBytes(path('text')).length).toBe(10);
  symlinkSync(path('text'), path('link'));
  expect(readUtf8(path('link'))).toBe('é😀\n');
});

test.each([
  ['a pipe', () => execFileSync('mkfifo', [path('pipe')]), 'pipe', 'it is not a regular file'],
  ['a device without end', () => symlinkSync('/dev/zero', path('zero')), 'zero', 'it is not a regular file'],
  ['a folder', () => mkdirSync(path('folder')), 'folder', 'it is a folder'],
  [
    'a loop of links',
    () => symlinkSync('loop', path('loop')),
    'loop',
    'too many symbolic links encountered (ELOOP)',
  ],
  ['a missing file', () => {}, 'missing', 'no such file or directory (ENOENT)'],
  ['a path through a file', () => writeFileSync(path('file'), ''), 'file/a', 'not a directory (ENOTDIR)'],
])('%s is no input, and reading it ends', (_title, make, name, reason) => {
  make();
  expect(reasonOf(() => readBytes(path(name)))).toBe(reason);
});

test.each([
  ['definition', 8],
  ['secret', 1],
  ['kubeconfig', 16],
  ['other', 64],
] as const)('a file that is too large to be a %s is not read', (kind, megabytes) => {
  writeFileSync(path('large'), '');
  truncateSync(path('large'), megabytes * 2 ** 20);
  expect(readBytes(path('large'), kind).length).toBe(megabytes * 2 ** 20);
  appendFileSync(path('large'), 'a');
  expect(reasonOf(() => readBytes(path('large'), kind))).toBe(`it is larger than ${megabytes} MB`);
});

test('a file whose size is not known is read', () => {
  expect(readText('/proc/self/status')).toContain('Name:');
});

test.each([
  ['UTF-16', Buffer.from('\ufeffmeshID: mesh1\n', 'utf16le'), 'its text is in UTF-16, not in UTF-8'],
  [
    'UTF-16 in the other order',
    Buffer.from('\ufeffmeshID\n', 'utf16le').swap16(),
    'its text is in UTF-16, not in UTF-8',
  ],
  ['UTF-16 without a mark', Buffer.from('meshID: mesh1\n', 'utf16le'), 'its text is in UTF-16, not in UTF-8'],
  ['Latin-1', Buffer.from('# é\n', 'latin1'), 'its text is not in UTF-8'],
  ['compressed data', Buffer.from([0x1f, 0x8b, 8, 0, 0xff]), 'its text is not in UTF-8'],
])('%s is not text in UTF-8', (_title, bytes, reason) => {
  writeFileSync(path('bytes'), bytes);
  expect(reasonOf(() => readUtf8(path('bytes')))).toBe(reason);
});
