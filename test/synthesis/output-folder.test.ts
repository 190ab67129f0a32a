import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { OutputFile } from '../../src/files/output-file';
import { writeOutput } from '../../src/synthesis/output-folder';
import { temporaryFolder } from '../temporary-folder';

const isRoot = process.getuid?.() === 0;

let home: string;
let dist: string;
beforeEach(() => {
  home = temporaryFolder();
  dist = join(home, 'dist');
});

function file(path: string, content = path, secrecy: OutputFile['secrecy'] = 'public'): OutputFile {
  return { path, content, secrecy };
}

/** Every visible file below a folder, with its content. */
function tree(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.istio-mesh-files')
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}

test('only the owner can read files with keys, under any umask', () => {
  const umask = process.umask(0);
  writeOutput(dist, [file('a/public'), file('a/secret', 'key', 'secret')]);
  process.umask(umask);
  expect(statSync(join(dist, 'a/secret')).mode & 0o777).toBe(0o600);
  expect(statSync(join(dist, 'a/public')).mode & 0o777).toBe(0o644);
});

test('removes what an earlier run wrote and this one does not, and keeps all other files', () => {
  writeOutput(dist, [file('a/1'), file('a/2'), file('b/1')]);
  writeFileSync(join(dist, 'a/own'), 'own');
  writeFileSync(join(dist, 'own'), 'own');
  mkdirSync(join(dist, 'empty'));
  symlinkSync('own', join(dist, 'link'));
  writeOutput(dist, [file('a/1', 'new')]);
  expect(tree(dist)).toEqual({ 'a/1': 'new', 'a/own': 'own', own: 'own' });
  expect(readdirSync(dist).sort()).toEqual(['.istio-mesh-files', 'a', 'empty', 'link', 'own']);
  writeOutput(dist, [file('a/1', 'newer')]);
  expect(tree(dist)).toEqual({ 'a/1': 'newer', 'a/own': 'own', own: 'own' });
});

test('removes files of an earlier run even if git changed the line ends of their list', () => {
  const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, stdio: 'pipe' });
  git(home, 'init', '--quiet');
  writeOutput(dist, [file('a/1'), file('b/1')]);
  git(home, 'add', '.');
  git(home, '-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message', 'both');
  const clone = join(temporaryFolder(), 'clone');
  git(home, 'clone', '--quiet', '--config', 'core.autocrlf=true', home, clone);
  writeOutput(join(clone, 'dist'), [file('a/1')]);
  expect(Object.keys(tree(join(clone, 'dist')))).toEqual(['a/1']);
});

test('writing the same files twice gives the same bytes, and leaves nothing beside the folder', () => {
  const files = [file('b/2'), file('a/1')];
  writeOutput(dist, files);
  const first = execFileSync('sh', ['-c', 'find dist -type f | sort | xargs sha256sum'], {
    cwd: home,
  }).toString();
  writeOutput(dist, files);
  const second = execFileSync('sh', ['-c', 'find dist -type f | sort | xargs sha256sum'], {
    cwd: home,
  }).toString();
  expect(second).toBe(first);
  expect(readdirSync(home)).toEqual(['dist']);
});

test('links unchanged files into the new folder, and writes changed ones', () => {
  const files = [file('a/1'), file('a/2', 'old'), file('a/secret', 'key', 'secret')];
  writeOutput(dist, files);
  const before = stats('a/1', 'a/2', 'a/secret');
  writeOutput(dist, [file('a/1'), file('a/2', 'new'), file('a/secret', 'key', 'secret')]);
  const after = stats('a/1', 'a/2', 'a/secret');
  expect(after[0]).toMatchObject({ ino: before[0]?.ino, mtimeMs: before[0]?.mtimeMs, nlink: 1 });
  expect(after[1]?.ino).not.toBe(before[1]?.ino);
  expect(after[2]).toMatchObject({ ino: before[2]?.ino, mode: 0o100600, nlink: 1 });
  expect(tree(dist)).toEqual({ 'a/1': 'a/1', 'a/2': 'new', 'a/secret': 'key' });
});

test('links unchanged files under any umask', () => {
  const umask = process.umask(0o077);
  writeOutput(dist, [file('a/1')]);
  const [before] = stats('a/1');
  writeOutput(dist, [file('a/1')]);
  expect(stats('a/1')).toMatchObject([{ ino: before?.ino, mode: 0o100600 }]);
  process.umask(umask);
  writeOutput(dist, [file('a/1')]);
  expect(stats('a/1')).toMatchObject([{ mode: 0o100644 }]);
});

