import { describe, expect, it } from 'vitest';
import { clusterProblems, clusterWarnings } from '../../src/live/cluster-problems';
import type {
  ClusterObservation,
  ControlPlaneObservation,
  GatewayObservation,
  HelloWorldObservation,
  RemoteSecretObservation,
} from '../../src/live/observation';
import { injectionObstacle } from '../../src/live/observe-pods';
import { clusterOf, goodCluster } from './good-mesh';

const cluster = clusterOf('cluster1');
const good = goodCluster(cluster);

function withControlPlane(change: Partial<ControlPlaneObservation>): ClusterObservation {
  return { ...good, controlPlane: good.controlPlane && { ...good.controlPlane, ...change } };
}

function withGateway(change: Partial<GatewayObservation>): ClusterObservation {
  const gateway = good.controlPlane?.gateway;
  return withControlPlane({ gateway: gateway && { ...gateway, ...change } });
}

function withPods(change: Partial<HelloWorldObservation>): ClusterObservation {
  return { ...good, helloWorld: good.helloWorld && { ...good.helloWorld, ...change } };
}

function replica(...remote: [id: string, syncStatus: string, secretName?: string][]) {
  const remoteClusters = remote.map(([id, syncStatus, secretName = `istio-system/secret-of-${id}`]) => ({
    id,
    syncStatus,
    secretName,
  }));
  return { pod: 'istiod-1', remoteClusters };
}

const synced = replica(['cluster2', 'synced'], ['cluster3', 'synced']);
const pod = { name: 'pod-1', ready: true, sidecar: true, ambient: false };

describe('clusterProblems', () => {
  it('finds no problem in a working cluster', () => {
    expect(clusterProblems(cluster, good)).toEqual([]);
  });

  it.each<[string, ClusterObservation, string, RegExp]>([
    ['no network', withControlPlane({ network: undefined }), 'LIVE-NETWORK', /no network/],
    ['another network', withControlPlane({ network: 'network9' }), 'LIVE-NETWORK', /network9/],
    ['no istiod', withControlPlane({ istiod: undefined, replicas: [] }), 'LIVE-ISTIOD', /no istiod/],
    [
      'an istiod whose newest pods are not ready',
      withControlPlane({ istiod: { desired: 3, ready: 2 } }),
      'LIVE-ISTIOD',
      /2 of 3/,
    ],
    [
      'an istiod with zero replicas',
      withControlPlane({ istiod: { desired: 0, ready: 0 } }),
      'LIVE-ISTIOD',
      /0 of 0/,
    ],
    [
      'an istiod with another cluster ID',
      withControlPlane({ replicas: [replica(['Kubernetes', 'synced', ''], ...syncedPeers())] }),
      'LIVE-CLUSTER-ID',
      /Kubernetes/,
    ],
    [
      'a gateway that does not work',
      withGateway({ problems: [{ message: 'It has no address.', hint: 'Wait.', mayPass: true }] }),
      'LIVE-GATEWAY',
      /no address/,
    ],
    [
      'no ClusterRoleBinding for the reader account',
      withControlPlane({ readerBound: false }),
      'LIVE-READER',
      /ClusterRoleBinding/,
    ],
    [
      'a peer without a remote secret',
      withControlPlane({ replicas: [replica(['cluster3', 'synced'])] }),
      'LIVE-SYNC',
      /cluster2: no remote secret/,
    ],
    [
      'one replica of two that timed out',
      withControlPlane({ replicas: [synced, replica(['cluster2', 'timeout'], ['cluster3', 'synced'])] }),
      'LIVE-SYNC',
      /cluster2: synced, timeout/,
    ],
    ['no HelloWorld', withPods({ servers: [] }), 'LIVE-HELLO-WORLD', /HelloWorld does not exist/],
    ['no client', withPods({ clients: [] }), 'LIVE-HELLO-WORLD', /client .* does not exist/],
    [
      'a HelloWorld that is not ready',
      withPods({ servers: [{ ...pod, ready: false }] }),
      'LIVE-HELLO-WORLD',
      /ready/,
    ],
    [
      'a pod without a sidecar',
      withPods({ clients: [{ ...pod, sidecar: false, ambient: false }] }),
      'LIVE-SIDECAR',
      /pod-1/,
    ],
  ])('finds %s', (_, observation, code, message) => {
    const problems = clusterProblems(cluster, observation);
    expect(problems).toMatchObject([{ code, location: { file: 'cluster1' } }]);
    expect(problems[0]?.message).toMatch(message);
  });

  it('says what excludes a pod from injection, which deleting the pod does not change', () => {
    const notInjected = 'the label sidecar.istio.io/inject: "false"';
    const servers = [{ ...pod, sidecar: false, notInjected }];
    const [problem] = clusterProblems(cluster, withPods({ servers }));
    expect(problem?.message).toContain(`it has ${notInjected}.`);
    expect(problem?.hint).toMatch(/^Remove the label .* from the pod template/);
    expect(problem?.hint).not.toMatch(/delete the pod/);
  });

  it.each([
    [{ metadata: { labels: { 'sidecar.istio.io/inject': 'false' } } }, /^the label/],
    [{ metadata: { annotations: { 'sidecar.istio.io/inject': 'false' } } }, /^the annotation/],
    [{ spec: { containers: [], hostNetwork: true } }, /^hostNetwork: true/],
  ])('finds what excludes a pod from injection: %j', (excluded, obstacle) => {
    expect(injectionObstacle(excluded)).toMatch(obstacle);
    expect(
      injectionObstacle({ metadata: { labels: { 'sidecar.istio.io/inject': 'true' } } }),
    ).toBeUndefined();
  });

  it('does not report remote secrets while no istiod is ready', () => {
    const codes = clusterProblems(
      cluster,
      withControlPlane({ istiod: { desired: 1, ready: 0 }, replicas: [] }),
    ).map(({ code }) => code);
    expect(codes).toEqual(['LIVE-ISTIOD']);
  });

  it('leaves an unread peer whose remote secret does not work to the problem of the Secret', () => {
    const replicas = [replica(['cluster2', 'timeout'], ['cluster3', 'synced'])];
    const secret = (problems: RemoteSecretObservation['problems']) => ({
      ...withControlPlane({ replicas }),
      remoteSecrets: [{ peer: 'cluster2', secret: 'istio-remote-secret-cluster2', problems, differs: [] }],
    });
    const broken = secret([{ message: 'It is locked.', hint: 'Open it.', mayPass: false }]);
    expect(clusterProblems(cluster, broken)).toEqual([]);
    expect(clusterProblems(cluster, secret([]))).toMatchObject([{ code: 'LIVE-SYNC', mayPass: true }]);
  });

  it('restarts only istiod of the revision, not everything in its namespace', () => {
    const observation = withControlPlane({ replicas: [replica(['cluster3', 'synced'])] });
    const hintFor = (revision: string) =>
      clusterProblems({ ...cluster, istio: { ...cluster.istio, revision } }, observation)[0]?.hint;
    expect(hintFor('default')).toMatch(/rollout restart deployment istiod\.$/);
    expect(hintFor('canary')).toMatch(/rollout restart deployment istiod-canary\.$/);
  });
});

