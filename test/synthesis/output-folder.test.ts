import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import type { OutputFile } from '../../src/files/output-file';
import { writeOutput } from '../../src/synthesis/output-folder';
import { temporaryFolder } from '../temporary-folder';

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

test('keys are readable by their owner alone, whatever the umask', () => {
  const umask = process.umask(0);
  writeOutput(dist, [file('a/public'), file('a/secret', 'key', 'secret')]);
  process.umask(umask);
  expect(statSync(join(dist, 'a/secret')).mode & 0o777).toBe(0o600);
  expect(statSync(join(dist, 'a/public')).mode & 0o777).toBe(0o644);
});

test('what an earlier run wrote and this one does not is gone, and nothing else is', () => {
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

test('what is not written again is gone, too, where git has changed the line ends', () => {
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

test('the same files are the same bytes, and leave nothing beside the folder', () => {
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

test('a failure leaves the earlier output, and says what to do', () => {
  writeOutput(dist, [file('a/1')]);
  // A file cannot be where another file needs a folder.
  expect(() => writeOutput(dist, [file('a', 'x'), file('a/1')])).toThrow(/dist: OUTPUT-WRITE: /);
  expect(tree(dist)).toEqual({ 'a/1': 'a/1' });
  expect(readdirSync(home)).toEqual(['dist']);
});

test('a folder that a link leads to is replaced behind the link', () => {
  writeOutput(join(home, 'real'), [file('a/1')]);
  symlinkSync('real', dist);
  writeOutput(dist, [file('a/2')]);
  expect(tree(join(home, 'real'))).toEqual({ 'a/2': 'a/2' });
  expect(readdirSync(home).sort()).toEqual(['dist', 'real']);
});

test('a run that was killed between its two moves is undone by the next', () => {
  writeOutput(dist, [file('a/1', 'old')]);
  writeFileSync(join(dist, 'own'), 'own');
  const ended = spawnEnded();
  execFileSync('mv', [dist, join(home, `.dist.previous-${ended}`)]);
  mkdirSync(join(home, `.dist.next-${ended}`));
  writeOutput(dist, [file('a/1', 'new')]);
  expect(tree(dist)).toEqual({ 'a/1': 'new', own: 'own' });
  expect(readdirSync(home)).toEqual(['dist']);
});

test('a kill at any moment leaves an output that is whole', { timeout: 120_000 }, async () => {
  const count = 400;
  const writer = `
    const { writeOutput } = require(${JSON.stringify(join(process.cwd(), 'build/internals.js'))});
    for (let run = 0; ; run++) {
      const files = Array.from({ length: ${count} }, (_, i) => ({ path: 'c' + (i % 7) + '/' + i, content: String(run), secrecy: 'public' }));
      writeOutput(${JSON.stringify(dist)}, files);
      if (run === 0) console.log('ready');
    }`;
  for (let kill = 0; kill < 25; kill++) {
    const child = spawn(process.execPath, ['-e', writer], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((ready) => child.stdout.once('data', ready));
    await setTimeout(Math.random() * 150);
    child.kill('SIGKILL');
    await new Promise((ended) => child.once('exit', ended));
    // Between its two moves the folder is absent for microseconds; the earlier output is whole beside it.
    const whole = existsSync(dist)
      ? dist
      : join(home, readdirSync(home).find((name) => name.includes('previous')) ?? '');
    const runs = Object.values(tree(whole));
    expect(runs).toHaveLength(count);
    expect(new Set(runs).size).toBe(1);
  }
  writeOutput(dist, [file('a/1')]);
  expect(readdirSync(home)).toEqual(['dist']);
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be written is an error with a remedy', () => {
  chmodSync(home, 0o500);
  expect(() => writeOutput(dist, [file('a/1')])).toThrow(/OUTPUT-WRITE/);
  chmodSync(home, 0o700);
});

/** The ID of a process that has ended. */
function spawnEnded(): number {
  return Number(execFileSync('sh', ['-c', 'echo $$']).toString());
}
