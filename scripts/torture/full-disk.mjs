import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectRecovery, expectWhole, prepare } from './expectations.mjs';
import { MeshFolder } from './mesh-folder.mjs';
import { istioMesh } from './program.mjs';

const none = new Map();
const block = 4096;
const blocks = 4096;

/**
 * Runs the program on a disk that gets full, with ever more free space.
 *
 * @returns why it was skipped; undefined if it was not
 */
export async function fullDisk(count, random, report) {
  const disk = mkdtempSync(join(tmpdir(), 'torture-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${blocks * block}`, 'tmpfs', disk], { stdio: 'pipe' });
  } catch (error) {
    rmSync(disk, { recursive: true });
    return `no disk of its own can be mounted here (${error.stderr?.toString().trim() || error.code})`;
  }
  try {
    const needed = await spaceOfSynthesis(disk);
    for (let round = 0; round < count; round += 1) {
      // Every second one lies among the first few blocks, which are those of certificates and locks.
      const free = Math.floor(
        round % 2 === 0 ? ((round + 1) / count) * needed : (random.fraction() * needed) / 20,
      );
      await report(`${free} free blocks`, () => runWith(free, disk, random));
    }
  } finally {
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  }
}

/** The blocks that a synthesis takes, besides those of the earlier output. */
async function spaceOfSynthesis(disk) {
  const folder = folderOn(disk);
  const before = freeBlocks(disk);
  await prepare(folder);
  const taken = before - freeBlocks(disk);
  folder.remove();
  return taken;
}

async function runWith(free, disk, random) {
  const folder = folderOn(disk);
  const isFresh = random.fraction() < 0.3;
  const outputs = isFresh ? none : await prepare(folder);
  const certs = folder.files('certs');
  const filler = join(disk, 'filler');
  writeFileSync(filler, Buffer.alloc(Math.max(0, freeBlocks(disk) - free) * block));
  const { status, output } = await istioMesh(folder, 'synth', '--mesh-file', 'b.yaml');
  rmSync(filler);
  assert.ok(
    status === 0 || (status === 1 && /no space left/i.test(output)),
    `exit status ${status}: ${output}`,
  );
  assert.doesNotMatch(output, /^ +at .*:\d+:\d+\)?$/m, 'it printed a stack trace');
  if (folder.output() === undefined || !isFresh) expectWhole(folder, { certs, outputs });
  if (status === 0 && !isFresh) assert.equal(folder.output(), outputs.get('b'));
  await expectRecovery(folder, 'b', outputs);
  folder.remove();
}

function folderOn(disk) {
  const path = join(disk, 'mesh');
  mkdirSync(path);
  return new MeshFolder(path);
}

function freeBlocks(disk) {
  const { bavail, bsize } = statfsSync(disk);
  return Math.floor((bavail * bsize) / block);
}
