import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { formatRemoteKubeconfig } from '../../src/remotes/remote-kubeconfig';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh, istioMeshWith } from './istio-mesh';

const mesh = (secrets: string): string => `meshID: mesh1
certificates: { keyAlgorithm: EC-P256 }
secrets: ${secrets}
clusters:
  - { name: a, network: n1, kubeconfig: a.kubeconfig }
  - { name: b, network: n2 }
`;
const stored = '{ backend: external-secrets, externalSecrets: { store: { name: vault } } }';
const tokenOf = (name: string): string => createHash('sha512').update(name).digest('base64url');

/** A synthesized mesh with plain-text Secrets, certificates and kubeconfigs. */
let synthesized: string;
beforeAll(() => {
  synthesized = temporaryFolder();
  write(synthesized, 'mesh.yaml', mesh('{ backend: plain }'));
  for (const name of ['a', 'b']) {
    const kubeconfig = { server: `https://${name}.example.com:6443`, user: { token: tokenOf(name) } };
    write(synthesized, `remotes/${name}.yaml`, formatRemoteKubeconfig(name, kubeconfig));
  }
  istioMesh(synthesized, 'init', '--directory', 'template');
  istioMesh(synthesized, 'synth');
});

function write(folder: string, path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content, { mode: 0o600 });
}

function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
}

/** A copy of the mesh in a git repository, with the .gitignore of init. */
function repository(secrets = stored): string {
  const folder = temporaryFolder();
  cpSync(synthesized, folder, { recursive: true });
  git(folder, 'init', '--quiet');
  write(folder, '.gitignore', readFileSync(join(folder, 'template/.gitignore'), 'utf8'));
  rmSync(join(folder, 'template'), { recursive: true });
  write(folder, 'mesh.yaml', mesh(secrets));
  git(folder, 'add', '.');
  return folder;
}

/** A repository with up-to-date output in the git index. */
function cleanRepository(): string {
  const folder = repository();
  istioMesh(folder, 'synth');
  git(folder, 'add', '--force', 'dist');
  return folder;
}

const keyLine = (folder: string, cluster: string): string =>
  readFileSync(join(folder, `certs/${cluster}/ca-key.pem`), 'utf8').split('\n')[1] ?? '';

