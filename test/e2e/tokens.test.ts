import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { clusterSource } from './clusters';
import { commands } from './commands';
import { withContinuousCalls } from './continuous-calls';
import { syncedClusters } from './mesh-answers';
import { verifiedMesh } from './verified-mesh';
import type { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];

describe.skipIf(clusterSource === undefined)('a rotation of tokens, on real clusters', () => {
  const workplace = verifiedMesh(clusters.length);

  withContinuousCalls(workplace, clusters, () => {
    test('replaces the tokens of all clusters, and revokes the old ones', () => {
      const old = clusters.map((cluster) => tokenOf(workplace(), cluster));
      expect(old.map((token, index) => statusWith(token, index))).toEqual([200, 200]);
      workplace().run(commands.rotateTokens);
      const current = clusters.map((cluster) => tokenOf(workplace(), cluster));
      expect(current.map((token, index) => statusWith(token, index))).toEqual([200, 200]);
      expect(old.map((token, index) => statusWith(token, index))).toEqual([401, 401]);
      for (const cluster of clusters) expect(syncedClusters(workplace(), cluster)).toEqual(clusters);
      workplace().run(commands.verify);
    });

    test('does not revoke a token while a cluster uses it', () => {
      const old = clusters.map((cluster) => tokenOf(workplace(), cluster));
      workplace().run('npx istio-mesh rotate tokens');
      expect(() => workplace().run('npx istio-mesh rotate tokens')).toThrow(/LIVE-ROTATION/);
      expect(old.map((token, index) => statusWith(token, index))).toEqual([200, 200]);
    });
  });

  /** The HTTP status with which the API server of a cluster answers a list of Services. */
  function statusWith(token: string, index: number): number {
    const { server } = remoteOf(workplace(), clusters[index] ?? '').clusters[0].cluster;
    const request = `curl -sS -k -o answer.json -w '%{http_code}' -H @- ${server}/api/v1/services?limit=1`;
    return Number(workplace().run(`${request} <<< 'Authorization: Bearer ${token}'`));
  }
});

function remoteOf({ folder }: Workplace, cluster: string) {
  return parse(readFileSync(join(folder, `remotes/${cluster}.yaml`), 'utf8'));
}

function tokenOf(workplace: Workplace, cluster: string): string {
  return remoteOf(workplace, cluster).users[0].user.token;
}
