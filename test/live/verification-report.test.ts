import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lasting, problemOf } from '../../src/live/live-problem';
import type {
  CallsObservation,
  ClusterObservation,
  MeshObservation,
  PeerObservation,
} from '../../src/live/observation';
import { verificationReport } from '../../src/live/verification-report';
import type { DataPlane } from '../../src/mesh/data-plane';
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
    const [all, failed] = [{ cluster1: 1, cluster2: 1, cluster3: 1 }, 0];
    expect(report.helloWorld).toEqual([
      { from: 'cluster1', answers: all, expected: ['cluster1', 'cluster2', 'cluster3'], failed },
      { from: 'cluster2', answers: all, expected: ['cluster2', 'cluster1', 'cluster3'], failed },
      { from: 'cluster3', answers: { ...all, cluster2: 0 }, expected: ['cluster3', 'cluster1'], failed },
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

  it('expects answers from the own cluster only while HelloWorld is local', () => {
    const local = defineMesh({
      meshID: 'mesh1',
      dataPlane: 'both',
      clusters: ['a', 'b'].map((name) => ({ name, network: name })),
      verification: { helloWorld: 'enabled', scope: 'local' },
    });
    const { helloWorld = [] } = verificationReport(local, local.clusters, goodMesh(local));
    expect(helloWorld.map(({ expected }) => expected)).toEqual([['a'], ['b']]);
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

  it.each<[string, MeshObservation, Partial<PeerObservation>, RegExp]>([
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

  it('is in the logs of ztunnel if the client is in ambient mode', () => {
    const hintWith = (dataPlane: DataPlane) => {
      const lone = defineMesh({
        meshID: 'mesh1',
        clusters: [{ name: 'cluster1', network: 'network1', dataPlane }],
        verification: { helloWorld: 'enabled' },
      });
      const unanswered = withoutAnswers(goodMesh(lone), 'cluster1', 'v1');
      return verificationReport(lone, lone.clusters, unanswered).problems[0]?.hint;
    };
    expect(hintWith('sidecar')).toContain(
      'kubectl -n sample logs deployment/curl -c istio-proxy in cluster1',
    );
    expect(hintWith('ambient')).toContain('kubectl -n istio-system logs daemonset/ztunnel in cluster1');
  });

  const bare = [{ name: 'p', ready: true, sidecar: false, ambient: false }];
  const absent: ClusterObservation['problems'] = [
    { code: 'LIVE-KUBECONFIG', location: {}, message: 'It is not there.', hint: 'Write it.', mayPass: false },
  ];

  it.each<[string, MeshObservation, string]>([
    [
      'a cluster that could not be observed',
      withChange('cluster2', ({ cluster }) => ({ cluster, problems: absent })),
      'LIVE-KUBECONFIG',
    ],
    [
      'a HelloWorld that does not exist',
      withChange('cluster2', (c) => withPods(c, { servers: [] })),
      'LIVE-HELLO-WORLD',
    ],
    ['an istiod that has not read the peers', withChange('cluster1', withoutRemotes), 'LIVE-SYNC'],
    [
      'a wrong network label',
      withChange('cluster2', (c) => ({
        ...c,
        controlPlane: c.controlPlane && { ...c.controlPlane, network: 'x' },
      })),
      'LIVE-NETWORK',
    ],
    [
      'discovery selectors that hide HelloWorld',
      withChange('cluster2', (c) => ({
        ...c,
        problems: [problemOf('cluster2', 'LIVE-MESH-CONFIG', lasting('They hide it.', 'Add one.'))],
      })),
      'LIVE-MESH-CONFIG',
    ],
    ['a gateway without an address', withChange('cluster2', withoutAddress), 'LIVE-GATEWAY'],
    ['another root certificate', withChange('cluster2', (c) => withRoots(c, ['BB'])), 'LIVE-ROOT'],
    [
      'a client without a sidecar',
      withChange('cluster1', (c) => withPods(c, { clients: bare })),
      'LIVE-SIDECAR',
    ],
    [
      'a server without a sidecar',
      withChange('cluster2', (c) => withPods(c, { servers: bare })),
      'LIVE-SIDECAR',
    ],
  ])('is not said a second time: %s', (_, observation, code) => {
    const unanswered = withoutAnswers(observation, 'cluster1', 'v2');
    const { passed, problems } = verificationReport(mesh, mesh.clusters, unanswered);
    expect(passed).toBe(false);
    expect(new Set(problems.map((problem) => problem.code))).toEqual(new Set([code]));
  });

  it('is never left out: without another problem, the missing answer is one', () => {
    const calls = good.calls.filter(({ from }) => from !== 'cluster1');
    const { passed, problems } = verificationReport(mesh, mesh.clusters, { ...good, calls });
    expect(passed).toBe(false);
    expect(problems).toMatchObject([{ code: 'LIVE-NO-ANSWER', location: { file: 'cluster1' } }]);
  });

  it('is said once for all clusters that it concerns', () => {
    const inbound = [{ message: 'A policy denies all.', hint: 'Delete it.', mayPass: false }];
    const policies = { cluster1: { inbound, outbound: [], gateway: [], authorization: [] } };
    const unanswered = withoutAnswers(withoutAnswers(good, 'cluster2', 'v1'), 'cluster3', 'v1');
    const { problems } = verificationReport(mesh, mesh.clusters, { ...unanswered, policies });
    expect(problems).toMatchObject([
      {
        code: 'LIVE-NO-ANSWER',
        message: 'HelloWorld of cluster1 has not answered cluster2 and cluster3: A policy denies all.',
        hint: 'Delete it.',
      },
    ]);
  });

  it('is reported even if an old connection still brings answers', () => {
    const handshake = { reason: 'a:15443 closes the connection' };
    const peers = [{ from: 'cluster1', to: 'cluster2', gateway: 'reachable' as const, handshake }];
    const { passed, problems } = verificationReport(mesh, mesh.clusters, { ...good, peers });
    expect(passed).toBe(false);
    expect(problems[0]?.message).toMatch(/only over connections that were open already: .* closes/);
  });

  it('is unknown where no new connection was tried, which a warning says once for all peers', () => {
    const untried = 'container istio-proxy of pod sample/curl-1 does not run nc';
    const peers = ['cluster2', 'cluster3'].map((to) => ({ from: 'cluster1', to, untried }));
    const { passed, warnings } = verificationReport(mesh, mesh.clusters, { ...good, peers });
    expect(passed).toBe(true);
    expect(warnings).toMatchObject([{ code: 'LIVE-NO-ANSWER', location: { file: 'cluster1' } }]);
    expect(warnings[0]?.message).toMatch(/cluster2 and cluster3 were not tested: .* does not run nc\./);
    expect(warnings[0]?.hint).toMatch(/rollout restart deployment curl/);
  });

  it('is an identity of another trust domain, or a certificate of another root', () => {
    const peersWith = (identity: string, trusted: boolean) => [
      { from: 'cluster1', to: 'cluster2', gateway: 'reachable' as const, handshake: { identity, trusted } },
    ];
    const messageOf = (identity: string, trusted: boolean) =>
      verificationReport(mesh, mesh.clusters, { ...good, peers: peersWith(identity, trusted) }).problems[0]
        ?.message;
    const identity = 'spiffe://cluster.local/ns/sample/sa/default';
    expect(messageOf(identity, true)).toBeUndefined();
    expect(messageOf(identity, false)).toMatch(/root certificate of cluster1 does not verify/);
    expect(messageOf('spiffe://other/ns/sample/sa/default', true)).toMatch(/trust domain cluster\.local/);
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
  const problems = [{ message: 'It has no address.', hint: 'Wait.', mayPass: true }];
  const gateway = controlPlane?.gateway && { ...controlPlane.gateway, addresses: [], problems };
  return { ...cluster, controlPlane: controlPlane && { ...controlPlane, gateway } };
}