test.each<[what: string, edit: (path: string) => void]>([
  ['its content, in the same length', (path) => writeFileSync(path, 'kez')],
  ['its content', (path) => writeFileSync(path, 'longer than before')],
  ['its mode', (path) => chmodSync(path, 0o644)],
  ['nothing but removed it', (path) => rmSync(path)],
  [
    'it to a symbolic link',
    (path) => {
      writeFileSync(join(home, 'elsewhere'), 'key', { mode: 0o600 });
      rmSync(path);
      symlinkSync(join(home, 'elsewhere'), path);
    },
  ],
])('writes a file again if the user changed %s', (_, edit) => {
  const files = [file('a/1'), file('a/secret', 'key', 'secret')];
  writeOutput(dist, files);
  edit(join(dist, 'a/secret'));
  writeOutput(dist, files);
  expect(tree(dist)).toEqual({ 'a/1': 'a/1', 'a/secret': 'key' });
  expect(lstatSync(join(dist, 'a/secret')).mode).toBe(0o100600);
});

test('keeps the earlier output on failure', () => {
  writeOutput(dist, [file('a/1')]);
  // A file cannot be where another file needs a folder.
  expect(() => writeOutput(dist, [file('a', 'x'), file('a/1')])).toThrow(/dist: OUTPUT-WRITE: /);
  expect(tree(dist)).toEqual({ 'a/1': 'a/1' });
  expect(readdirSync(home)).toEqual(['dist']);
});

test('replaces the target of a symbolic link, not the link', () => {
  writeOutput(join(home, 'real'), [file('a/1')]);
  symlinkSync('real', dist);
  writeOutput(dist, [file('a/2')]);
  expect(tree(join(home, 'real'))).toEqual({ 'a/2': 'a/2' });
  expect(readdirSync(home).sort()).toEqual(['dist', 'real']);
});

test('restores the output of a run that was killed between its two renames', () => {
  writeOutput(dist, [file('a/1', 'old')]);
  writeFileSync(join(dist, 'own'), 'own');
  const exited = exitedProcess();
  execFileSync('mv', [dist, join(home, `.dist.previous-${exited}`)]);
  mkdirSync(join(home, `.dist.next-${exited}`));
  writeOutput(dist, [file('a/1', 'new')]);
  expect(tree(dist)).toEqual({ 'a/1': 'new', own: 'own' });
  expect(readdirSync(home)).toEqual(['dist']);
});

