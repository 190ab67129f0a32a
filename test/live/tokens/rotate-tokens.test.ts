import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RotateTokensOptions, rotateTokens } from '../../../src/live/tokens/rotate-tokens';
import { defineMesh } from '../../../src/mesh/define-mesh';
import { formatRemoteKubeconfig } from '../../../src/remotes/remote-kubeconfig';
import { readTokenRotation } from '../../../src/remotes/token-rotation';
import { temporaryFolder } from '../../temporary-folder';
import { closedPort } from '../api-server';
import { problemsOf } from '../problems';
import { TokenServer } from './token-server';

/** cluster2 reads cluster1, and cannot be reached. */
const mesh = defineMesh({
  meshID: 'mesh1',
  clusters: [
    { name: 'cluster1', network: 'network1', kubeconfig: 'cluster1.kubeconfig' },
    { name: 'cluster2', network: 'network2', kubeconfig: 'cluster2.kubeconfig' },
  ],
});
const first = 'istio-reader-service-account-token-first';
let server: TokenServer;
let directory: string;

beforeEach(async () => {
  server = await TokenServer.start();
  directory = temporaryFolder();
  kubeconfig('cluster1', server.local.server);
  kubeconfig('cluster2', `https://127.0.0.1:${await closedPort()}`);
  await secret(first);
  remote(server.tokenIn(first) ?? '');
});
afterEach(() => server.local.close());

function kubeconfig(cluster: string, address: string): void {
  const text = `current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "${address}", certificate-authority-data: ${server.local.caData}}}]
users: [{name: u, user: {token: admin}}]
`;
  writeFileSync(join(directory, `${cluster}.kubeconfig`), text);
}

async function secret(name: string): Promise<void> {
  const path = `/api/v1/namespaces/istio-system/secrets/${name}`;
  const annotations = { 'kubernetes.io/service-account.name': 'istio-reader-service-account' };
  const { LiveCluster } = await import('../../../src/live/live-cluster');
  const [cluster] = mesh.clusters;
  const live = await LiveCluster.find({ ...cluster, name: 'cluster1' }, directory);
  await live.apply({
    ...{ apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token' },
    metadata: { name, namespace: 'istio-system', annotations },
  });
  expect(server.objects.has(path)).toBe(true);
}

function remote(token: string): void {
  mkdirSync(join(directory, 'remotes'), { recursive: true });
  const text = formatRemoteKubeconfig('cluster1', { server: 'https://203.0.113.10:6443', user: { token } });
  writeFileSync(join(directory, 'remotes/cluster1.yaml'), text, { mode: 0o600 });
}

async function rotate(options: Partial<RotateTokensOptions> = {}) {
  const report = await rotateTokens(mesh, {
    directory,
    clusters: ['cluster1'],
    direction: 'forward',
    clusterChecks: 'skipped',
    ...options,
  });
  expect(JSON.stringify(report)).not.toMatch(/eyJ/);
  const [step] = report.clusters;
  return { ...report, ...step };
}

function fileToken(): string {
  return /token: (\S+)/.exec(readFileSync(join(directory, 'remotes/cluster1.yaml'), 'utf8'))?.[1] ?? '';
}

describe('rotate tokens', () => {
  test('issues another token, keeps the old one valid, and then revokes that', async () => {
    const before = fileToken();
    expect(await rotate()).toMatchObject({ result: 'issued', problems: [] });
    expect(fileToken()).not.toBe(before);
    expect(server.secrets).toHaveLength(2);
    expect(statSync(join(directory, 'remotes/old-tokens/cluster1.yaml')).mode & 0o777).toBe(0o600);
    expect(await rotate()).toMatchObject({ result: 'revoked', problems: [], warnings: [] });
    expect(server.secrets).not.toContain(first);
    expect(server.tokenIn(server.secrets[0] ?? '')).toBe(fileToken());
    expect(readTokenRotation(mesh, directory, 'cluster1')).toBeUndefined();
  });

  test('does not revoke a token while a cluster that may use it cannot be checked', async () => {
    await rotate();
    const report = await rotate({ clusterChecks: 'required' });
    expect(report).toMatchObject({ result: 'waiting', problems: [{ code: 'LIVE-UNREACHABLE' }] });
    expect(server.secrets).toContain(first);
  });

  test('can be taken back, and taken up again with the same token', async () => {
    const before = fileToken();
    await rotate();
    const issued = fileToken();
    expect(await rotate({ direction: 'back' })).toMatchObject({ result: 'taken-back' });
    expect(fileToken()).toBe(before);
    expect(await rotate()).toMatchObject({ result: 'issued' });
    expect(fileToken()).toBe(issued);
    expect(server.secrets).toHaveLength(2);
  });

  test('ends where it began when it is taken back twice', async () => {
    const before = fileToken();
    await rotate();
    await rotate({ direction: 'back' });
    expect(await rotate({ direction: 'back' })).toMatchObject({ result: 'cancelled' });
    expect([fileToken(), server.secrets]).toEqual([before, [first]]);
    expect(readTokenRotation(mesh, directory, 'cluster1')).toBeUndefined();
  });

  test('never uses the name of a Secret again, whose token would be valid again', async () => {
    await rotate();
    const [, revoked = ''] = server.secrets;
    await rotate({ direction: 'back' });
    await rotate({ direction: 'back' });
    await rotate();
    expect(server.secrets).not.toContain(revoked);
  });

  test('continues after an interruption before the file was written', async () => {
    const before = readFileSync(join(directory, 'remotes/cluster1.yaml'));
    await rotate();
    const issued = fileToken();
    writeFileSync(join(directory, 'remotes/cluster1.yaml'), before);
    await rotate();
    expect([fileToken(), server.secrets.length]).toEqual([issued, 2]);
  });

  test('completes a revocation that was interrupted, and refuses to take it back', async () => {
    await rotate();
    server.objects.delete(`/api/v1/namespaces/istio-system/secrets/${first}`);
    const issued = fileToken();
    const back = await rotate({ direction: 'back' });
    expect(back).toMatchObject({ result: 'failed', problems: [{ code: 'LIVE-ROTATION' }] });
    expect(fileToken()).toBe(issued);
    expect(await rotate()).toMatchObject({ result: 'revoked' });
  });

  test('lists other tokens of the account, and deletes none of them', async () => {
    await secret('of-istioctl');
    await rotate();
    const { warnings } = await rotate();
    expect(warnings).toMatchObject([{ code: 'LIVE-TOKEN' }]);
    expect(warnings[0]?.hint).toContain('delete secret of-istioctl');
    expect(server.secrets).toContain('of-istioctl');
  });

  test('refuses credentials that it could not revoke, and changes nothing', async () => {
    remote('opaque');
    expect(await rotate()).toMatchObject({ result: 'failed', problems: [{ code: 'LIVE-TOKEN' }] });
    expect([fileToken(), server.secrets]).toEqual(['opaque', [first]]);
  });

  test('refuses a cluster that is not joined, and to take back what has not begun', async () => {
    expect(await problemsOf(rotate({ direction: 'back' }))).toMatchObject([{ code: 'LIVE-ROTATION' }]);
    rmSync(join(directory, 'remotes'), { recursive: true });
    expect(await rotate()).toMatchObject({ result: 'failed', problems: [{ code: 'REMOTE-FILE' }] });
  });
});
