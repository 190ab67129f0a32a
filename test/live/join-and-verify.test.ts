import { readdirSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join as joinPath } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { join } from '../../src/live/join';
import { verify } from '../../src/live/verify';
import { defineMesh } from '../../src/mesh/define-mesh';
import { temporaryFolder } from '../temporary-folder';
import { closedPort, startServer } from './api-server';
import { problemsOf } from './problems';

/** Clusters that cannot be joined. The end-to-end tests join live ones. */
const mesh = defineMesh({
  meshID: 'mesh1',
  clusters: [
    { name: 'cluster1', network: 'network1', kubeconfig: 'here.yaml' },
    { name: 'cluster2', network: 'network2', kubeconfig: 'nowhere.yaml' },
    {
      name: 'cluster3',
      network: 'network3',
      kubeconfig: 'also-here.yaml',
      server: 'https://203.0.113.10:6443',
    },
  ],
  verification: { helloWorld: 'enabled' },
});
let directory: string;

function kubeconfigOf(server: string, caData = ''): string {
  return `current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "${server}"${caData && `, certificate-authority-data: ${caData}`}}}]
users: [{name: u, user: {token: sesame}}]
`;
}

beforeEach(async () => {
  directory = temporaryFolder();
  for (const file of ['here.yaml', 'also-here.yaml']) {
    const server = `https://127.0.0.1:${await closedPort()}`;
    writeFileSync(joinPath(directory, file), kubeconfigOf(server));
  }
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
    expect(readdirSync(directory)).toEqual(['also-here.yaml', 'here.yaml']);
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
    expect(report.problems.map(({ code, location }) => [code, location.file])).toEqual([
      ['LIVE-UNREACHABLE', 'cluster1'],
      ['LIVE-KUBECONFIG', 'cluster2'],
      ['LIVE-UNREACHABLE', 'cluster3'],
    ]);
    expect(JSON.stringify(report)).not.toContain('sesame');
  });
});

describe.each([
  ['join', join],
  ['verify', verify],
] as const)('%s of clusters that are one', (_, command) => {
  const twins = (settings: readonly [object, object]) =>
    defineMesh({
      meshID: 'mesh1',
      clusters: [
        { name: 'a', network: 'n1', server: 'https://203.0.113.10:6443', ...settings[0] },
        { name: 'b', network: 'n2', server: 'https://203.0.113.11:6443', ...settings[1] },
      ],
    });

  it.each([
    [{}, {}],
    [{ kubeconfig: 'here.yaml' }, { kubeconfig: './here.yaml' }],
    [{ context: 'c' }, { context: 'c' }],
  ])('refuses one context of one kubeconfig: %j and %j', async (one, other) => {
    const problems = await problemsOf(command(twins([one, other]), { directory }));
    expect(problems).toMatchObject([{ code: 'LIVE-SAME-CLUSTER', location: { file: 'a' } }]);
    expect(problems[0]?.message).toMatch(/^a and b /);
  });

  it('takes a cluster without a kubeconfig if it is the only one that is selected', async () => {
    vi.stubEnv('KUBECONFIG', joinPath(directory, 'here.yaml'));
    const { problems } = await command(twins([{}, {}]), { directory, clusters: ['a'] });
    expect(problems).toMatchObject([{ code: 'LIVE-UNREACHABLE', location: { file: 'a' } }]);
    vi.unstubAllEnvs();
  });

  it('refuses two addresses of one API server before anything is written', async () => {
    const changes: string[] = [];
    const answer = (uid: string) => (request: IncomingMessage, response: ServerResponse) => {
      if (request.method !== 'GET') changes.push(`${request.method} ${request.url}`);
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          kind: 'APIResourceList',
          resources: [{ name: 'namespaces', kind: 'Namespace', namespaced: false, verbs: ['get'] }],
          metadata: { uid },
        }),
      );
    };
    const servers = [await startServer(answer('uid-1')), await startServer(answer('uid-1'))];
    for (const [index, { server, caData }] of servers.entries()) {
      writeFileSync(joinPath(directory, `${index}.yaml`), kubeconfigOf(server, caData));
    }
    const mesh = twins([{ kubeconfig: '0.yaml' }, { kubeconfig: '1.yaml' }]);
    const problems = await problemsOf(command(mesh, { directory }));
    expect(problems).toMatchObject([{ code: 'LIVE-SAME-CLUSTER', location: { file: 'a' } }]);
    expect(problems[0]?.message).toContain('kube-system has the UID uid-1');
    expect(changes).toEqual([]);
    await Promise.all(servers.map((server) => server.close()));
  });
});
