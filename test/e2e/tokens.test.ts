import { describe, expect, test } from 'vitest';
import { clusterSource } from './clusters';
import { commands } from './commands';
import { withContinuousCalls } from './continuous-calls';
import { syncedClusters } from './mesh-answers';
import { readerTokens, statusesWith } from './reader-tokens';
import { verifiedMesh } from './verified-mesh';

const clusters = ['cluster1', 'cluster2'];

describe.skipIf(clusterSource === undefined)('a rotation of tokens, on real clusters', () => {
  const workplace = verifiedMesh(clusters.length);
  const tokens = () => readerTokens(workplace(), clusters);
  const statuses = (of: readonly string[]) => statusesWith(of, workplace(), clusters);

  withContinuousCalls(workplace, clusters, () => {
    test('replaces the tokens of all clusters, and revokes the old ones', () => {
      const old = tokens();
      expect(statuses(old)).toEqual([200, 200]);
      workplace().run(commands.rotateTokens);
      expect(statuses(tokens())).toEqual([200, 200]);
      expect(statuses(old)).toEqual([401, 401]);
      for (const cluster of clusters) expect(syncedClusters(workplace(), cluster)).toEqual(clusters);
      workplace().run(commands.verify);
    });

    test('does not revoke a token while a cluster uses it', () => {
      const old = tokens();
      workplace().run('npx istio-mesh rotate tokens');
      expect(() => workplace().run('npx istio-mesh rotate tokens')).toThrow(/LIVE-ROTATION/);
      expect(statuses(old)).toEqual([200, 200]);
    });
  });
});
