import { describe, expect, test } from 'vitest';
import { clusterSource } from './clusters';
import { commands } from './commands';
import { withContinuousCalls } from './continuous-calls';
import { syncedClusters } from './mesh-answers';
import { readerTokens, statusesWith } from './reader-tokens';
import { verifiedMesh } from './verified-mesh';

const clusters = ['cluster1', 'cluster2'];

/** The shortest life of a token that API servers grant, in milliseconds. */
const shortestLife = 10 * 60_000;

describe.skipIf(clusterSource === undefined)('tokens that expire, on real clusters', () => {
  const workplace = verifiedMesh(clusters.length, (mesh) => mesh.setIn(['reader', 'tokenDuration'], '10m'));
  const tokens = () => readerTokens(workplace(), clusters);
  const statuses = (of: readonly string[]) => statusesWith(of, workplace(), clusters);

  withContinuousCalls(workplace, clusters, () => {
    test('are renewed when a third of their life is left', { timeout: 2 * shortestLife }, async () => {
      const old = tokens();
      workplace().run(refresh);
      expect(tokens()).toEqual(old);
      const renewed = () => {
        workplace().run(refresh);
        return tokens().filter((token) => old.includes(token));
      };
      await expect.poll(renewed, { timeout: shortestLife, interval: 15_000 }).toEqual([]);
      expect(statuses(old)).toEqual([200, 200]);
      workplace().run(commands.apply);
      await expect.poll(() => statuses(old), { timeout: shortestLife, interval: 5000 }).toEqual([401, 401]);
      workplace().run(commands.verify);
      for (const cluster of clusters) expect(syncedClusters(workplace(), cluster)).toEqual(clusters);
    });
  });
});

const refresh = 'npx istio-mesh join --refresh && npx istio-mesh synth';
