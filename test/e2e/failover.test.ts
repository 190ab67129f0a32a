import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { awaitRollouts } from './apply-mesh';
import { clusterSource } from './clusters';
import { ServiceCalls } from './service-calls';
import { shop } from './shop';
import { verifiedMesh } from './verified-mesh';

const clusters = ['cluster1', 'cluster2'];

/** How long a network is down, in milliseconds. */
const outage = 60_000;

/** The calls that find out that a network is down, at the beginning and again when the pause of its pods ends. */
const mostLostCalls = 5;

describe.skipIf(clusterSource !== 'lab')('failover', () => {
  const workplace = verifiedMesh(clusters.length, (mesh) =>
    mesh.setIn(
      ['services'],
      [
        { name: 'checkout', namespace: 'shop', failover: 'enabled' },
        { name: 'search', namespace: 'shop', failover: { failoverPriority: [] } },
      ],
    ),
  );

  let started: ServiceCalls[] = [];

  function callsTo(service: string): ServiceCalls {
    const calls = new ServiceCalls(workplace(), 'cluster1', `${service}.shop`);
    started.push(calls);
    return calls;
  }

  afterEach(async () => {
    await Promise.all(started.map((calls) => calls.stop()));
    started = [];
  });

  beforeAll(() => {
    for (const [index, cluster] of clusters.entries()) {
      workplace().kubectl(cluster, `apply -f - <<< '${JSON.stringify(shop(`v${index + 1}`))}'`);
    }
    for (const cluster of clusters) awaitRollouts(workplace(), cluster, 'shop');
  });

  test('leads from the own cluster to another one, and back', async () => {
    await expectAnswersFrom('v1');
    workplace().kubectl('cluster1', '-n shop scale deployment shop --replicas=0');
    await expectAnswersFrom('v2');
    workplace().kubectl('cluster1', '-n shop scale deployment shop --replicas=1');
    awaitRollouts(workplace(), 'cluster1', 'shop');
    await expectAnswersFrom('v1');
  });

  test('leaves a network that is down, unlike Istio by itself', { timeout: 3 * outage }, async () => {
    const [search, withoutPolicy] = [callsTo('search'), callsTo('plain')];
    const versions = () => [search.versions, withoutPolicy.versions];
    const both = ['v1', 'v2'];
    await expect.poll(versions, { timeout: 30_000, interval: 1000 }).toEqual([both, both]);
    execFileSync('ip', ['link', 'set', 'lab2', 'down']);
    try {
      await delay(outage);
    } finally {
      execFileSync('ip', ['link', 'set', 'lab2', 'up']);
    }
    const lost = search.failures.length;
    expect(search.calls.length).toBeGreaterThan(outage / 1000);
    expect(lost).toBeLessThanOrEqual(mostLostCalls);
    expect(withoutPolicy.failures.length).toBeGreaterThan(lost);
    console.log(
      `search: ${lost} of ${search.calls.length} calls failed; ` +
        `without a policy: ${withoutPolicy.failures.length} of ${withoutPolicy.calls.length}`,
    );
  });

  /** The versions that answer the last of some calls from cluster1. */
  async function expectAnswersFrom(version: string): Promise<void> {
    const answers = () => new Set(call(10));
    await expect.poll(answers, { timeout: 60_000, interval: 1000 }).toEqual(new Set([version]));
  }

  function call(times: number): string[] {
    const loop = `for i in $(seq ${times}); do curl -sS --max-time 5 checkout.shop:5000/hello || true; done`;
    const output = workplace().kubectl('cluster1', `-n sample exec deploy/curl -c curl -- sh -c '${loop}'`);
    return [...output.matchAll(/version: (v\d+)/g)].map(([, version = '']) => version);
  }
});
