import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadUserKubeconfig } from '../../src/live/user-kubeconfig';
import { temporaryFolder } from '../temporary-folder';
import { loneCluster } from './lone-cluster';
import { problemsOf } from './problems';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv('KUBECONFIG', '');
  vi.stubEnv('HOME', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A kubeconfig with a context, a cluster and a user of the same name. */
function kubeconfig(name: string, user = 'token: abc', server = `https://${name}.example`): string {
  return `apiVersion: v1
kind: Config
current-context: ${name}
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}}}]
clusters: [{name: ${name}, cluster: {server: "${server}"}}]
users: [{name: ${name}, user: {${user}}}]
`;
}

function write(file: string, text: string): string {
  const path = join(folder, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function serverOf(settings: Parameters<typeof loneCluster>[0]): Promise<string | undefined> {
  return (await loadUserKubeconfig(loneCluster(settings), folder)).getCurrentCluster()?.server;
}

describe('loadUserKubeconfig', () => {
  it('reads the file in the definition, relative to mesh.yaml or the home folder', async () => {
    write('c1.yaml', kubeconfig('a'));
    write('.kube/c1.yaml', kubeconfig('b'));
    expect(await serverOf({ kubeconfig: 'c1.yaml' })).toBe('https://a.example');
    expect(await serverOf({ kubeconfig: join(folder, 'c1.yaml') })).toBe('https://a.example');
    expect(await serverOf({ kubeconfig: '~/.kube/c1.yaml' })).toBe('https://b.example');
  });

  it('otherwise reads the files that kubectl would read', async () => {
    write('.kube/config', kubeconfig('home'));
    expect(await serverOf({})).toBe('https://home.example');
    vi.stubEnv(
      'KUBECONFIG',
      ['absent', write('a', kubeconfig('a')), write('b', kubeconfig('b'))].join(delimiter),
    );
    expect(await serverOf({})).toBe('https://a.example');
    expect(await serverOf({ context: 'b' })).toBe('https://b.example');
  });

  it('prefers the first of several files, as kubectl does', async () => {
    const files = [write('a', kubeconfig('x', 'token: first')), write('b', kubeconfig('x', 'token: second'))];
    vi.stubEnv('KUBECONFIG', files.join(delimiter));
    expect((await loadUserKubeconfig(loneCluster(), folder)).getCurrentUser()?.token).toBe('first');
  });

  it('reads the token from tokenFile', async () => {
    write('secrets/token', 'sesame\n');
    write('c1.yaml', kubeconfig('a', 'tokenFile: secrets/token'));
    const config = await loadUserKubeconfig(loneCluster({ kubeconfig: 'c1.yaml' }), folder);
    expect(config.getCurrentUser()?.token).toBe('sesame');
  });

  it('reports what is missing, and what to write', async () => {
    write('c1.yaml', kubeconfig('production'));
    write('half.yaml', 'current-context: a\ncontexts: [{name: a, context: {cluster: b, user: c}}]');
    write('broken.yaml', 'users: [{token: "eyJsecret\n  x: ]');
    write('tokenless.yaml', kubeconfig('a', 'tokenFile: nowhere'));
    write('plain.yaml', kubeconfig('a', 'token: abc', 'http://a.example'));
    write('empty.yaml', '');
    const cases = [
      [{ kubeconfig: 'absent.yaml' }, 'LIVE-KUBECONFIG'],
      [{}, 'LIVE-KUBECONFIG'],
      [{ kubeconfig: '.' }, 'LIVE-KUBECONFIG'],
      [{ kubeconfig: 'broken.yaml' }, 'LIVE-KUBECONFIG'],
      [{ kubeconfig: 'tokenless.yaml' }, 'LIVE-KUBECONFIG'],
      [{ kubeconfig: 'plain.yaml' }, 'LIVE-KUBECONFIG'],
      [{ kubeconfig: 'c1.yaml', context: 'prodution' }, 'LIVE-CONTEXT'],
      [{ kubeconfig: 'half.yaml' }, 'LIVE-CONTEXT'],
      [{ kubeconfig: 'empty.yaml' }, 'LIVE-CONTEXT'],
    ] as const;
    for (const [settings, code] of cases) {
      const [problem] = await problemsOf(loadUserKubeconfig(loneCluster(settings), folder));
      expect(problem, JSON.stringify(settings)).toMatchObject({ code, location: { file: 'c1' } });
      expect(JSON.stringify(problem)).not.toContain('eyJsecret');
    }
    const [problem] = await problemsOf(
      loadUserKubeconfig(loneCluster({ kubeconfig: 'c1.yaml', context: 'prodution' }), folder),
    );
    expect(problem?.hint).toContain('production');
  });
});
