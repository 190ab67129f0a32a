import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const cli = new URL('../lib/bin/istio-mesh.js', import.meta.url).pathname;

/** The synthesis of the mesh in the working directory. */
export const synthesis = [process.execPath, cli, 'synth'];

/** Makes a mesh whose clusters are all joined, and synthesizes it once, which issues its certificates. */
export function makeMesh(folder, count, controlPlane) {
  const names = Array.from({ length: count }, (_, index) => `cluster${index + 1}`);
  const definition = {
    meshID: 'mesh1',
    istio: { controlPlane, ...(process.env.ISTIOCTL ? { istioctl: process.env.ISTIOCTL } : {}) },
    certificates: { keyAlgorithm: 'EC-P256' },
    clusters: names.map((name, index) => ({ name, network: `network${index + 1}` })),
  };
  mkdirSync(join(folder, 'remotes'), { recursive: true });
  writeFileSync(join(folder, 'mesh.yaml'), JSON.stringify(definition));
  for (const name of names)
    writeFileSync(join(folder, 'remotes', `${name}.yaml`), kubeconfig(name), { mode: 0o600 });
  const [program, ...args] = synthesis;
  const { status, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const files = readdirSync(join(folder, 'dist'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name));
  const objects = files.reduce((sum, file) => sum + readFileSync(file, 'utf8').match(/^kind: /gm).length, 0);
  return { files, objects };
}

/** The IstioOperator files of a mesh: what istioctl renders by hand. */
export function istioOperators({ files }) {
  return files.filter((file) => /\/dist\/[^/]+\/operator\//.test(file));
}

function kubeconfig(name) {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: `https://${name}.example.com:6443` } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
    users: [{ name, user: { token: `token-of-${name}` } }],
  });
}
