import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveCluster } from '../../src/live/live-cluster';
import { base64, issue } from '../remotes/key-pair';
import { temporaryFolder } from '../temporary-folder';
import { closedPort, type LocalServer, startServer } from './api-server';
import { loneCluster } from './lone-cluster';
import { problemsOf } from './problems';

/** Answers with the status code at the end of the path. */
function answerWithStatus({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const code = Number(/\d+$/.exec(url)?.[0] ?? 401);
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', message: `the server says ${code}` }));
}

const cluster = loneCluster();
let folder: string;
let api: LocalServer;

beforeAll(async () => {
  folder = temporaryFolder();
  api = await startServer(answerWithStatus);
});
afterAll(async () => {
  await api.close();
});

/** A cluster whose kubeconfig is for the local server. */
async function find({
  server = api.server,
  caData = api.caData,
  extra = '',
  user = 'token: sesame',
} = {}): Promise<LiveCluster> {
  const text = `current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "${server}", certificate-authority-data: ${caData}${extra}}}]
users: [{name: u, user: {${user}}}]
`;
  writeFileSync(join(folder, 'kubeconfig'), text);
  return LiveCluster.find({ ...cluster, kubeconfig: 'kubeconfig' }, folder);
}

describe('LiveCluster', () => {
  it('reports why a connection fails', async () => {
    const closed = `https://127.0.0.1:${await closedPort()}`;
    const otherAuthority = base64(issue('other-authority').certificate);
    const failing = (script: string) =>
      `exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, args: [-c, ${JSON.stringify(script)}]}`;
    const cases = [
      [{}, 'LIVE-UNAUTHORIZED'],
      [{ server: closed }, 'LIVE-UNREACHABLE'],
      [{ caData: otherAuthority }, 'LIVE-TLS'],
      [{ extra: ', tls-server-name: another' }, 'LIVE-TLS'],
      [{ user: failing('echo not logged in >&2; exit 1') }, 'LIVE-CREDENTIALS'],
      [{ user: failing('echo eyJhalf') }, 'LIVE-CREDENTIALS'],
      [{ user: 'client-certificate: nowhere.pem, client-key: nowhere.key' }, 'LIVE-CREDENTIALS'],
    ] as const;
    for (const [settings, code] of cases) {
      const live = await find(settings);
      const problems = await problemsOf(live.connect());
      expect(problems, JSON.stringify(settings)).toMatchObject([{ code, location: { file: 'c1' } }]);
      expect(JSON.stringify(problems)).not.toMatch(/sesame|eyJhalf/);
    }
  });

  it('includes the message of the API server', async () => {
    const live = await find();
    const read = (version: string) => live.read({ apiVersion: version, kind: 'Secret', name: 'a' });
    expect(await problemsOf(read('403'))).toMatchObject([{ code: 'LIVE-FORBIDDEN' }]);
    expect(await problemsOf(read('409'))).toMatchObject([{ code: 'LIVE-CONFLICT' }]);
    const [problem] = await problemsOf(read('503'));
    expect(problem?.code).toBe('LIVE-API');
    expect(problem?.message).toContain('the server says 503');
  });

  it('returns nothing for objects and kinds that do not exist', async () => {
    const live = await find();
    expect(await live.read({ apiVersion: '404', kind: 'Secret', name: 'a' })).toBeUndefined();
    expect(await live.list({ apiVersion: '404', kind: 'Secret' })).toEqual([]);
  });
});