describe('check', () => {
  test('reports what it has searched', () => {
    const folder = cleanRepository();
    const { status, stdout, stderr } = istioMesh(folder, 'check');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Mesh mesh1 is valid\.\nFound no plain-text Secret, and none of 5 keys and tokens, in \d+ files of dist and \d+ files of the git index of /,
    );
  });

  test('reports each key and token in output of another backend, without printing it', () => {
    const folder = repository();
    const { status, stdout, stderr } = istioMesh(folder, 'check');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^dist\/a\/20-cacerts\.k8s\.yaml:8: SECRET-EXPOSED: The file contains the private key certs\/a\/ca-key\.pem\.$/m,
    );
    expect(stderr).toMatch(
      /^dist\/b\/60-remote-secrets\.k8s\.yaml:\d+: SECRET-EXPOSED: The file contains the token of remotes\/a\.yaml\.$/m,
    );
    expect(stderr).toContain('4 problems found.');
    for (const secret of [keyLine(folder, 'a'), tokenOf('a'), tokenOf('b')]) {
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  test('finds Secrets by their structure if the files of keys and tokens are not on this machine', () => {
    const folder = repository();
    for (const input of ['certs', 'remotes']) rmSync(join(folder, input), { recursive: true });
    const { status, stderr } = istioMesh(folder, 'check');
    expect(status).toBe(1);
    expect(stderr).toContain(
      'dist/a/20-cacerts.k8s.yaml:7: SECRET-EXPOSED: The data of Secret cacerts is in plain text.',
    );
    expect(stderr).toContain('The data of Secret istio-remote-secret-a is in plain text.');
    expect(stderr).toContain('4 problems found.');
  });

  test('accepts plain text of the backend plain in the output, but not in the git index', () => {
    const folder = repository('{ backend: plain }');
    expect(istioMesh(folder, 'check')).toMatchObject({ status: 0, stderr: '' });
    git(folder, 'add', '--force', 'dist');
    const { status, stderr } = istioMesh(folder, 'check');
    expect(status).toBe(1);
    expect(stderr).toContain('Run git rm --cached -- dist/a/20-cacerts.k8s.yaml.');
    expect(stderr).toContain('4 problems found.');
  });

  test('accepts plain text only for clusters with the backend plain', () => {
    const folder = repository();
    write(
      folder,
      'mesh.yaml',
      mesh(stored).replace('name: b, network: n2', 'name: b, network: n2, secrets: { backend: plain }'),
    );
    const { stderr } = istioMesh(folder, 'check');
    expect(stderr).toContain('dist/a/20-cacerts.k8s.yaml');
    expect(stderr).not.toContain('dist/b');
  });
});

describe('the git index', () => {
  test('is searched instead of the working tree', () => {
    const folder = cleanRepository();
    const key = readFileSync(join(folder, 'certs/a/ca-key.pem'), 'utf8');
    write(folder, 'notes/values.yaml', `key: |\n${key.replace(/^/gm, '    ')}`);
    expect(istioMesh(folder, 'check').status).toBe(0);
    git(folder, 'add', 'notes');
    rmSync(join(folder, 'notes'), { recursive: true });
    const { status, stderr } = istioMesh(folder, 'check');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^notes\/values\.yaml:3: SECRET-EXPOSED: The file contains the private key certs\/a\/ca-key\.pem\.$/m,
    );
  });

  test.each([
    ['certs/a/ca-key.pem', 'a private key'],
    ['certs/root-key.pem', 'a private key'],
    ['remotes/b.yaml', 'the kubeconfig of a remote cluster'],
    ['a.kubeconfig', 'the kubeconfig of a cluster'],
  ])('must not contain %s', (path, description) => {
    const folder = cleanRepository();
    write(folder, 'a.kubeconfig', 'apiVersion: v1\n');
    git(folder, 'add', '--force', path);
    const { status, stderr } = istioMesh(folder, 'check');
    expect(status).toBe(1);
    expect(stderr).toContain(`${path}: SECRET-EXPOSED: The git index contains ${description}.`);
    expect(stderr).toContain('1 problem found.');
  });

  /** A repository with a mesh in a folder below its root, and a pre-commit hook that checks it. */
  function hookedRepository(hook: (check: string) => string): string {
    const folder = temporaryFolder();
    git(folder, 'init', '--quiet');
    cpSync(synthesized, join(folder, 'mesh'), { recursive: true });
    write(folder, 'mesh/mesh.yaml', mesh(stored));
    rmSync(join(folder, 'mesh/dist'), { recursive: true });
    write(folder, 'mesh/.gitignore', '/certs\n/remotes\n/template\n');
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '--message', 'clean');
    const program = join(process.cwd(), 'lib/bin/istio-mesh.js');
    const check = `"${process.execPath}" "${program}" check`;
    writeFileSync(join(folder, '.git/hooks/pre-commit'), `#!/bin/sh\n${hook(check)}\n`, { mode: 0o755 });
    return folder;
  }

  test('is rejected by a git hook, for a folder below the root and in a partial commit', () => {
    const folder = hookedRepository((check) => `exec ${check} --mesh-file mesh/mesh.yaml`);
    write(folder, 'mesh/a.txt', 'nothing');
    write(folder, 'mesh/b.txt', tokenOf('a'));
    git(folder, 'add', '--intent-to-add', '.');
    git(folder, 'commit', '--quiet', '--message', 'clean', 'mesh/a.txt');
    expect(() => git(folder, 'commit', '--quiet', '--message', 'exposed', 'mesh/b.txt')).toThrow(
      'mesh/b.txt:1: SECRET-EXPOSED: The file contains the token of remotes/a.yaml.',
    );
  });

  test('is rejected by a hook that changes to the folder of the mesh', () => {
    const folder = hookedRepository((check) => `cd mesh && ${check}`);
    write(folder, 'mesh/b.txt', tokenOf('a'));
    git(folder, 'add', '.');
    expect(() => git(folder, 'commit', '--quiet', '--message', 'exposed')).toThrow(
      'b.txt:1: SECRET-EXPOSED: The file contains the token of remotes/a.yaml.',
    );
  });

  test('is rejected by such a hook in another work tree', () => {
    const folder = hookedRepository((check) => `cd mesh && ${check}`);
    const other = join(temporaryFolder(), 'other');
    git(folder, 'worktree', 'add', '--quiet', other);
    write(other, 'mesh/certs/a/ca-key.pem', 'nothing');
    git(other, 'add', '--force', '.');
    expect(() => git(other, 'commit', '--quiet', '--message', 'exposed')).toThrow(
      'certs/a/ca-key.pem: SECRET-EXPOSED: The git index contains a private key.',
    );
  });

  test('is searched in binary files and in UTF-16', () => {
    const folder = cleanRepository();
    const pem = readFileSync(join(folder, 'certs/a/ca-key.pem'), 'utf8');
    writeFileSync(join(folder, 'key.der'), createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }));
    writeFileSync(join(folder, 'redirected output.txt'), `\ufeff${pem}`, 'utf16le');
    git(folder, 'add', '.');
    const { stderr } = istioMesh(folder, 'check');
    expect(stderr).toMatch(
      /^key\.der:\d+: SECRET-EXPOSED: The file contains the private key certs\/a\/ca-key\.pem\.$/m,
    );
    expect(stderr).toMatch(/^redirected output\.txt:\d+: SECRET-EXPOSED: The file contains the private key/m);
    expect(stderr).toContain("Run git rm --cached -- 'redirected output.txt'.");
  });

  test('is searched in large binary files', () => {
    const folder = cleanRepository();
    const pem = readFileSync(join(folder, 'certs/a/ca-key.pem'), 'utf8');
    write(folder, 'image.bin', `${'\0'.repeat(3 * 1024 * 1024)}${pem}`);
    git(folder, 'add', '.');
    const { status, stderr } = istioMesh(folder, 'check');
    expect(status).toBe(1);
    expect(stderr).toContain('image.bin:2: SECRET-EXPOSED');
  });
});

