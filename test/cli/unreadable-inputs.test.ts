import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh } from './istio-mesh';

const definition = `meshID: mesh1
secrets: { backend: sealed-secrets }
clusters:
  - { name: cluster1, network: network1 }
  - { name: cluster2, network: network2 }
`;

const obstacles: Readonly<Record<string, (file: string) => void>> = {
  'a pipe': (file) => execFileSync('mkfifo', [file]),
  '/dev/zero': (file) => symlinkSync('/dev/zero', file),
  'a folder': (file) => mkdirSync(file),
  'a file of 100 MB': (file) => {
    writeFileSync(file, '');
    truncateSync(file, 100 * 2 ** 20);
  },
};

const inputs: readonly (readonly [file: string, code: string])[] = [
  ['mesh.yaml', 'MESH-FILE'],
  ['certs/cluster1/ca-cert.pem', 'CA-FILE'],
  ['certs/cluster1/ca-key.pem', 'CA-FILE'],
  ['remotes/cluster2.yaml', 'REMOTE-FILE'],
  ['sealing-certificates/cluster1.pem', 'SECRET-CERTIFICATE'],
  ['encrypted/cluster1/20-cacerts.yaml', 'SECRET-FILE'],
];

const cases = inputs.flatMap(([file, code], index) => {
  const names = Object.keys(obstacles);
  // Every input once, and every obstacle in place of some input; test/files tests all of them.
  const name = names[index % names.length] ?? '';
  return [[name, file, code] as const];
});

test.each(cases)('%s in place of %s is the problem %s', (obstacle, file, code) => {
  const folder = temporaryFolder();
  if (file !== 'mesh.yaml') writeFileSync(join(folder, 'mesh.yaml'), definition);
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  obstacles[obstacle]?.(join(folder, file));
  const { status, stderr } = istioMesh(folder, 'check');
  expect(stderr).toContain(`${file}: ${code}: `);
  expect(stderr).toMatch(/cannot be read: it is (a folder|not a regular file|larger than \d+ MB)/);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(status).not.toBe(0);
});
