import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import { MeshError } from '../../src/problems/problem';
import { remoteFile, writeRemoteFile } from '../../src/remotes/remote-file';
import { formatRemoteKubeconfig } from '../../src/remotes/remote-kubeconfig';
import { loadRemotes } from '../../src/remotes/remotes-folder';
import { temporaryFolder } from '../temporary-folder';

const mesh = defineMesh({
  meshID: 'mesh1',
  clusters: ['cluster1', 'cluster2', 'cluster3'].map((name, index) => ({ name, network: `network${index}` })),
});
const kubeconfig = { server: 'https://203.0.113.10:6443', user: { token: 'abc' } };
let directory: string;

beforeEach(() => {
  directory = temporaryFolder();
});

function write(name: string, text = formatRemoteKubeconfig('any', kubeconfig), mode = 0o600): void {
  mkdirSync(join(directory, 'remotes'), { recursive: true });
  writeFileSync(join(directory, 'remotes', name), text, { mode });
  chmodSync(join(directory, 'remotes', name), mode);
}

describe('loadRemotes', () => {
  it('treats a cluster without a file as not joined', () => {
    expect(loadRemotes(mesh, { directory })).toEqual({
      remotes: {},
      unjoined: ['cluster1', 'cluster2', 'cluster3'],
      warnings: [],
    });
    write('cluster2.yaml');
    expect(loadRemotes(mesh, { directory })).toEqual({
      remotes: { cluster2: kubeconfig },
      unjoined: ['cluster1', 'cluster3'],
      warnings: [],
    });
  });

  it('reports the problems of all files, with paths relative to mesh.yaml', () => {
    write('cluster1.yaml', formatRemoteKubeconfig('a', { ...kubeconfig, server: 'https://localhost' }));
    mkdirSync(join(directory, 'remotes', 'cluster2.yaml'));
    write('cluster3.yaml', 'kind: List');
    const problems = problemsOf(() => loadRemotes(mesh, { directory }));
    expect(problems).toEqual([
      ['REMOTE-LOOPBACK', 'remotes/cluster1.yaml', 4],
      ['REMOTE-FILE', 'remotes/cluster2.yaml', undefined],
      ['REMOTE-SYNTAX', 'remotes/cluster3.yaml', 1],
    ]);
  });

  it('warns of files that other users can read', () => {
    write('cluster1.yaml', undefined, 0o640);
    expect(loadRemotes(mesh, { directory }).warnings).toMatchObject([
      { code: 'REMOTE-MODE', location: { file: 'remotes/cluster1.yaml' } },
    ]);
  });

  it('warns of files that it ignores, and suggests a name', () => {
    for (const name of ['clustr1.yaml', 'cluster2.yml', 'production.yaml', '.hidden.yaml', 'README.md']) {
      write(name);
    }
    const { warnings } = loadRemotes(mesh, { directory });
    expect(warnings.map(({ code, location, hint }) => [code, location.file, hint])).toEqual([
      ['REMOTE-STRAY', 'remotes/cluster2.yml', 'Remove it, or rename it to cluster2.yaml.'],
      ['REMOTE-STRAY', 'remotes/clustr1.yaml', 'Remove it, or rename it to cluster1.yaml.'],
      ['REMOTE-STRAY', 'remotes/production.yaml', 'Remove it.'],
    ]);
  });
});

describe('writeRemoteFile', () => {
  it('writes files that only their owner can read, and does not touch unchanged ones', () => {
    const file = remoteFile(mesh, directory, 'cluster1');
    expect(writeRemoteFile(file, 'one')).toBe('new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const first = statSync(file);
    expect(writeRemoteFile(file, 'one')).toBe('unchanged');
    expect(statSync(file)).toMatchObject({ ino: first.ino, mtimeMs: first.mtimeMs });
    chmodSync(file, 0o644);
    expect(writeRemoteFile(file, 'two')).toBe('changed');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(join(directory, 'remotes'))).toEqual(['cluster1.yaml']);
  });

  it('leaves no credentials behind if it cannot write', () => {
    const file = remoteFile(mesh, directory, 'cluster1');
    mkdirSync(join(file, 'in-the-way'), { recursive: true });
    expect(() => writeRemoteFile(file, 'secret')).toThrow();
    expect(readdirSync(join(directory, 'remotes'))).toEqual(['cluster1.yaml']);
  });
});

function problemsOf(action: () => unknown): unknown[] {
  try {
    action();
  } catch (error) {
    if (error instanceof MeshError) {
      return error.problems.map(({ code, location }) => [code, location.file, location.line]);
    }
  }
  throw new Error('No MeshError was thrown.');
}
