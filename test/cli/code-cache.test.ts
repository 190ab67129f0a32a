import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder';

const program = join(process.cwd(), 'lib/bin/istio-mesh.js');
const home = temporaryFolder();
const cache = join(home, 'cdk8s-istio-mesh', `init-${process.version}-${process.arch}`);
const key = join(cache, 'program.js');

test('keeps the compiled code of a command that succeeded, for its user alone', () => {
  expect(init('cluster one').status).toBe(1);
  expect(filesOf(cache)).toEqual([]);
  succeed();
  expect(filesOf(cache)).toContain('program.js');
  expect(statSync(cache).mode & 0o777).toBe(0o700);
  expect(statSync(key).mode & 0o777).toBe(0o600);
});

test('reads what it kept, and writes nothing', () => {
  const { ino } = statSync(key);
  succeed();
  expect(statSync(key).ino).toBe(ino);
});

test('replaces what is damaged', () => {
  const content = readFileSync(key);
  const damaged = Buffer.from(content);
  damaged.fill(0xff, damaged.length / 2);
  for (const bytes of [damaged, content.subarray(0, 1000), Buffer.alloc(0)]) {
    writeFileSync(key, bytes);
    succeed();
    expect(statSync(key).size).toBeGreaterThan(100_000);
  }
});

test('leaves a folder alone to which others can write', () => {
  rmSync(key);
  chmodSync(cache, 0o777);
  succeed();
  expect(filesOf(cache)).not.toContain('program.js');
  chmodSync(cache, 0o700);
});

test('works without a folder for the cache', () => {
  writeFileSync(join(home, 'file'), '');
  succeed({ XDG_CACHE_HOME: join(home, 'file', 'within') });
  succeed({ XDG_CACHE_HOME: '', HOME: '/proc/none' });
});

test('is turned off with the cache of Node', () => {
  succeed({ NODE_DISABLE_COMPILE_CACHE: '1' });
  expect(filesOf(cache)).not.toContain('program.js');
});

function succeed(environment: NodeJS.ProcessEnv = {}): void {
  const { status, stderr } = init('cluster1', environment);
  expect(stderr).toBe('');
  expect(status).toBe(0);
}

function init(cluster: string, environment: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, XDG_CACHE_HOME: home, ...environment };
  return spawnSync(process.execPath, [program, 'init', cluster], {
    cwd: temporaryFolder(),
    encoding: 'utf8',
    env,
  });
}

function filesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
