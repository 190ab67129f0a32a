import { describe, expect, it } from 'vitest';
import { parseVersion } from '../../src/live/istiod-state';
import { proxiesOf } from '../../src/live/proxy';
import { secondRevisionWarnings, skewWarnings } from '../../src/live/versions';
import { clusterOf } from './good-mesh';
import { goodState, istiod, proxyPod } from './good-state';

const cluster = clusterOf('cluster1');
const good = goodState(cluster);

describe('parseVersion', () => {
  it.each([
    ['1.31.0-unknown-Clean', '1.31.0'],
    ['1.30.0-20260423-b01690e6db7d-snapshot-not-a-release-Clean', '1.30.0-20260423'],
    ['1.31.0-rc.1-0123abc-Modified', '1.31.0-rc.1'],
    ['unknown', 'unknown'],
  ])('reads %s as %s, as proxies report it', (text, version) => {
    expect(parseVersion(text)).toBe(version);
  });
});

describe('warnings', () => {
  it('name the workloads of a second control plane', () => {
    const state = {
      ...good,
      istiods: [istiod(cluster), istiod(cluster, 'old', '1.30.3')],
      proxies: proxiesOf([proxyPod('sample', 'curl'), proxyPod('late', 'web', 'old')]),
    };
    expect(secondRevisionWarnings(state)).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/revision old, version 1\.30\.3.*deployment late\/web/),
        hint: expect.stringContaining('kubectl -n late rollout restart deployment web'),
      }),
    ]);
  });

  it('name clusters of different versions', () => {
    const second = goodState(clusterOf('cluster2'));
    const older = { ...second, istiods: [istiod(second.cluster, 'default', '1.30.3')] };
    expect(skewWarnings([good, second])).toEqual([]);
    expect(skewWarnings([good, older])).toEqual([
      expect.objectContaining({ message: expect.stringContaining('cluster1 1.31.0, cluster2 1.30.3') }),
    ]);
  });
});
