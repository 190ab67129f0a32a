import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));
const program = join(repository, 'lib/bin/istio-mesh.js');

/** A command of istio-mesh, for the mesh in the working directory. */
export function istioMesh(command, node = process.execPath) {
  return [node, program, command];
}

/** The app of this repository's cdk8s.yaml, which cdk8s runs in a shell. */
export function cdk8sApp() {
  const [, app] = /^app: node (.+)$/m.exec(readFileSync(join(repository, 'cdk8s.yaml'), 'utf8'));
  return ['sh', '-c', `CDK8S_OUTDIR=dist exec ${process.execPath} ${repository}${app}`];
}

/**
 * Makes a mesh, and synthesizes it once, which issues its certificates.
 *
 * @param peers how many others each cluster reads; all by default
 */
export function makeMesh(folder, count, controlPlane, peers = count - 1) {
  const names = Array.from({ length: count }, (_, index) => `cluster${index + 1}`);
  const peersOf = (index) =>
    names
      .slice(index + 1)
      .concat(names.slice(0, index))
      .slice(0, peers);
  const definition = {
    meshID: 'mesh1',
    istio: { controlPlane, ...(process.env.ISTIOCTL ? { istioctl: process.env.ISTIOCTL } : {}) },
    certificates: { keyAlgorithm: 'EC-P256' },
    clusters: names.map((name, index) => ({
      name,
      network: `network${index + 1}`,
      ...(peers < count - 1 ? { peers: peersOf(index) } : {}),
    })),
  };
  mkdirSync(join(folder, 'remotes'), { recursive: true });
  writeFileSync(join(folder, 'mesh.yaml'), JSON.stringify(definition));
  for (const name of names)
    writeFileSync(join(folder, 'remotes', `${name}.yaml`), kubeconfig(name), { mode: 0o600 });
  const [command, ...args] = istioMesh('synth');
  const { status, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
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
