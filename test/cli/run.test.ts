import { spawnSync } from 'node:child_process';
import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder';
import { program } from './istio-mesh';

function project(): string {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'mesh.yaml'),
    'meshID: mesh1\ncertificates: { keyAlgorithm: EC-P256 }\nclusters: [{ name: a, network: n1 }]\n',
  );
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('loop', join(folder, 'loop'));
  return folder;
}

/** Runs a line of bash, in which `istio-mesh` is the program. */
function bash(cwd: string, line: string) {
  const define = `istio-mesh() { "${process.execPath}" "${program}" "$@"; }`;
  const options = { cwd, encoding: 'utf8', timeout: 50_000 } as const;
  const { status, signal, stdout, stderr } = spawnSync('bash', ['-c', `${define}\n${line}`], options);
  return { status, signal, stdout, stderr };
}

const stack = /^ {4}at /m;
const coded = /^(?:[^\n]*: )?[A-Z]+-[A-Z-]+: .*\.\n {4}\S/m;

describe.skipIf(process.platform !== 'linux')('a problem with a code and no stack trace for', () => {
  test.each([
    ['a full device as standard output', 'istio-mesh synth >/dev/full'],
    ['a full device behind --help', 'istio-mesh --help >/dev/full'],
    ['a full device behind --version', 'istio-mesh --version >/dev/full'],
    ['a full device behind JSON', 'istio-mesh secrets --json >/dev/full'],
    ['a current folder that was deleted', 'mkdir gone && cd gone && rmdir ../gone && istio-mesh synth'],
    ['init into a file', 'istio-mesh init a b --directory file'],
    ['init below a file', 'istio-mesh init a b --directory file/x'],
    ['init below /proc', 'istio-mesh init a b --directory /proc/mesh'],
    ['output below a file', 'istio-mesh synth --output file/dist'],
    ['output below /proc', 'istio-mesh synth --output /proc/dist'],
    ['output below /sys', 'istio-mesh synth --output /sys/dist'],
    ['output at a loop', 'istio-mesh synth --output loop'],
    ['output below a loop', 'istio-mesh synth --output loop/dist'],
    ['a search at a loop', 'istio-mesh check --output loop'],
    ['an output folder with a long name', `istio-mesh synth --output ${'x'.repeat(300)}`],
    ['certs as a file', 'touch certs && istio-mesh synth'],
    ['certs as a loop', 'ln -s certs certs && istio-mesh synth'],
    ['remotes as a file', 'touch remotes && istio-mesh synth'],
    ['remotes as a loop', 'ln -s remotes remotes && istio-mesh check'],
    ['a cluster in certs that is a file', 'mkdir certs && touch certs/a && istio-mesh ca'],
    ['a remote kubeconfig that is a folder', 'mkdir -p remotes/a.yaml && istio-mesh secrets'],
    ['a folder as mesh.yaml', 'istio-mesh synth --mesh-file .'],
    ['a limit for the size of files', 'ulimit -f 8; istio-mesh synth'],
  ])('%s', (_, line) => {
    const { status, signal, stderr } = bash(project(), line);
    expect({ status, signal }).toEqual({ status: 1, signal: null });
    expect(stderr).toMatch(coded);
    expect(stderr).not.toMatch(stack);
  });

  test('every limit for the number of open files, or the command succeeds', () => {
    const folder = project();
    expect(bash(folder, 'istio-mesh synth').status).toBe(0);
    for (let limit = 18; limit < 30; limit += 1) {
      const { status, stderr } = bash(folder, `ulimit -n ${limit}; istio-mesh check`);
      expect(stderr).not.toMatch(stack);
      if (status === 1) expect(stderr).toMatch(coded);
    }
  });
});

describe('the command goes on quietly', () => {
  test.each([
    ['without a reader of its output', 'istio-mesh secrets --json | true'],
    ['with a reader of one line', 'istio-mesh --help | head -1'],
    ['without a reader of its messages', 'istio-mesh synth 2>&1 >/dev/null | true'],
  ])('%s', (_, line) => {
    const { status, stderr } = bash(project(), `set -o pipefail; ${line}`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.each([
    ['a home that is a file', 'HOME=$PWD/file istio-mesh synth'],
    ['a home that does not exist', 'HOME=/proc/nowhere istio-mesh synth'],
    ['no home', 'env -u HOME -u XDG_CACHE_HOME true; unset HOME; istio-mesh synth'],
    ['a cache that is a file', 'XDG_CACHE_HOME=$PWD/file istio-mesh synth'],
    ['a cache that cannot be written', 'XDG_CACHE_HOME=/proc istio-mesh synth'],
  ])('with %s', (_, line) => {
    const { status, stderr } = bash(project(), line);
    expect(status).toBe(0);
    expect(stderr).not.toMatch(stack);
  });
});

test('a message that cannot be printed fails the command', () => {
  expect(bash(project(), 'istio-mesh synth 2>/dev/full').status).not.toBe(0);
});

test('a failure of the program names no content, and shows a stack trace only for developers', () => {
  const folder = project();
  const preload = join(folder, 'preload.js');
  // As if a library quoted a secret in its exception.
  writeFileSync(preload, "process.nextTick(() => Promise.reject(new TypeError('canary')));");
  const failing = `export NODE_OPTIONS="--require ${preload}"; istio-mesh synth`;
  const plain = bash(folder, failing);
  expect(plain.status).toBe(1);
  expect(plain.stderr).toMatch(/^INTERNAL-ERROR: istio-mesh failed unexpectedly: TypeError\.\n/m);
  expect(plain.stderr).not.toMatch(/canary|^ {4}at /m);
  expect(bash(folder, `export ISTIO_MESH_DEBUG=1; ${failing}`).stderr).toMatch(stack);
  expect(readdirSync(folder)).not.toContain('dist');
});