test('leaves a complete output when killed at any moment', { timeout: 120_000 }, async () => {
  const count = 400;
  const writer = `
    const { writeOutput } = require(${JSON.stringify(join(process.cwd(), 'build/internals.js'))});
    for (let run = 0; ; run++) {
      const files = Array.from({ length: ${count} }, (_, i) => [
        { path: 'c' + (i % 7) + '/' + i, content: String(run), secrecy: 'public' },
        { path: 'c' + (i % 7) + '/same-' + i, content: 'same', secrecy: 'secret' },
      ]).flat();
      writeOutput(${JSON.stringify(dist)}, files);
      if (run === 0) console.log('ready');
    }`;
  for (let kill = 0; kill < 25; kill++) {
    const child = spawn(process.execPath, ['-e', writer], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((ready) => child.stdout.once('data', ready));
    await setTimeout(Math.random() * 150);
    child.kill('SIGKILL');
    await new Promise((ended) => child.once('exit', ended));
    // Between the two renames the folder is absent for microseconds; the earlier output is beside it.
    const output = existsSync(dist)
      ? dist
      : join(home, readdirSync(home).find((name) => name.includes('previous')) ?? '');
    const contents = Object.values(tree(output));
    expect(contents.filter((content) => content === 'same')).toHaveLength(count);
    const runs = contents.filter((content) => content !== 'same');
    expect(runs).toHaveLength(count);
    expect(new Set(runs).size).toBe(1);
  }
  writeOutput(dist, [file('a/1')]);
  expect(readdirSync(home)).toEqual(['dist']);
});

test.skipIf(process.getuid?.() === 0)('reports a folder that it cannot write to', () => {
  chmodSync(home, 0o500);
  expect(() => writeOutput(dist, [file('a/1')])).toThrow(/OUTPUT-WRITE/);
  chmodSync(home, 0o700);
});

function stats(...paths: string[]) {
  return paths.map((path) => lstatSync(join(dist, path)));
}

/** The ID of a process that has exited. */
function exitedProcess(): number {
  return Number(execFileSync('sh', ['-c', 'echo $$']).toString());
}

describe('folders', () => {
  test('keep their modes', () => {
    writeOutput(dist, [file('a/1'), file('b/1')]);
    mkdirSync(join(dist, 'own/inner'), { recursive: true });
    writeFileSync(join(dist, 'own/inner/file'), 'own');
    for (const [path, mode] of [
      ['.', 0o2750],
      ['a', 0o700],
      ['own', 0o711],
      ['own/inner', 0o1777],
      ['b', 0o555],
    ] as const) {
      chmodSync(join(dist, path), mode);
    }
    writeOutput(dist, [file('a/1', 'new'), file('b/1'), file('c/1')]);
    writeOutput(dist, [file('a/1', 'newer'), file('b/1'), file('c/1')]);
    const modes = ['.', 'a', 'own', 'own/inner', 'b'].map((path) => statSync(join(dist, path)).mode & 0o7777);
    expect(modes).toEqual([0o2750, 0o700, 0o711, 0o1777, 0o555]);
    expect(readdirSync(home)).toEqual(['dist']);
  });

  test.runIf(isRoot)('keep their owners, also in a run of root', () => {
    chownSync(home, 1234, 1234);
    writeOutput(dist, [file('a/1'), file('a/secret', 'key', 'secret')]);
    expect(['.', 'a', 'a/1', 'a/secret'].map((path) => statSync(join(dist, path)).uid)).toEqual(
      Array(4).fill(1234),
    );
    chownSync(join(dist, 'a'), 1235, 1236);
    writeOutput(dist, [file('a/1', 'new'), file('b/1')]);
    const { uid, gid } = statSync(join(dist, 'a'));
    expect({ uid, gid }).toEqual({ uid: 1235, gid: 1236 });
    expect(statSync(join(dist, 'b/1')).uid).toBe(1234);
  });
});

describe('files of others', () => {
  test('are not overwritten, and nothing is written', () => {
    writeOutput(dist, [file('a/1')]);
    writeFileSync(join(dist, 'a/2'), 'own');
    symlinkSync('a', join(dist, 'b'));
    expect(() => writeOutput(dist, [file('a/1', 'new'), file('a/2'), file('b/3')])).toThrow(
      /a\/2: OUTPUT-EXISTS: [\s\S]*b: OUTPUT-EXISTS: /,
    );
    expect(tree(dist)).toEqual({ 'a/1': 'a/1', 'a/2': 'own' });
    expect(readdirSync(home)).toEqual(['dist']);
  });

  test('with the same text are taken over, as without the list of an earlier run', () => {
    writeOutput(dist, [file('a/1')]);
    rmSync(join(dist, '.istio-mesh-files'));
    writeOutput(dist, [file('a/1'), file('a/2')]);
    expect(tree(dist)).toEqual({ 'a/1': 'a/1', 'a/2': 'a/2' });
  });

  test.runIf(isRoot)('on a mount in the output are neither moved nor deleted', () => {
    writeOutput(dist, [file('a/1')]);
    const mounted = join(dist, 'a/mounted');
    mkdirSync(mounted);
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', mounted]);
    try {
      writeFileSync(join(mounted, 'own'), 'own');
      expect(() => writeOutput(dist, [file('a/1', 'new')])).toThrow(
        /a\/mounted: OUTPUT-WRITE: .*mount point/,
      );
      expect(tree(dist)).toEqual({ 'a/1': 'a/1', 'a/mounted/own': 'own' });
      expect(readdirSync(home)).toEqual(['dist']);
    } finally {
      execFileSync('umount', [mounted]);
    }
  });
});

test.runIf(isRoot)('what root has written is replaced by a user, with a warning about the old copy', () => {
  chmodSync(dirname(home), 0o755);
  chownSync(home, 65534, 65534);
  writeOutput(dist, [file('a/1', 'old'), file('a/secret', 'key', 'secret')]);
  for (const path of ['.', 'a', 'a/1', 'a/secret']) chownSync(join(dist, path), 0, 0);
  const asUser = (): string =>
    execFileSync(
      process.execPath,
      [
        '-e',
        `const { writeOutput } = require(${JSON.stringify(join(process.cwd(), 'build/internals.js'))});
        process.stdout.write(writeOutput(${JSON.stringify(dist)}, [{ path: 'a/1', content: 'new', secrecy: 'public' }]).map(({ code }) => code).join());`,
      ],
      { uid: 65534, gid: 65534, encoding: 'utf8' },
    );
  for (let run = 0; run < 3; run += 1) {
    expect(asUser()).toBe('OUTPUT-LEFTOVER');
    expect(tree(dist)).toEqual({ 'a/1': 'new' });
    expect(readdirSync(home).filter((name) => name.includes('previous'))).toHaveLength(1);
  }
  expect(writeOutput(dist, [file('a/1', 'newer')])).toEqual([]);
  expect(readdirSync(home)).toEqual(['dist']);
});
