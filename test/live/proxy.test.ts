import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LiveCluster } from '../../src/live/live-cluster';
import { verify } from '../../src/live/verify';
import { defineMesh } from '../../src/mesh/define-mesh';
import { issue } from '../remotes/key-pair';
import { temporaryFolder } from '../temporary-folder';
import { closedPort, type LocalServer, startServer } from './api-server';
import { loneCluster } from './lone-cluster';
import { type SocksServer, startSocksServer } from './socks-server';

let folder: string;
let api: LocalServer;
let proxy: SocksServer;

beforeEach(async () => {
  folder = temporaryFolder();
  api = await startServer(
    (_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"major":"1","minor":"34","kind":"APIResourceList","resources":[]}');
    },
    issue('api-server', 'DNS:api.cluster.internal'),
  );
  proxy = await startSocksServer(api.port);
});
afterEach(async () => {
  proxy.close();
  await api.close();
});

function writeKubeconfig(file: string, proxyUrl: string): void {
  writeFileSync(
    join(folder, file),
    `current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters:
  - name: c
    cluster:
      server: https://api.cluster.internal:6443
      certificate-authority-data: ${api.caData}
      proxy-url: ${proxyUrl}
users: [{name: u, user: {token: sesame}}]
`,
  );
}

it.each(['socks5', 'socks5h'])(
  'lets a %s proxy resolve the name of the API server, as kubectl does',
  async (scheme) => {
    writeKubeconfig('kubeconfig', `${scheme}://127.0.0.1:${proxy.port}`);
    const live = await LiveCluster.find(loneCluster({ kubeconfig: 'kubeconfig' }), folder);
    await live.connect();
    expect(new Set(proxy.destinations)).toEqual(new Set(['name:api.cluster.internal:6443']));
  },
);

it.each(['socks5', 'http'])('reports a %s proxy that is down, and the other clusters', async (scheme) => {
  writeKubeconfig('a.yaml', `${scheme}://127.0.0.1:${await closedPort()}`);
  writeKubeconfig('b.yaml', `socks5://127.0.0.1:${proxy.port}`);
  const mesh = defineMesh({
    meshID: 'm',
    clusters: [
      { name: 'a', network: 'n1', kubeconfig: 'a.yaml' },
      { name: 'b', network: 'n2', kubeconfig: 'b.yaml' },
    ],
  });
  const { problems } = await verify(mesh, { directory: folder, timeoutSeconds: 1 });
  expect(problems.map(({ code, location }) => [location.file, code])).toEqual([
    ['a', 'LIVE-UNREACHABLE'],
    ['b', 'LIVE-ISTIOD'],
  ]);
  expect(problems[0]?.message).toMatch(/proxy/);
});
