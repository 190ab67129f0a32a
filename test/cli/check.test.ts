import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { formatRemoteKubeconfig } from '../../src/remotes/remote-kubeconfig';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh } from './istio-mesh';

const mesh = (form: string): string => `meshID: mesh1
certificates: { keyAlgorithm: EC-P256 }
secrets: ${form}
clusters:
  - { name: a, network: n1, kubeconfig: a.kubeconfig }
  - { name: b, network: n2 }
`;
const stored = '{ backend: external-secrets, externalSecrets: { store: { name: vault } } }';
const tokenOf = (name: string): string => createHash('sha512').update(name).digest('base64url');

/** A mesh that has been synthesized in plain text, with its certificates and kubeconfigs. */
let made: string;
beforeAll(() => {
  made = temporaryFolder();
  write(made, 'mesh.yaml', mesh('{ backend: plain }'));
  for (const name of ['a', 'b']) {
    const kubeconfig = { server: `https://${name}.example.com:6443`, user: { token: tokenOf(name) } };
    write(made, `remotes/${name}.yaml`, formatRemoteKubeconfig(name, kubeconfig));
  }
  istioMesh(made, 'init', '--directory', 'template');
  istioMesh(made, 'synth');
});

function write(folder: string, path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content, { mode: 0o600 });
}

function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
}

/** A copy of the mesh in a git repository that ignores what it should. */
function repository(form = stored): string {
  const folder = temporaryFolder();
  cpSync(made, folder, { recursive: true });
  git(folder, 'init', '--quiet');
  write(folder, '.gitignore', readFileSync(join(folder, 'template/.gitignore'), 'utf8'));
  rmSync(join(folder, 'template'), { recursive: true });
  write(folder, 'mesh.yaml', mesh(form));
  git(folder, 'add', '.');
  return folder;
}

/** One whose output has been synthesized in its form, and is committed. */
function soundRepository(): string {
  const folder = repository();
  istioMesh(folder, 'synth');
  git(folder, 'add', '--force', 'dist');
  return folder;
}

const keyLine = (folder: string, cluster: string): string =>
  readFileSync(join(folder, `certs/${cluster}/ca-key.pem`), 'utf8').split('\n')[1] ?? '';

