import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFile, replaceFile } from '../../src/files/atomic-file';
import { temporaryFolder } from '../temporary-folder';

let folder: string;
let file: string;
beforeEach(() => {
  folder = join(temporaryFolder(), 'folder');
  file = join(folder, 'file');
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('replaceFile', () => {
  test('writes a new file with its mode, and leaves nothing beside it', () => {
    expect(replaceFile(file, 'one', 0o600)).toBe('new');
    expect(modeOf(file)).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('replaces a file, and its mode', () => {
    mkdirSync(folder);
    writeFileSync(file, 'one', { mode: 0o644 });
    expect(replaceFile(file, 'two', 0o600)).toBe('changed');
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(modeOf(file)).toBe(0o600);
  });

  test('does not touch an unchanged file, but restricts its mode', () => {
    replaceFile(file, 'one', 0o600);
    chmodSync(file, 0o644);
    const { ino, mtimeMs } = statSync(file);
    expect(replaceFile(file, 'one', 0o644)).toBe('unchanged');
    expect(statSync(file)).toMatchObject({ ino, mtimeMs, mode: 0o100644 });
    expect(replaceFile(file, 'one', 0o600)).toBe('unchanged');
    expect(statSync(file)).toMatchObject({ ino, mtimeMs, mode: 0o100600 });
  });

  test('leaves nothing behind if it cannot write', () => {
    mkdirSync(join(file, 'nested'), { recursive: true });
    expect(() => replaceFile(file, 'secret', 0o600)).toThrow(/EISDIR/);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('removes what killed processes left behind, but not what a running one may need', () => {
    mkdirSync(folder);
    for (const name of ['.istio-mesh-old', '.istio-mesh-new']) writeFileSync(join(folder, name), '');
    utimesSync(join(folder, '.istio-mesh-old'), new Date(), new Date(Date.now() - 120_000));
    replaceFile(file, 'one', 0o600);
    expect(readdirSync(folder).sort()).toEqual(['.istio-mesh-new', 'file']);
  });
});

describe('createFile', () => {
  test('creates a file with its mode, in folders that only their owner can enter', () => {
    expect(createFile(folder, 'sub/file', 'one', 0o600)).toBe(true);
    expect(readFileSync(join(folder, 'sub/file'), 'utf8')).toBe('one');
    expect([folder, join(folder, 'sub'), join(folder, 'sub/file')].map(modeOf)).toEqual([
      0o700, 0o700, 0o600,
    ]);
    expect(readdirSync(folder)).toEqual(['sub']);
  });

  test('never overwrites a file', () => {
    createFile(folder, 'file', 'one', 0o600);
    expect(createFile(folder, 'file', 'two', 0o600)).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('one');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('fails, and leaves nothing behind, where it cannot write', () => {
    mkdirSync(folder);
    writeFileSync(file, '');
    expect(() => createFile(folder, 'file/nested', 'one', 0o600)).toThrow(/ENOTDIR|EEXIST/);
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
