import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../src/cli/create-program';
import { formatProblem, MeshError } from '../../src/problems/problem';
import { type LocalServer, startEchoServer } from '../live/api-server';
import { base64, issue } from '../remotes/key-pair';
import { sealingPair } from '../secrets/encryption/secret';
import { temporaryFolder } from '../temporary-folder';
import { type Canary, keyCanary, leaks, type Place, placesIn, textCanary } from './canary-search';

/** A different text for each input, with characters that URLs escape. */
const secretOf = (input: string): string => `c4n4ry+${input}/7f3a9d5e1b+${input}`;

const admin = issue('admin');
const reader = issue('reader');
const ageKey = 'AGE-SECRET-KEY-1C4N4RY7F3A9D5E1BQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ';
const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

/** Where remote secrets are written in plain text, and where their originals are. */
const readers = ['mesh/remotes/', 'mesh/dist/a/60-', 'mesh/dist/b/60-'];
const canaries: readonly Canary[] = [
  textCanary('the token of the administrator', secretOf('admintoken'), ['mesh/kubeconfig', 'mesh/token']),
  keyCanary('the client key of the administrator', admin.key, ['mesh/kubeconfig']),
  textCanary('the password of the administrator', secretOf('adminpassword'), ['mesh/kubeconfig']),
  textCanary('the password in an address', secretOf('address'), [
    'mesh/kubeconfig',
    'mesh/mesh.yaml',
    'mesh/remotes/',
  ]),
  textCanary('the token of a repository', secretOf('repository'), ['mesh/mesh.yaml']),
  textCanary('the token of a reader', secretOf('readertoken'), readers),
  textCanary('the password of a reader', secretOf('readerpassword'), readers),
  keyCanary('the client key of a reader', reader.key, readers),
  textCanary('the output of a plugin', secretOf('plugin'), ['mesh/plugin.sh']),
  textCanary('the age key in the environment', ageKey, []),
];

/** The keys of the CA are issued by the program itself. */
const caKeyHome = [
  'mesh/certs/',
  'mesh/dist/a/20-',
  'mesh/dist/b/20-',
  'mesh/.git/',
  'mesh/leaked.pem',
  'mesh/dist-notes',
];

const realPath = process.env.PATH ?? '';
let api: LocalServer;
let root: string;
let folder: string;
let issued: string;

