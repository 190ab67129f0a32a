import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StagedFiles } from '../../src/files/staged-files';
import { temporaryFolder } from '../temporary-folder';

test('no target changes before all files are staged', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a'), 'old');
  const staged = new StagedFiles();
  staged.add(join(folder, 'a'), 'new', 0o644);
  staged.add(join(folder, 'sub/b'), 'new', 0o600);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
  expect(readdirSync(join(folder, 'sub'))).toHaveLength(1);
  staged.replaceTargets();
  staged.discard();
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new');
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['a', 'sub', 'sub/b']);
});

test('discards what was not renamed', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'b/nested'), { recursive: true });
  const staged = new StagedFiles();
  staged.add(join(folder, 'a'), 'a', 0o644);
  staged.add(join(folder, 'b'), 'b', 0o644);
  expect(() => staged.replaceTargets()).toThrow(/EISDIR/);
  staged.discard();
  expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
});
