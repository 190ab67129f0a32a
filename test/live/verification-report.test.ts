import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallsObservation, ClusterObservation, PeerObservation } from '../../src/live/observation';
import { type MeshObservation, verificationReport } from '../../src/live/verification-report';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { Mesh } from '../../src/mesh/mesh';
import { goodMesh, mesh } from './good-mesh';

/** The observation of a working mesh, with a change in one cluster. */
function withChange(
  name: string,
  change: (cluster: ClusterObservation) => ClusterObservation,
): MeshObservation {
  const good = goodMesh(mesh);
  return {
    ...good,
    clusters: good.clusters.map((cluster) => (cluster.cluster === name ? change(cluster) : cluster)),
  };
}

/** Removes the answers of one version to the calls of one cluster. */
function withoutAnswers(observation: MeshObservation, from: string, version: string): MeshObservation {
  const calls = observation.calls.map((call): CallsObservation => {
    if (call.from !== from) return call;
    const { [version]: _, ...answers } = call.answers;
    return { ...call, answers, failed: 2, lastFailure: 'upstream connect error' };
  });
  return { ...observation, calls };
}

/** The reported cause if cluster2 does not answer cluster1. */
function causeOf(observation: MeshObservation, peer: Partial<PeerObservation> = {}): string {
  const unanswered = withoutAnswers(observation, 'cluster1', 'v2');
  const peers = [{ from: 'cluster1', to: 'cluster2', ...peer }];
  const { problems } = verificationReport(mesh, mesh.clusters, { ...unanswered, peers });
  const missing = problems.filter(({ code }) => code === 'LIVE-NO-ANSWER');
  expect(missing).toHaveLength(1);
  expect(missing[0]?.location).toEqual({ file: 'cluster1' });
  return missing[0]?.message ?? '';
}

describe('verificationReport', () => {
  it('passes for a working mesh, and lists the answers', () => {
    const report = verificationReport(mesh, mesh.clusters, goodMesh(mesh));
    expect(report).toMatchObject({ meshID: 'mesh1', passed: true, problems: [], warnings: [] });
    expect(report.helloWorld).toEqual([
      { from: 'cluster1', answers: { cluster1: 1, cluster2: 1, cluster3: 1 }, failed: 0 },
      { from: 'cluster2', answers: { cluster1: 1, cluster2: 1, cluster3: 1 }, failed: 0 },
      { from: 'cluster3', answers: { cluster1: 1, cluster2: 0, cluster3: 1 }, failed: 0 },
    ]);
    expect(report.clusters[2]).toMatchObject({ cluster: 'cluster3', reads: { cluster1: 'synced' } });
  });

  it('has no answers if the mesh does not deploy HelloWorld', () => {
    const without = defineMesh({ meshID: 'm', clusters: [{ name: 'a', network: 'n' }] });
    const good = goodMesh(without);
    const report = verificationReport(without, without.clusters, { ...good, calls: [] });
    expect(report.passed).toBe(true);
    expect(report.helloWorld).toBeUndefined();
  });

  it('expects answers only from the selected clusters', () => {
    const selected = mesh.clusters.slice(1, 2).map((cluster) => ({ ...cluster, peers: [] }));
    const good = goodMesh(mesh);
    const part = { ...good, clusters: good.clusters.slice(1, 2), calls: good.calls.slice(1, 2) };
    expect(verificationReport(mesh, selected, part)).toMatchObject({
      passed: true,
      warnings: [],
      helloWorld: [{ from: 'cluster2', answers: { cluster2: 1 } }],
    });
  });

  it('compares root certificates', () => {
    const other = withChange('cluster2', (cluster) => withRoots(cluster, ['BB:BB']));
    const { problems } = verificationReport(mesh, mesh.clusters, other);
    expect(problems).toMatchObject([{ code: 'LIVE-ROOT', location: { file: 'cluster2' } }]);
    const both = withChange('cluster2', (cluster) => withRoots(cluster, ['BB:BB', 'AA:AA']));
    expect(verificationReport(mesh, mesh.clusters, both).passed).toBe(true);
    const unknown = withChange('cluster1', (cluster) => withRoots(cluster, []));
    expect(verificationReport(mesh, mesh.clusters, unknown).passed).toBe(true);
  });
});