describe('clusterWarnings', () => {
  it('reports each cluster once that istiod reads and that is not a peer', () => {
    const unexpected = replica(['cluster1', 'synced', ''], ...syncedPeers(), ['gone', 'timeout']);
    const warnings = clusterWarnings(cluster, withControlPlane({ replicas: [unexpected, unexpected] }));
    expect(warnings).toMatchObject([{ code: 'LIVE-STRAY' }]);
    expect(warnings[0]?.hint).toContain('istio-system/secret-of-gone');
    expect(clusterWarnings(cluster, good)).toEqual([]);
  });
});

function syncedPeers(): [string, string][] {
  return [
    ['cluster2', 'synced'],
    ['cluster3', 'synced'],
  ];
}

describe('clusterProblems in ambient mode', () => {
  const ambient = {
    ...cluster,
    dataPlane: 'ambient' as const,
    helloWorld: { dataPlane: 'ambient' as const, scope: 'global' as const },
  };
  const redirected = { ...pod, sidecar: false, ambient: true };

  it('finds no problem in pods without sidecars', () => {
    const observation = withPods({ servers: [redirected], clients: [redirected] });
    expect(clusterProblems(ambient, observation)).toEqual([]);
  });

  it.each([
    ['a sidecar', { ...redirected, sidecar: true, ambient: false }, /has a sidecar/, false],
    ['no redirection', { ...redirected, ambient: false }, /does not redirect/, false],
  ])('finds a pod with %s', (_, client, message, mayPass) => {
    const observation = withPods({ servers: [redirected], clients: [client] });
    expect(clusterProblems(ambient, observation)).toMatchObject([
      { code: 'LIVE-AMBIENT', message: expect.stringMatching(message), mayPass },
    ]);
  });
});
