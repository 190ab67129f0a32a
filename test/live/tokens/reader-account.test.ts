import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveCluster } from '../../../src/live/live-cluster';
import { durationWarnings } from '../../../src/live/tokens/duration-warnings';
import { ReaderAccount } from '../../../src/live/tokens/reader-account';
import { lifetimeOf } from '../../../src/remotes/reader-token';
import { temporaryFolder } from '../../temporary-folder';
import { loneCluster } from '../lone-cluster';
import { TokenServer } from './token-server';

const day = 86400;
let server: TokenServer;
let live: LiveCluster;

beforeEach(async () => {
  server = await TokenServer.start();
  const folder = temporaryFolder();
  const { server: address, caData } = server.local;
  const kubeconfig = `current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "${address}", certificate-authority-data: ${caData}}}]
users: [{name: u, user: {token: admin}}]
`;
  writeFileSync(join(folder, 'kubeconfig'), kubeconfig);
  live = await LiveCluster.find(loneCluster({ kubeconfig: 'kubeconfig' }), folder);
});
afterEach(() => server.local.close());

function account(tokenSeconds?: number): Promise<ReaderAccount> {
  const reader = { warnBeforeExpiryDays: 7, ...(tokenSeconds === undefined ? {} : { tokenSeconds }) };
  return ReaderAccount.of(live, { network: 'n', reader });
}

async function tokenFor(reader: ReaderAccount, inUse?: string): Promise<string> {
  return (await reader.credentials(inUse, 5)).token;
}

test('a token that does not expire is used again', async () => {
  const token = await tokenFor(await account());
  expect(await tokenFor(await account())).toBe(token);
  expect(await tokenFor(await account(), token)).toBe(token);
  expect(server.secrets).toHaveLength(1);
});

test('a token that expires is kept until it is time to renew it', async () => {
  const reader = await account(90 * day);
  const token = await tokenFor(reader);
  expect(lifetimeOf(token)).toBeDefined();
  expect(await tokenFor(reader, token)).toBe(token);
  server.longest = 1;
  const short = await tokenFor(await account(90 * day));
  server.longest = Number.POSITIVE_INFINITY;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const renewed = await tokenFor(reader, short);
  expect(renewed).not.toBe(short);
  expect(server.secrets).toHaveLength(2);
});

test('a token of a Secret that was deleted is not kept', async () => {
  const reader = await account(90 * day);
  const token = await tokenFor(reader);
  const [secret = ''] = server.secrets;
  server.objects.delete(`/api/v1/namespaces/istio-system/secrets/${secret}`);
  expect(await tokenFor(reader, token)).not.toBe(token);
  expect(server.secrets).not.toContain(secret);
});

test('a token that does not expire is replaced by a rotation only, which revokes it', async () => {
  const cluster = { ...loneCluster(), reader: { warnBeforeExpiryDays: 7, tokenSeconds: 90 * day } };
  const token = await tokenFor(await account());
  const reader = await account(90 * day);
  expect(await tokenFor(reader, token)).toBe(token);
  expect(durationWarnings(cluster, token)[0]?.hint).toContain('rotate tokens c1');
  const { token: replacement } = await reader.replace(token, 5);
  expect(durationWarnings(cluster, replacement)).toEqual([]);
  await reader.revokeReplacements(token);
  expect(server.secrets).toHaveLength(1);
});

test('an API server that limits the time is named', async () => {
  server.longest = day;
  const cluster = { ...loneCluster(), reader: { warnBeforeExpiryDays: 7, tokenSeconds: 90 * day } };
  const token = await tokenFor(await account(90 * day));
  expect(durationWarnings(cluster, token)[0]?.message).toContain('valid for 1d, not for 90d');
});