beforeAll(async () => {
  api = await startEchoServer();
  issued = temporaryFolder();
  writeFileSync(join(issued, 'mesh.yaml'), meshText());
  await run(['ca', '--mesh-file', join(issued, 'mesh.yaml')]);
}, 60_000);
afterAll(() => api.close());
beforeEach(() => {
  root = temporaryFolder();
  folder = join(root, 'mesh');
  mkdirSync(folder);
  recordChildren(root);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** What the children of the program were given: their arguments, and their environment. */
const recorder = (log: string, rest: string) => `#!/bin/sh
{ printf '%s\n' "$0" "$@"; env; } >> '${log}'
${rest}
`;

/** Runs the program, with other programs on the PATH that record what they are given. */
async function run(args: readonly string[]): Promise<string> {
  let printed = '';
  const print = (text: unknown): boolean => {
    printed += String(text);
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(print),
  );
  try {
    await createProgram().parseAsync(['node', 'istio-mesh', ...args]);
  } catch (error) {
    // A stack trace quotes the message of its error.
    const problems = error instanceof MeshError ? error.problems.map(formatProblem) : [];
    printed += [...problems, error instanceof Error ? error.stack : String(error)].join('\n');
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
  }
  return printed;
}

function recordChildren(home: string): void {
  const bin = join(home, 'bin');
  mkdirSync(bin);
  for (const name of ['istioctl', 'kubeseal', 'sops', 'kubectl', 'helm']) {
    writeFileSync(join(bin, name), recorder(join(home, 'children'), 'echo no; exit 1'), { mode: 0o755 });
  }
  const git = recorder(join(home, 'children'), `PATH='${realPath}' exec git "$@"`);
  writeFileSync(join(bin, 'git'), git, { mode: 0o755 });
  vi.stubEnv('PATH', [bin, realPath].join(delimiter));
  vi.stubEnv('HOME', join(home, 'home'));
  vi.stubEnv('SOPS_AGE_KEY', ageKey);
}

/** A command line with the files of the test. */
function lineOf([command = '', ...options]: readonly string[]): string[] {
  const meshFile = ['--mesh-file', join(folder, 'mesh.yaml')];
  const output = ['synth', 'check'].includes(command) ? ['--output', join(folder, 'dist')] : [];
  const isPlain = command === 'init' || options.includes('--help') || command === '--help';
  return [command, ...options, ...(isPlain ? [] : [...meshFile, ...output])];
}

function write(file: string, text: string, mode = 0o600): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
}

function meshText(settings = '', cluster = ''): string {
  return `meshID: m
certificates: { keyAlgorithm: EC-P256 }
${settings}
clusters:
  - { name: a, network: n1, kubeconfig: kubeconfig, context: c${cluster} }
  - { name: b, network: n2, kubeconfig: kubeconfig, context: d }
`;
}

/** A kubeconfig of the administrator. */
function kubeconfig(user: string, { server = api.server, cluster = '' } = {}): string {
  return `current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}, {name: d, context: {cluster: c, user: u}}]
clusters:
  - name: c
    cluster:
      server: "${server}"
      certificate-authority-data: ${api.caData}
${cluster}
users:
  - name: u
    user:
${user}
`;
}

/** A kubeconfig in remotes/. */
function remote(user: string, server = 'https://203.0.113.10:6443'): string {
  return `apiVersion: v1
kind: Config
current-context: x
contexts: [{name: x, context: {cluster: x, user: x}}]
clusters: [{name: x, cluster: {server: "${server}"}}]
users:
  - name: x
    user:
${user}
`;
}

const token = `      token: ${secretOf('admintoken')}`;
const readerToken = `      token: ${secretOf('readertoken')}`;

/** A mesh that can be synthesized. */
function goodMesh(settings = '', cluster = ''): void {
  write('mesh.yaml', meshText(settings, cluster));
  write('kubeconfig', kubeconfig(token));
  for (const name of ['a', 'b']) write(`remotes/${name}.yaml`, remote(readerToken));
  for (const { path, content } of placesIn(join(issued, 'certs'))) write(`certs/${path}`, content.toString());
}

/** Runs commands, and finds what they leak. */
async function leaksOf(...commands: readonly (readonly string[])[]): Promise<string[]> {
  const printed: Place[] = [];
  for (const args of commands) {
    printed.push({ path: `output of ${args.join(' ')}`, content: Buffer.from(await run(lineOf(args))) });
  }
  const keys = ['certs/root-key.pem', 'certs/a/ca-key.pem', 'certs/b/ca-key.pem'].map((file) =>
    keyCanary(file, readFileSync(join(issued, file), 'utf8'), caKeyHome),
  );
  return leaks([...canaries, ...keys], [...printed, ...placesIn(root)]);
}

const every: readonly (readonly string[])[] = [
  ['synth'],
  ['check'],
  ['secrets'],
  ['join', '--timeout', '1'],
  ['verify', '--timeout', '1'],
];
/** Other ways to run them. */
const rare: readonly (readonly string[])[] = [
  ['ca'],
  ['ca', '--new-root'],
  ['check', '--json'],
  ['secrets', '--json'],
  ['secrets', '--rewrite'],
  ['secrets', '--accept-recipients'],
  ['verify', '--timeout', '1', '--json'],
];

it.each([
  (text: string) => text,
  (text: string) => JSON.stringify({ text }),
  (text: string) => encodeURIComponent(text),
  (text: string) => Buffer.from(text).toString('hex'),
  (text: string) => base64(text),
  (text: string) => base64(`x${text}`),
  (text: string) => base64(`xy${text}z`).replace(/(.{20})/g, '$1\n  '),
  (text: string) => base64(base64(`{"token":"${text}"}`)),
])('a secret is found in form %#', (form) => {
  const canary = textCanary('it', secretOf('text'), ['home/']);
  const content = Buffer.from(`before ${form(secretOf('text'))} after`);
  expect(leaks([canary], [{ path: 'other', content }])).not.toEqual([]);
  expect(leaks([canary], [{ path: 'home/file', content }])).toEqual([]);
});

describe('no command prints, writes or passes on a secret', () => {
  it('of a valid mesh', async () => {
    goodMesh();
    expect(await leaksOf(...every, ...rare)).toEqual([]);
  });

  it('in its help', async () => {
    goodMesh();
    const commands = ['init', 'ca', 'synth', 'join', 'verify', 'secrets', 'check'];
    expect(await leaksOf(['--help'], ...commands.map((command) => [command, '--help']))).toEqual([]);
  });

  it('after wrong options', async () => {
    goodMesh();
    const wrong = ['ca', 'synth', 'join', 'verify', 'secrets', 'check'].map((command) => [
      command,
      '--wrong',
    ]);
    expect(await leaksOf(...wrong, ['join', '--cluster', 'x'], ['verify', '--mesh-file', 'x'])).toEqual([]);
  });

  it.each<[string, string]>([
    ['sealed-secrets', 'secrets: { backend: sealed-secrets }'],
    ['sops', `secrets: { backend: sops, sops: { age: [${recipient}] } }`],
    ['external-secrets', 'secrets: { backend: external-secrets, externalSecrets: { store: vault } }'],
    [
      'sops, with an age key in place of a recipient',
      `secrets: { backend: sops, sops: { age: [${ageKey}] } }`,
    ],
  ])('with the backend %s', async (_, settings) => {
    goodMesh(settings);
    const { cert } = sealingPair();
    for (const name of ['a', 'b']) write(`sealing-certificates/${name}.pem`, cert);
    const found = await leaksOf(...every, ...rare);
    // The key that is in mesh.yaml is not that of the environment alone.
    expect(found.filter((leak) => !/in mesh\/mesh\.yaml/.test(leak))).toEqual([]);
  });

  it.each(['istioctl', 'operator', 'helm'])('in the format %s', async (format) => {
    goodMesh(`istio: { controlPlane: ${format} }`);
    expect(await leaksOf(['synth'], ['check'])).toEqual([]);
  });

  const repository = encodeURIComponent(secretOf('repository'));
  it.each<[string, string, string?]>([
    [
      'of a repository',
      `gitops: { tool: argocd, repository: { url: "https://oauth2:${repository}@git.example.com/m.git" } }`,
    ],
    [
      'in a query',
      `gitops: { tool: flux, repository: { url: "https://git.example.com/m.git?access_token=${repository}" } }`,
    ],
    [
      'as a user',
      `gitops: { tool: flux, repository: { url: "https://${repository}@git.example.com/m.git" } }`,
    ],
    ['of a server', '', `, server: "https://admin:${secretOf('address')}@203.0.113.10:6443"`],
    ['of a proxy', '', `, proxyUrl: "http://admin:${secretOf('address')}@203.0.113.10:3128"`],
    [
      'of a socks5 proxy',
      '',
      `, proxyUrl: "socks5://admin:${encodeURIComponent(secretOf('address'))}@203.0.113.10:1080"`,
    ],
  ])('in an address of mesh.yaml: %s', async (_, settings, cluster) => {
    goodMesh(settings, cluster);
    expect(await leaksOf(['synth'], ['check'], ['secrets'], ['join', '--timeout', '1'])).toEqual([]);
  });

  it('in the address of a repository that init is given', async () => {
    const url = `https://oauth2:${repository}@git.example.com/m.git`;
    expect(
      await leaksOf(['init', 'a', 'b', '--directory', folder, '--gitops', 'argocd', '--repository', url]),
    ).toEqual([]);
    goodMesh();
    expect(await leaksOf(['init', 'a', 'b', '--directory', folder])).toEqual([]);
  });

  const plugin = (script: string) => () => {
    write('plugin.sh', recorder(join(root, 'children'), script), 0o755);
    write(
      'kubeconfig',
      kubeconfig(
        '      exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin.sh, interactiveMode: Never}',
      ),
    );
  };
  const printed = (status: object) => plugin(`echo '${JSON.stringify({ kind: 'ExecCredential', status })}'`);
  const pair = (certificate: string, key: string) =>
    `      client-certificate-data: ${base64(certificate)}\n      client-key-data: ${base64(key)}`;

  it.each<[string, () => void]>([
    [
      'a token of two lines',
      () => write('kubeconfig', kubeconfig(`      token: |\n        ${secretOf('admintoken')}\n        x`)),
    ],
    [
      'a token that ends in a line break',
      () => write('kubeconfig', kubeconfig(`      token: |\n        ${secretOf('admintoken')}`)),
    ],
    [
      'a token in base64',
      () => write('kubeconfig', kubeconfig(`      token: ${base64(secretOf('admintoken'))}`)),
    ],
    [
      'a token file',
      () => {
        write('token', `${secretOf('admintoken')}\n${secretOf('admintoken')}`);
        write('kubeconfig', kubeconfig('      tokenFile: token'));
      },
    ],
    [
      'a password',
      () =>
        write(
          'kubeconfig',
          kubeconfig(`      username: admin\n      password: "${secretOf('adminpassword')}"`),
        ),
    ],
    [
      'a password with a line break',
      () =>
        write(
          'kubeconfig',
          kubeconfig(`      username: admin\n      password: "${secretOf('adminpassword')}\\n"`),
        ),
    ],
    ['a client key', () => write('kubeconfig', kubeconfig(pair(admin.certificate, admin.key)))],
    [
      'a client key of another certificate',
      () => write('kubeconfig', kubeconfig(pair(reader.certificate, admin.key))),
    ],
    [
      'a client key in place of a certificate',
      () => write('kubeconfig', kubeconfig(pair(admin.key, admin.key))),
    ],
    [
      'a password in the address',
      () =>
        write(
          'kubeconfig',
          kubeconfig(token, { server: `https://admin:${secretOf('address')}@127.0.0.1:1` }),
        ),
    ],
    [
      'a password of a proxy',
      () =>
        write(
          'kubeconfig',
          kubeconfig(token, {
            cluster: `      proxy-url: "http://admin:${encodeURIComponent(secretOf('address'))}@127.0.0.1:1"`,
          }),
        ),
    ],
    ['a plugin', printed({ token: secretOf('plugin') })],
    ['a plugin with a broken token', printed({ token: `${secretOf('plugin')}\\n` })],
    ['a plugin that fails', plugin(`echo ${secretOf('plugin')}; echo ${secretOf('plugin')} >&2; exit 3`)],
    ['a plugin that prints no JSON', plugin(`echo '{"status":{"token":"${secretOf('plugin')}'`)],
    [
      'a file that is no YAML',
      () => write('kubeconfig', `${kubeconfig(token)}\n  ]: [${secretOf('admintoken')}`),
    ],
  ])('of the kubeconfig of an administrator: %s', async (_, prepare) => {
    goodMesh();
    prepare();
    // What a plugin is given is its own environment; what it prints must not come back.
    const found = await leaksOf(['join', '--timeout', '1'], ['verify', '--timeout', '1']);
    expect(found.filter((leak) => !/^the age key .* in children/.test(leak))).toEqual([]);
  });

  it.each<[string, string]>([
    ['a token', readerToken],
    ['a token with a line break', `      token: "${secretOf('readertoken')}\\n"`],
    ['a token with a space', `      token: "${secretOf('readertoken')} x"`],
    ['a token in base64', `      token: ${base64(secretOf('readertoken'))}`],
    ['a token in quotes', `      token: '"${secretOf('readertoken')}"'`],
    [
      'two kinds of credentials',
      `${readerToken}\n      username: x\n      password: ${secretOf('readerpassword')}`,
    ],
    ['a password', `      username: x\n      password: ${secretOf('readerpassword')}`],
    ['a client key', pair(reader.certificate, reader.key)],
    ['a client key of another certificate', pair(admin.certificate, reader.key)],
    ['a client key without its end', pair(reader.certificate, reader.key.slice(0, -40))],
    ['a plugin', `      exec: {command: echo, args: [${secretOf('readertoken')}]}`],
    ['an unknown key', `      toke: ${secretOf('readertoken')}`],
    ['a file that is no YAML', `      token: "${secretOf('readertoken')}\n  ]`],
    ['a tag', `      token: !!binary "${secretOf('readertoken')}"`],
  ])('of a kubeconfig in remotes/: %s', async (_, user) => {
    goodMesh();
    write('remotes/a.yaml', remote(user));
    expect(await leaksOf(['synth'], ['secrets', '--rewrite'], ['check'])).toEqual([]);
  });

  it('in the address of a kubeconfig in remotes/', async () => {
    goodMesh();
    write('remotes/a.yaml', remote(readerToken, `https://admin:${secretOf('address')}@203.0.113.10:6443`));
    expect(await leaksOf(...every, ['secrets', '--rewrite'])).toEqual([]);
  });

  it.each<[string, (certs: (file: string) => string) => void]>([
    ['the key of another cluster', (certs) => write('certs/a/ca-key.pem', certs('b/ca-key.pem'))],
    ['a key without its end', (certs) => write('certs/a/ca-key.pem', certs('a/ca-key.pem').slice(0, -30))],
    ['a key in place of a certificate', (certs) => write('certs/a/ca-cert.pem', certs('a/ca-key.pem'))],
    [
      'a key in the chain',
      (certs) => write('certs/a/cert-chain.pem', certs('a/cert-chain.pem') + certs('a/ca-key.pem')),
    ],
    ['an unknown file', (certs) => write('certs/a/my-key.pem', certs('a/ca-key.pem'))],
    ['a missing certificate', () => rmSync(join(folder, 'certs/a/ca-cert.pem'))],
    ['a missing root', () => rmSync(join(folder, 'certs/root-cert.pem'))],
    ['a key on one line', (certs) => write('certs/a/ca-key.pem', certs('a/ca-key.pem').replaceAll('\n', ''))],
    ['a key that others can read', () => chmodSync(join(folder, 'certs/a/ca-key.pem'), 0o644)],
  ])('of a CA: %s', async (_, prepare) => {
    goodMesh();
    prepare((file) => readFileSync(join(issued, 'certs', file), 'utf8'));
    expect(await leaksOf(['ca'], ['synth'], ['check'])).toEqual([]);
  });

  it('that check finds in the index of git', async () => {
    goodMesh();
    await leaksOf(['synth']);
    const key = readFileSync(join(issued, 'certs/a/ca-key.pem'), 'utf8');
    write('leaked.pem', key);
    write('dist-notes', base64(key));
    // Not the recorder: only what the program itself passes on counts.
    const git = (...args: string[]) =>
      new Promise((done) => execFile('git', ['-C', folder, ...args], { env: { PATH: realPath } }, done));
    await git('init');
    await git('add', 'leaked.pem', 'dist-notes');
    expect(await leaksOf(['check'], ['check', '--json'])).toEqual([]);
  });
});
