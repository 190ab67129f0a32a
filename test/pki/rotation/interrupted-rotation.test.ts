import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MeshError } from '../../../src/problems/problem';
import { istioMeshWith } from '../../cli/istio-mesh';
import { temporaryFolder } from '../../temporary-folder';
import { RotatingMesh } from './rotating-mesh';

const definition = `meshID: mesh1
certificates: { keyAlgorithm: EC-P256, rootRotation: enabled }
clusters: [{ name: cluster1, network: cluster1 }, { name: cluster2, network: cluster2 }]
`;

const forward = ['root', '--without-cluster-checks'];
const back = ['root', '--back'];

test.each([
  ['the next root is issued', 0, forward],
  ['all clusters trust both roots', 1, forward],
  ['all clusters sign with the new root', 2, forward],
  ['all clusters trust only the new root', 3, forward],
  ['all clusters trust both roots again', 3, back],
  ['all clusters trust only the old root again', 2, back],
])(
  'a run that is killed while %s leaves certificates that work, or an error, and can be repeated',
  async (_, steps, args) => {
    const start = await RotatingMesh.after(steps);
    writeFileSync(join(start.directory, 'mesh.yaml'), definition);
    const whole = start.copy();
    expect(istioMeshWith({}, whole.directory, 'rotate', ...args).status).toBe(0);
    let kills = 0;
    for (let call = 1; ; call += 6) {
      const killed = start.copy();
      if (rotateAndKill(killed, call, args) === 0) break;
      kills += 1;
      const validation = await killed.validate().catch((error: unknown) => error);
      if (validation !== undefined) {
        expect(validation).toBeInstanceOf(MeshError);
        const codes = (validation as MeshError).problems.map(({ code }) => code);
        expect(['CA-KEY-MISMATCH', 'CA-CHAIN-ORDER', 'CA-CHAIN']).toEqual(expect.arrayContaining(codes));
      }
      const isComplete = validation === undefined && (await progressOf(killed)) === (await progressOf(whole));
      if (!isComplete) await (args === forward ? killed.forward() : killed.back());
      await killed.validate();
      expect(await progressOf(killed)).toBe(await progressOf(whole));
    }
    expect(kills).toBeGreaterThan(1);
  },
);

async function progressOf(mesh: RotatingMesh): Promise<string> {
  const { state, phases } = await mesh.read();
  return [state, ...phases.values()].join(' ');
}

/** Runs the program, and kills it at its nth call of a function that changes files of certificates. */
function rotateAndKill({ directory }: RotatingMesh, call: number, args: readonly string[]): number | null {
  const preload = join(temporaryFolder(), 'kill.js');
  writeFileSync(
    preload,
    `const fs = require('node:fs');
    let calls = 0;
    for (const name of ['mkdirSync', 'openSync', 'writeFileSync', 'linkSync', 'renameSync', 'rmSync', 'rmdirSync']) {
      const original = fs[name];
      fs[name] = (...args) => {
        if (args.slice(0, 2).some((path) => String(path).includes('/certs'))) calls += 1;
        if (calls === ${call}) process.kill(process.pid, 'SIGKILL');
        return original(...args);
      };
    }`,
  );
  const env = { NODE_OPTIONS: `--require ${preload}` };
  return istioMeshWith({ env }, directory, 'rotate', ...args).status;
}