test('searches only the output without a repository, with a note', () => {
  const folder = temporaryFolder();
  cpSync(synthesized, folder, { recursive: true });
  const { status, stderr } = istioMesh(folder, 'check');
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: 'Note: The git index was not searched: mesh.yaml is in no git repository.\n',
  });
});

test('reports problems of the inputs and exposed keys together', () => {
  const folder = repository();
  const [a, b] = ['certs/a/ca-key.pem', 'certs/b/ca-key.pem'].map((path) => join(folder, path)) as [
    string,
    string,
  ];
  writeFileSync(a, readFileSync(b));
  write(folder, 'remotes/a.yaml', 'apiVersion: v1\n');
  const { status, stderr } = istioMesh(folder, 'check');
  expect(status).toBe(1);
  for (const code of ['CA-KEY-MISMATCH', 'REMOTE-SYNTAX', 'SECRET-EXPOSED']) expect(stderr).toContain(code);
});

test('reports an encrypted Secret that was changed', () => {
  const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
  const folder = repository(`{ backend: sops, sops: { age: [${recipient}] } }`);
  istioMesh(folder, 'synth');
  git(folder, 'add', '--force', 'dist');
  expect(istioMesh(folder, 'check')).toMatchObject({ status: 0, stderr: '' });
  rmSync(join(folder, 'certs'), { recursive: true });
  write(
    folder,
    'encrypted/a/20-cacerts.yaml',
    `${readFileSync(join(folder, 'encrypted/a/20-cacerts.yaml'))}#`,
  );
  const { status, stderr } = istioMesh(folder, 'check');
  expect(status).toBe(1);
  expect(stderr).toContain('encrypted/a/20-cacerts.yaml: SECRET-RECORD: The record was changed');
});

describe('what was not searched is named, with exit status 2', () => {
  const link = (target: string) => (folder: string) => symlinkSync(target, join(folder, 'dist/link'));
  test.each<[what: string, prepare: (folder: string) => void, args: string[], env: Record<string, string>]>([
    ['a folder with a wrong name', () => {}, ['--output', 'dits'], {}],
    ['a folder of the environment with a wrong name', () => {}, [], { CDK8S_OUTDIR: 'dits' }],
    ['git that is missing', () => {}, [], { PATH: '/nowhere' }],
    ['a repository that git cannot read', (folder) => write(folder, '.git/HEAD', 'nothing'), [], {}],
    ['a link to a folder elsewhere', link('..'), [], {}],
    ['a loop', link('link'), [], {}],
    ['a named pipe', (folder) => void execFileSync('mkfifo', [join(folder, 'dist/link')]), [], {}],
  ])('%s', (_, prepare, args, env) => {
    const folder = cleanRepository();
    prepare(folder);
    const { status, stderr } = istioMeshWith({ env }, folder, 'check', ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/: SECRET-(?:UNSEARCHED|INDEX): /);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test('but a link to a file is followed', () => {
    const folder = cleanRepository();
    symlinkSync('../certs/a/ca-key.pem', join(folder, 'dist/link'));
    const { status, stderr } = istioMesh(folder, 'check');
    expect(status).toBe(1);
    expect(stderr).toContain('dist/link');
  });
});

test('synth and check list values that change nothing in one note', () => {
  const folder = temporaryFolder();
  const values = 'global: { istioNamespace: istio-system, meshID: mesh1 }';
  write(folder, 'mesh.yaml', `${mesh('{ backend: plain }')}istio: { values: { ${values} } }\n`);
  const note = `Note: The mesh definition is valid, but check what it says:
  mesh.yaml:7:30: istio.values.global.istioNamespace changes nothing: the control plane is always in istio-system.
  mesh.yaml:7:60: istio.values.global.meshID changes nothing: it is derived from meshID.
`;
  for (const command of ['synth', 'check']) {
    const { status, stderr } = istioMesh(folder, command);
    expect({ status, notes: stderr.split(note).length - 1 }, stderr).toEqual({ status: 0, notes: 1 });
  }
});