describe('check', () => {
  test('says what it has looked at where all is well', () => {
    const folder = soundRepository();
    const { status, stdout, stderr } = istioMesh(folder, 'check');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /nor any of 5 keys and tokens: in \d+ files of dist and \d+ files of the git index of /,
    );
  });

  test('refuses the output of an earlier form, each key and token in its place, and prints none of them', () => {
    const folder = repository();
    const { status, stdout, stderr } = istioMesh(folder, 'check');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^dist\/a\/20-cacerts\.k8s\.yaml:8: SECRET-EXPOSED: It holds the private key certs\/a\/ca-key\.pem\.$/m,
    );
    expect(stderr).toMatch(
      /^dist\/b\/60-remote-secrets\.k8s\.yaml:\d+: SECRET-EXPOSED: It holds the token of remotes\/a\.yaml\.$/m,
    );
    expect(stderr).toContain('4 problems found.');
    for (const secret of [keyLine(folder, 'a'), tokenOf('a'), tokenOf('b')]) {
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  test('finds them by their structure, too, where their originals are elsewhere', () => {
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

  test('accepts plain text in the output where the form is plain, and not in what is staged', () => {
    const folder = repository('{ backend: plain }');
    expect(istioMesh(folder, 'check')).toMatchObject({ status: 0, stderr: '' });
    git(folder, 'add', '--force', 'dist');
    const { status, stderr } = istioMesh(folder, 'check');
    expect(status).toBe(1);
    expect(stderr).toContain('Run git rm --cached -- dist/a/20-cacerts.k8s.yaml.');
    expect(stderr).toContain('4 problems found.');
  });

  test('accepts only those of the clusters whose form is plain', () => {
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

describe('what is staged', () => {
  test('is looked into instead of what is in the folder', () => {
    const folder = soundRepository();
    const key = readFileSync(join(folder, 'certs/a/ca-key.pem'), 'utf8');
    write(folder, 'notes/values.yaml', `key: |\n${key.replace(/^/gm, '    ')}`);
    expect(istioMesh(folder, 'check').status).toBe(0);
    git(folder, 'add', 'notes');
    rmSync(join(folder, 'notes'), { recursive: true });
    const { status, stderr } = istioMesh(folder, 'check');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^notes\/values\.yaml:3: SECRET-EXPOSED: It holds the private key certs\/a\/ca-key\.pem\.$/m,
    );
  });

  test.each([
    ['certs/a/ca-key.pem', 'a private key'],
    ['certs/root-key.pem', 'a private key'],
    ['remotes/b.yaml', 'the kubeconfig of a remote cluster'],
    ['a.kubeconfig', 'the kubeconfig of a cluster'],
  ])('is never to hold %s', (path, what) => {
    const folder = soundRepository();
    write(folder, 'a.kubeconfig', 'apiVersion: v1\n');
    git(folder, 'add', '--force', path);
    const { status, stderr } = istioMesh(folder, 'check');
    expect(status).toBe(1);
    expect(stderr).toContain(`${path}: SECRET-EXPOSED: It is in the git index, and is ${what}.`);
    expect(stderr).toContain('1 problem found.');
  });

  /** A repository with a sound mesh in a folder below its root, and a hook that checks it. */
  function hookedRepository(hook: (check: string) => string): string {
    const folder = temporaryFolder();
    git(folder, 'init', '--quiet');
    cpSync(made, join(folder, 'mesh'), { recursive: true });
    write(folder, 'mesh/mesh.yaml', mesh(stored));
    rmSync(join(folder, 'mesh/dist'), { recursive: true });
    write(folder, 'mesh/.gitignore', '/certs\n/remotes\n/template\n');
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '--message', 'sound');
    const program = join(process.cwd(), 'lib/bin/istio-mesh.js');
    const check = `"${process.execPath}" "${program}" check`;
    writeFileSync(join(folder, '.git/hooks/pre-commit'), `#!/bin/sh\n${hook(check)}\n`, { mode: 0o755 });
    return folder;
  }

  test('is refused by a hook of git, from a folder below that of the repository, and in a partial commit', () => {
    const folder = hookedRepository((check) => `exec ${check} --mesh-file mesh/mesh.yaml`);
    write(folder, 'mesh/a.txt', 'nothing');
    write(folder, 'mesh/b.txt', tokenOf('a'));
    git(folder, 'add', '--intent-to-add', '.');
    git(folder, 'commit', '--quiet', '--message', 'sound', 'mesh/a.txt');
    expect(() => git(folder, 'commit', '--quiet', '--message', 'exposed', 'mesh/b.txt')).toThrow(
      'mesh/b.txt:1: SECRET-EXPOSED: It holds the token of remotes/a.yaml.',
    );
  });

  test('is refused by a hook that changes to the folder of the mesh', () => {
    const folder = hookedRepository((check) => `cd mesh && ${check}`);
    write(folder, 'mesh/b.txt', tokenOf('a'));
    git(folder, 'add', '.');
    expect(() => git(folder, 'commit', '--quiet', '--message', 'exposed')).toThrow(
      'b.txt:1: SECRET-EXPOSED: It holds the token of remotes/a.yaml.',
    );
  });

  test('is refused by such a hook in another work tree, too', () => {
    const folder = hookedRepository((check) => `cd mesh && ${check}`);
    const other = join(temporaryFolder(), 'other');
    git(folder, 'worktree', 'add', '--quiet', other);
    write(other, 'mesh/certs/a/ca-key.pem', 'nothing');
    git(other, 'add', '--force', '.');
    expect(() => git(other, 'commit', '--quiet', '--message', 'exposed')).toThrow(
      'certs/a/ca-key.pem: SECRET-EXPOSED: It is in the git index, and is a private key.',
    );
  });

  test('is found in what is no text, or in UTF-16', () => {
    const folder = soundRepository();
    const pem = readFileSync(join(folder, 'certs/a/ca-key.pem'), 'utf8');
    writeFileSync(join(folder, 'key.der'), createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }));
    writeFileSync(join(folder, 'redirected output.txt'), `\ufeff${pem}`, 'utf16le');
    git(folder, 'add', '.');
    const { stderr } = istioMesh(folder, 'check');
    expect(stderr).toMatch(
      /^key\.der:\d+: SECRET-EXPOSED: It holds the private key certs\/a\/ca-key\.pem\.$/m,
    );
    expect(stderr).toMatch(/^redirected output\.txt:\d+: SECRET-EXPOSED: It holds the private key/m);
    expect(stderr).toContain("Run git rm --cached -- 'redirected output.txt'.");
  });

  test('is passed over, and said to be, where a file is too large', () => {
    const folder = soundRepository();
    write(folder, 'image.bin', '\0'.repeat(2 * 1024 * 1024));
    git(folder, 'add', '.');
    expect(istioMesh(folder, 'check')).toMatchObject({
      status: 0,
      stderr: 'Note: image.bin was passed over: it is too large.\n',
    });
  });
});

test('without a repository looks into the output alone, and says so', () => {
  const folder = temporaryFolder();
  cpSync(made, folder, { recursive: true });
  const { status, stderr } = istioMesh(folder, 'check');
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: 'Note: The git index was not looked into: mesh.yaml is in no git repository.\n',
  });
});

test('tells what is wrong with the inputs, and what is exposed, at once', () => {
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

test('tells what was encrypted and cannot be used as it is', () => {
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
  expect(stderr).toContain('encrypted/a/20-cacerts.yaml: SECRET-RECORD: It was changed');
});
