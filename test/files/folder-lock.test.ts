import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { FolderLock, type Holder } from '../../src/files/folder-lock';
import { thisProcess } from '../../src/files/running-process';
import { temporaryFolder } from '../temporary-folder';

let home: string;
let folder: string;
let lockFile: string;
beforeEach(() => {
  home = temporaryFolder();
  folder = join(home, 'dist');
  lockFile = join(home, '.dist.lock');
});

const ignore = (): void => {};

test('one waits for another, and reports once for which', async () => {
  const first = await FolderLock.acquire(folder, ignore);
  const waits: Holder[] = [];
  const order: string[] = [];
  const second = FolderLock.acquire(folder, (holder) => waits.push(holder)).then((lock) => {
    order.push('second');
    lock.release();
  });
  await new Promise((done) => setTimeout(done, 350));
  order.push('first');
  first.release();
  await second;
  expect(order).toEqual(['first', 'second']);
  expect(waits).toMatchObject([{ pid: process.pid }]);
  expect(readdirSync(home)).toEqual([]);
});

test('a function that is not asynchronous does not wait for its own process', async () => {
  const lock = await FolderLock.acquire(folder, ignore);
  expect(() => FolderLock.acquireSync(folder, ignore)).toThrow(`The process ${process.pid} holds`);
  lock.release();
  FolderLock.acquireSync(folder, ignore).release();
  expect(readdirSync(home)).toEqual([]);
});

const now = (): number => Date.now() / 1000;
const content = (changes: object): string => JSON.stringify({ id: 'other', ...thisProcess(), ...changes });

test.each([
  ['of a process that has ended', () => writeFileSync(lockFile, content({ pid: 2 ** 22 + 1 }))],
  ['of a process whose ID another one has now', () => writeFileSync(lockFile, content({ started: '1' }))],
  [
    'without content, of a process that was killed',
    () => {
      writeFileSync(lockFile, '');
      utimesSync(lockFile, now(), now() - 60);
    },
  ],
  [
    'of another machine, after a long time',
    () => {
      writeFileSync(lockFile, content({ host: 'another' }));
      utimesSync(lockFile, now(), now() - 3600);
    },
  ],
])('a lock %s does not count', async (_, leave) => {
  leave();
  const waits: Holder[] = [];
  const lock = await FolderLock.acquire(folder, (holder) => waits.push(holder));
  lock.release();
  expect(waits).toEqual([]);
  expect(readdirSync(home)).toEqual([]);
});

test.each([
  ['of another machine', () => content({ host: 'another' })],
  ['without content yet', () => ''],
])('a lock %s counts', async (_, text) => {
  writeFileSync(lockFile, text());
  let acquired: Promise<FolderLock> | undefined;
  await new Promise<Holder>((waits) => {
    acquired = FolderLock.acquire(folder, waits);
  });
  expect(readFileSync(lockFile, 'utf8')).toBe(text());
  writeFileSync(lockFile, content({ pid: 2 ** 22 + 1 }));
  (await acquired)?.release();
});

test('of many processes that find a stale lock, one at a time gets it', { timeout: 60_000 }, async () => {
  const child = spawn('true');
  await once(child, 'exit');
  writeFileSync(lockFile, content({ pid: child.pid }));
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const lock = await FolderLock.acquire(folder, ignore);
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((done) => setTimeout(done, 5));
      inside -= 1;
      lock.release();
    }),
  );
  expect(most).toBe(1);
  expect(readdirSync(home)).toEqual([]);
});
