import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isSameOrWithin } from '../../src/files/folder-relations';
import { temporaryFolder } from '../temporary-folder';

test('compares existing and missing folders, through symbolic links', () => {
  const home = temporaryFolder();
  const at = (path: string): string => join(home, path);
  mkdirSync(at('real/inner'), { recursive: true });
  symlinkSync('real', at('link'));
  symlinkSync('real/inner', at('direct'));
  symlinkSync('link/absent', at('dangling'));
  for (const path of [
    'real',
    'link',
    'real/inner',
    'link/inner',
    'direct',
    'direct/new',
    'dangling',
    'dangling/new',
    'real/new/newer',
    'link/new',
  ]) {
    expect(isSameOrWithin(at(path), at('real')), path).toBe(true);
    expect(isSameOrWithin(at(path), at('link')), path).toBe(true);
  }
  for (const path of ['.', 'other', 'real-2', 'other/real']) {
    expect(isSameOrWithin(at(path), at('real')), path).toBe(false);
  }
  expect(isSameOrWithin(home, '/')).toBe(true);
  expect(isSameOrWithin('/', home)).toBe(false);
});
