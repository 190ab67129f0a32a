import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createProgram } from '../../src/cli/create-program';
import { formatProblem, MeshError } from '../../src/problems/problem';
import { base64, issue } from '../remotes/key-pair';
import { temporaryFolder } from '../temporary-folder';
import { closedPort, type LocalServer, startEchoServer } from './api-server';

/** A text that must never be printed. */
const canary = 'canary-7f3a9d';
const client = issue('client');
/** A part of the key that no other text contains. */
const keyCanary = client.key.split('\n')[3] ?? '';

let api: LocalServer;
let folder: string;
let printed: string;

beforeAll(async () => {
  api = await startEchoServer();
});
afterAll(() => api.close());
beforeEach(() => {
  folder = temporaryFolder();
  printed = '';
  const print = (text: unknown): boolean => {
    printed += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(print);
  vi.spyOn(process.stderr, 'write').mockImplementation(print);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** What a command prints, with the problems that it ends with. */
async function output(command: string): Promise<string> {
  const file = join(folder, 'mesh.yaml');
  writeFileSync(
    file,
    'meshID: m\nclusters: [{name: a, network: n1, kubeconfig: kubeconfig, server: "https://203.0.113.10:6443"}]\n',
  );
  try {
    const options = command === 'verify' ? ['--timeout', '1'] : [];
    await createProgram().parseAsync(['node', 'istio-mesh', command, '--mesh-file', file, ...options]);
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    printed += error.problems.map(formatProblem).join('\n');
  }
  return printed;
}

function writeKubeconfig(user: string, cluster = ''): void {
  writeFileSync(
    join(folder, 'kubeconfig'),
    `current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters:
  - name: c
    cluster:
      server: ${api.server}
      certificate-authority-data: ${api.caData}
${cluster}
users:
  - name: u
    user:
${user}
`,
  );
}

/** A credential plugin with a script. */
function plugin(script: string): string {
  const file = join(folder, 'plugin.sh');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return '      exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin.sh, interactiveMode: Never}';
}

function credential(status: object): string {
  return plugin(`echo '${JSON.stringify({ kind: 'ExecCredential', status })}'`);
}

const wrongKey = base64(issue('other').key);

const cases: readonly (readonly [string, () => void])[] = [
  ['a good token', () => writeKubeconfig(`      token: ${canary}`)],
  ['a token that ends in a line break', () => writeKubeconfig(`      token: |\n        ${canary}`)],
  ['a token with a control character', () => writeKubeconfig(`      token: "${canary}\\e[31m"`)],
  ['a token of 200 kB', () => writeKubeconfig(`      token: ${canary.repeat(15_000)}`)],
  [
    'a token file of two lines',
    () => {
      writeFileSync(join(folder, 'token'), `${canary}\n${canary}\n`);
      writeKubeconfig('      tokenFile: token');
    },
  ],
  [
    'a token file that is a folder',
    () => {
      mkdirSync(join(folder, 'token'));
      writeKubeconfig('      tokenFile: token');
    },
  ],
  ['a password', () => writeKubeconfig(`      username: admin\n      password: "${canary}\\n"`)],
  [
    'a key of another certificate',
    () =>
      writeKubeconfig(
        `      client-certificate-data: ${base64(issue('x').certificate)}\n      client-key-data: ${base64(client.key)}`,
      ),
  ],
  [
    'a broken certificate',
    () =>
      writeKubeconfig(
        `      client-certificate-data: ${base64(canary)}\n      client-key-data: ${base64(client.key)}`,
      ),
  ],
  [
    'a key that is cut off',
    () =>
      writeKubeconfig(
        `      client-certificate-data: ${base64(client.certificate)}\n      client-key-data: ${base64(client.key.slice(0, 400))}`,
      ),
  ],
  [
    'a key and a certificate',
    () =>
      writeKubeconfig(
        `      token: ${canary}\n      client-certificate-data: ${base64(client.certificate)}\n      client-key-data: ${base64(client.key)}`,
      ),
  ],
  ['a plugin', () => writeKubeconfig(credential({ token: canary }))],
  [
    'a plugin with a token of two lines',
    () => writeKubeconfig(credential({ token: `${canary}\\n${canary}` })),
  ],
  [
    'a plugin with a wrong key',
    () => writeKubeconfig(credential({ clientCertificateData: canary, clientKeyData: wrongKey })),
  ],
  [
    'a plugin that prints half of its output',
    () => writeKubeconfig(plugin(`echo '{"status":{"token":"${canary}'`)),
  ],
  ['a plugin that fails', () => writeKubeconfig(plugin(`echo ${canary}; echo ${canary} >&2; exit 3`))],
  ['a plugin that prints without end', () => writeKubeconfig(plugin(`yes ${canary}`))],
  [
    'a plugin that does not exist',
    () => writeKubeconfig(`      exec: {command: /nowhere/plugin, args: [${canary}]}`),
  ],
  ['a file that is not YAML', () => writeKubeconfig(`      token: "${canary}\n   x: ]`)],
  ['a user that is no map', () => writeKubeconfig(`      - ${canary}`)],
  [
    'the password of a proxy',
    () => writeKubeconfig(`      token: ${canary}`, `      proxy-url: http://admin:${canary}@127.0.0.1:1`),
  ],
  [
    'the password of a socks5 proxy',
    () => writeKubeconfig(`      token: ${canary}`, `      proxy-url: socks5://admin:${canary}@127.0.0.1:1`),
  ],
];

it.each(
  cases.flatMap(([title, write]) => ['join', 'verify'].map((command) => [command, title, write] as const)),
)('%s prints nothing secret with %s', async (command, _, write) => {
  write();
  const text = await output(command);
  expect(text).toMatch(/LIVE-|REMOTE-/);
  expect(text).not.toContain(canary);
  expect(text).not.toContain(base64(canary).slice(0, 16));
  expect(text).not.toContain(keyCanary);
  expect(text).not.toMatch(/^ {4}at /m);
});

it.each(['join', 'verify'])('%s prints no password of a server address', async (command) => {
  const server = `https://admin:${canary}@127.0.0.1:${await closedPort()}`;
  writeKubeconfig('      token: sesame');
  const file = join(folder, 'kubeconfig');
  writeFileSync(file, readFileSync(file, 'utf8').replace(api.server, server));
  expect(await output(command)).not.toContain(canary);
  expect(readdirSync(folder).sort()).toEqual(['kubeconfig', 'mesh.yaml']);
});

it('ends a plugin that hangs, and what it has started', async () => {
  writeKubeconfig(plugin(`sleep 300 & echo $! > ${folder}/child; wait`));
  expect(await output('verify')).toMatch(/plugin\.sh".* no credentials within 10 seconds/);
  const child = readFileSync(join(folder, 'child'), 'utf8').trim();
  // A process that has ended may still wait for its parent.
  await expect.poll(() => isRunning(child), { timeout: 5000 }).toBe(false);
});

function isRunning(pid: string): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