describe('the cause of a missing answer', () => {
  const good = goodMesh(mesh);
  const bare = [{ name: 'p', ready: true, sidecar: false }];

  it.each<[string, MeshObservation, Partial<PeerObservation>, RegExp]>([
    [
      'a cluster that could not be observed',
      withChange('cluster2', ({ cluster }) => ({ cluster, problems: [] })),
      {},
      /cluster2 could not/,
    ],
    [
      'a HelloWorld that does not exist',
      withChange('cluster2', (c) => withPods(c, { servers: [] })),
      {},
      /HelloWorld of cluster2/,
    ],
    [
      'an istiod that has not read the peer',
      withChange('cluster1', withoutRemotes),
      {},
      /istiod of cluster1 has not read cluster2/,
    ],
    [
      'a wrong network label',
      withChange('cluster2', (c) => ({
        ...c,
        controlPlane: c.controlPlane && { ...c.controlPlane, network: 'x' },
      })),
      {},
      /another network/,
    ],
    [
      'a gateway without an address',
      withChange('cluster2', withoutAddress),
      {},
      /network2 has no east-west gateway/,
    ],
    [
      'another root certificate',
      withChange('cluster2', (c) => withRoots(c, ['BB'])),
      {},
      /different root certificates/,
    ],
    [
      'a client without a sidecar',
      withChange('cluster1', (c) => withPods(c, { clients: bare })),
      {},
      /pod in cluster1 has no sidecar/,
    ],
    [
      'a server without a sidecar',
      withChange('cluster2', (c) => withPods(c, { servers: bare })),
      {},
      /pod in cluster2 has no sidecar/,
    ],
    [
      'an unreachable gateway',
      good,
      { gateway: { reason: 'a:15443 does not answer' } },
      /cannot be reached from cluster1: a:15443/,
    ],
    ['an unknown endpoint', good, { endpointKnown: false, gateway: 'reachable' }, /has no endpoint/],
    [
      'unknown if no check found a problem',
      good,
      { endpointKnown: true, gateway: 'reachable' },
      /no check found a problem.*upstream connect error/,
    ],
  ])('is %s', (_, observation, peer, cause) => {
    expect(causeOf(observation, peer)).toMatch(cause);
  });

  it('is the client if no call was possible', () => {
    const unready = withChange('cluster1', (c) =>
      withPods(c, { clients: [{ name: 'c', ready: false, sidecar: true }] }),
    );
    const calls = unready.calls.filter(({ from }) => from !== 'cluster1');
    const { problems } = verificationReport(mesh, mesh.clusters, { ...unready, calls });
    const missing = problems.filter(({ code }) => code === 'LIVE-NO-ANSWER');
    expect(missing.map(({ message }) => /the client is not ready/.test(message))).toEqual([true, true, true]);
  });

  it('is not a gateway if both clusters share a network', () => {
    const observation = withChange('cluster2', withoutAddress);
    const withPeer = mesh.clusters.map((c) => (c.name === 'cluster3' ? { ...c, peers: ['cluster2'] } : c));
    const { problems } = verificationReport(mesh, withPeer, observation);
    const missing = problems.find(
      ({ code, location }) => code === 'LIVE-NO-ANSWER' && location.file === 'cluster3',
    );
    expect(missing?.message).not.toMatch(/gateway/);
  });
});

describe('any mesh', () => {
  const meshes: fc.Arbitrary<Mesh> = fc
    .array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 6 })
    .map((networks) =>
      defineMesh({
        meshID: 'mesh1',
        clusters: networks.map((network, index) => ({ name: `c${index}`, network: `n${network}` })),
        verification: { helloWorld: 'enabled' },
      }),
    );

  it('passes if it works', () => {
    fc.assert(
      fc.property(meshes, (any) => {
        expect(verificationReport(any, any.clusters, goodMesh(any)).passed).toBe(true);
      }),
    );
  });

  it('fails with one problem if one answer is missing', () => {
    fc.assert(
      fc.property(meshes, fc.nat(), fc.nat(), (any, caller, answerer) => {
        const from = any.clusters[caller % any.clusters.length]?.name ?? '';
        const version = `v${(answerer % any.clusters.length) + 1}`;
        const report = verificationReport(any, any.clusters, withoutAnswers(goodMesh(any), from, version));
        expect(report.passed).toBe(false);
        expect(report.problems).toMatchObject([{ code: 'LIVE-NO-ANSWER', location: { file: from } }]);
      }),
    );
  });
});

function withRoots(cluster: ClusterObservation, rootCertificates: readonly string[]): ClusterObservation {
  return { ...cluster, controlPlane: cluster.controlPlane && { ...cluster.controlPlane, rootCertificates } };
}

function withPods(
  cluster: ClusterObservation,
  change: Partial<NonNullable<ClusterObservation['helloWorld']>>,
): ClusterObservation {
  return { ...cluster, helloWorld: cluster.helloWorld && { ...cluster.helloWorld, ...change } };
}

function withoutRemotes(cluster: ClusterObservation): ClusterObservation {
  const replicas = [{ pod: 'istiod-1', remoteClusters: [] }];
  return { ...cluster, controlPlane: cluster.controlPlane && { ...cluster.controlPlane, replicas } };
}

function withoutAddress(cluster: ClusterObservation): ClusterObservation {
  const { controlPlane } = cluster;
  const gateway = controlPlane?.gateway && { ...controlPlane.gateway, addresses: [] };
  return { ...cluster, controlPlane: controlPlane && { ...controlPlane, gateway } };
}
