import { readdirSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { join } from '../../src/live/join';
import { verify } from '../../src/live/verify';
import { defineMesh } from '../../src/mesh/define-mesh';
import { temporaryFolder } from '../temporary-folder';
import { closedPort } from './api-server';
import { problemsOf } from './problems';

/** Clusters that cannot be joined. The end-to-end tests join live ones. */
const mesh = defineMesh({
  meshID: 'mesh1',
  clusters: [
    { name: 'cluster1', network: 'network1', kubeconfig: 'here.yaml' },
    { name: 'cluster2', network: 'network2', kubeconfig: 'nowhere.yaml' },
    { name: 'cluster3', network: 'network3', kubeconfig: 'here.yaml', server: 'https://203.0.113.10:6443' },
  ],
  verification: { helloWorld: 'enabled' },
});
let directory: string;

beforeEach(async () => {
  directory = temporaryFolder();
  writeFileSync(
    joinPath(directory, 'here.yaml'),
    `current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "https://127.0.0.1:${await closedPort()}"}}]
users: [{name: u, user: {token: sesame}}]
`,
  );
});

describe('join', () => {
  it('reports every cluster that cannot be joined, and writes nothing for it', async () => {
    const { clusters, problems } = await join(mesh, { directory });
    expect(clusters.map(({ cluster, status }) => [cluster, status])).toEqual([
      ['cluster1', 'failed'],
      ['cluster2', 'failed'],
      ['cluster3', 'failed'],
    ]);
    expect(problems).toMatchObject([
      { code: 'REMOTE-LOOPBACK', location: { file: 'cluster1' } },
      { code: 'LIVE-KUBECONFIG', location: { file: 'cluster2' } },
      { code: 'LIVE-UNREACHABLE', location: { file: 'cluster3' } },
    ]);
    expect(problems[0]?.hint).toContain('server: for cluster1 in mesh.yaml');
    expect(readdirSync(directory)).toEqual(['here.yaml']);
  });

  it('joins only the selected clusters, and rejects unknown names', async () => {
    const { clusters } = await join(mesh, { directory, clusters: ['cluster2'] });
    expect(clusters.map(({ cluster }) => cluster)).toEqual(['cluster2']);
    const problems = await problemsOf(join(mesh, { directory, clusters: ['clutser1', 'cluster2', 'x'] }));
    expect(problems.map(({ code }) => code)).toEqual(['MESH-UNKNOWN-CLUSTER', 'MESH-UNKNOWN-CLUSTER']);
    expect(problems[0]?.hint).toContain('cluster1');
  });
});

describe('verify', () => {
  it('reports unreachable clusters without waiting for them', async () => {
    const report = await verify(mesh, { directory, timeoutSeconds: 600 });
    expect(report.passed).toBe(false);
    const others = report.problems.filter(({ code }) => code !== 'LIVE-NO-ANSWER');
    expect(others.map(({ code, location }) => [code, location.file])).toEqual([
      ['LIVE-UNREACHABLE', 'cluster1'],
      ['LIVE-KUBECONFIG', 'cluster2'],
      ['LIVE-UNREACHABLE', 'cluster3'],
    ]);
    expect(JSON.stringify(report)).not.toContain('sesame');
  });
});
