import { spawn } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadCaCerts } from '../../src/pki/certificates-folder';
import { validateCaCerts } from '../../src/pki/checks/validate-ca-certs';
import { temporaryFolder } from '../temporary-folder';
import { filesOf, meshOf } from './certificates-folder';
import { compiledPki } from './compiled-pki';
import { opensslVerify } from './openssl';

const clusters = ['cluster1', 'cluster2'];

let program: string;

beforeAll(() => {
  program = compiledPki();
});

/** Issues in a separate process; returns the names of the files, or nothing if it was killed. */
function issueInProcess(
  directory: string,
  options: { preload?: string; killAfter?: number } = {},
): Promise<string[]> {
  const { preload, killAfter } = options;
  const preloading = preload === undefined ? [] : ['--require', preload];
  const child = spawn(process.execPath, [...preloading, program, directory, clusters.join(',')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    // The first message comes when the generation of keys starts; files follow within milliseconds.
    if (output === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
    output += data.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('close', (status, signal) => {
      if (signal === 'SIGKILL') resolve([]);
      else if (status !== 0) reject(new Error(`Exit status ${status}: ${output}`));
      else resolve(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
    });
  });
}

/** Every file is complete, and only its owner can read a key. */
function expectWholeFiles(directory: string): Record<string, string> {
  const files = Object.entries(filesOf(directory));
  const own = files.filter(([name]) => !name.includes('.istio-mesh-'));
  for (const [name, text] of files) {
    if (text.includes('PRIVATE KEY') || name.endsWith('key.pem')) {
      expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    }
  }
  for (const [name, text] of own) {
    expect(() =>
      name.endsWith('key.pem') ? createPrivateKey(text) : new X509Certificate(text),
    ).not.toThrow();
    expect(text).toMatch(/-----END [A-Z ]+-----\n$/);
  }
  return Object.fromEntries(own);
}

/** The next run creates the missing files, and changes no existing one. */
async function expectCompletion(directory: string): Promise<void> {
  const before = expectWholeFiles(directory);
  const { caCerts, issued } = await loadCaCerts(meshOf(clusters), { directory });
  const after = expectWholeFiles(directory);
  expect(after).toMatchObject(before);
  expect(Object.keys(after).length).toBe(2 + 4 * clusters.length);
  expect(issued.length).toBe(Object.keys(after).length - Object.keys(before).length);
  await expect(validateCaCerts(caCerts, { now: new Date() })).resolves.toEqual([]);
  for (const cluster of clusters) opensslVerify(join(directory, 'certs'), cluster);
}

/** A preloaded script that kills the process at its nth call of a function that changes files. */
function killAtCall(call: number): string {
  const preload = join(temporaryFolder(), 'kill.js');
  mkdirSync(dirname(preload), { recursive: true });
  writeFileSync(
    preload,
    `const fs = require('node:fs');
    let calls = 0;
    for (const name of ['mkdirSync', 'openSync', 'writeFileSync', 'fsyncSync', 'linkSync', 'rmSync']) {
      const original = fs[name];
      fs[name] = (...args) => {
        calls += 1;
        if (calls === ${call}) process.kill(process.pid, 'SIGKILL');
        return original(...args);
      };
    }`,
  );
  return preload;
}

test('the next run completes a run that was killed at any file operation', async () => {
  let interrupted = 0;
  // Creating a file takes five calls, so steps of three reach each kind of call.
  for (let call = 1; call < 54; call += 3) {
    const directory = temporaryFolder();
    const issued = await issueInProcess(directory, { preload: killAtCall(call) });
    if (issued.length === 0) interrupted += 1;
    await expectCompletion(directory);
  }
  expect(interrupted).toBeGreaterThan(13);
});

test('the next run completes a run that was killed at a random time', async () => {
  for (let round = 0; round < 8; round += 1) {
    const directory = temporaryFolder();
    await issueInProcess(directory, { killAfter: Math.random() * 40 });
    await expectCompletion(directory);
  }
});

test('concurrent processes agree on one root and one certificate for each cluster', async () => {
  const directory = temporaryFolder();
  const issued = await Promise.all(Array.from({ length: 4 }, () => issueInProcess(directory)));
  const files = Object.keys(filesOf(directory));
  expect(issued.flat().sort()).toEqual(files.sort());
  await expectCompletion(directory);
});

test('concurrent runs in one process agree', async () => {
  const directory = temporaryFolder();
  const runs = await Promise.all(clusters.map(() => loadCaCerts(meshOf(clusters), { directory })));
  for (const { caCerts } of runs) expect(caCerts).toEqual(runs[0]?.caCerts);
  expect(runs.flatMap(({ issued }) => issued).length).toBe(2 + 4 * clusters.length);
  await expectCompletion(directory);
});
