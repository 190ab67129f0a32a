import { describe, expect, it } from 'vitest';
import { clusterProblems, clusterWarnings } from '../../src/live/cluster-problems';
import type {
  ClusterObservation,
  ControlPlaneObservation,
  GatewayObservation,
  HelloWorldObservation,
  PeerObservation,
} from '../../src/live/observation';
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
const pod = { name: 'pod-1', ready: true, sidecar: true };

describe('clusterProblems', () => {
  it('finds none where all is well', () => {
    expect(clusterProblems(cluster, good)).toEqual([]);
  });

  it.each<[string, ClusterObservation, string, RegExp]>([
    ['no network', withControlPlane({ network: undefined }), 'LIVE-NETWORK', /no network/],
    ['another network', withControlPlane({ network: 'network9' }), 'LIVE-NETWORK', /network9/],
    ['no istiod', withControlPlane({ istiod: undefined, replicas: [] }), 'LIVE-ISTIOD', /no istiod/],
    [
      'an istiod whose newest pods do not get ready',
      withControlPlane({ istiod: { desired: 3, ready: 2 } }),
      'LIVE-ISTIOD',
      /2 of 3/,
    ],
    [
      'an istiod scaled to nothing',
      withControlPlane({ istiod: { desired: 0, ready: 0 } }),
      'LIVE-ISTIOD',
      /0 of 0/,
    ],
    [
      'an istiod that has another name for its cluster',
      withControlPlane({ replicas: [replica(['Kubernetes', 'synced', ''], ...pairs())] }),
      'LIVE-CLUSTER-ID',
      /Kubernetes/,
    ],
    ['no gateway', withControlPlane({ gateway: undefined }), 'LIVE-GATEWAY', /no east-west gateway/],
    ['a gateway without pods', withGateway({ pods: { desired: 1, ready: 0 } }), 'LIVE-GATEWAY', /no pod/],
    ['a gateway without address', withGateway({ addresses: [] }), 'LIVE-GATEWAY', /no address/],
    ['a gateway that is closed', withGateway({ passthrough: false }), 'LIVE-GATEWAY', /AUTO_PASSTHROUGH/],
    [
      'no rights for the reader',
      withControlPlane({ readerBound: false }),
      'LIVE-READER',
      /ClusterRoleBinding/,
    ],
    [
      'a peer without remote secret',
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
    ['no HelloWorld', withPods({ servers: [] }), 'LIVE-HELLO-WORLD', /HelloWorld is not there/],
    ['no client', withPods({ clients: [] }), 'LIVE-HELLO-WORLD', /client .* is not there/],
    [
      'a HelloWorld that starts',
      withPods({ servers: [{ ...pod, ready: false }] }),
      'LIVE-HELLO-WORLD',
      /ready/,
    ],
    ['a pod without sidecar', withPods({ clients: [{ ...pod, sidecar: false }] }), 'LIVE-SIDECAR', /pod-1/],
  ])('finds %s', (_, observation, code, found) => {
    const problems = clusterProblems(cluster, observation);
    expect(problems).toMatchObject([{ code, location: { file: 'cluster1' } }]);
    expect(problems[0]?.message).toMatch(found);
  });

  it('asks no gateway of a cluster that is to have none, and no address of one without load balancer', () => {
    const third = clusterOf('cluster3');
    expect(clusterProblems(third, goodCluster(third))).toEqual([]);
    expect(clusterProblems(cluster, withGateway({ type: 'NodePort', addresses: [] }))).toEqual([]);
  });

  it('does not blame remote secrets while there is no istiod to read them', () => {
    const codes = clusterProblems(
      cluster,
      withControlPlane({ istiod: { desired: 1, ready: 0 }, replicas: [] }),
    ).map(({ code }) => code);
    expect(codes).toEqual(['LIVE-ISTIOD']);
  });

  it('says of a peer that is not read what trying its remote secret showed', () => {
    const remedyFor = (syncStatus: string | undefined, remoteSecret: PeerObservation['remoteSecret']) => {
      const status = syncStatus === undefined ? [] : ([['cluster2', syncStatus]] as [string, string][]);
      const seen = withControlPlane({ replicas: [replica(...status, ['cluster3', 'synced'])] });
      const peer = { from: 'cluster1', to: 'cluster2', remoteSecret };
      const [problem] = clusterProblems(cluster, seen, [peer]);
      return `${problem?.message} ${problem?.hint}`;
    };
    expect(remedyFor('timeout', { code: 'LIVE-UNAUTHORIZED', fault: 'It is locked.' })).toMatch(
      /timeout\. It is locked\. .*join --cluster cluster2/,
    );
    expect(remedyFor('timeout', { code: 'LIVE-FORBIDDEN', fault: 'No.' })).toMatch(
      /control plane of cluster2/,
    );
    expect(remedyFor('timeout', { code: 'LIVE-UNREACHABLE', fault: 'No.' })).toMatch(/server: of cluster2/);
    expect(remedyFor('timeout', 'opens')).toMatch(/pods of cluster1 can reach/);
    expect(remedyFor(undefined, 'opens')).toMatch(/Restart istiod of cluster1/);
  });
});

describe('clusterWarnings', () => {
  it('names each cluster once that is read and is not a peer', () => {
    const stray = replica(['cluster1', 'synced', ''], ...pairs(), ['gone', 'timeout']);
    const warnings = clusterWarnings(cluster, withControlPlane({ replicas: [stray, stray] }));
    expect(warnings).toMatchObject([{ code: 'LIVE-STRAY' }]);
    expect(warnings[0]?.hint).toContain('istio-system/secret-of-gone');
    expect(clusterWarnings(cluster, good)).toEqual([]);
  });
});

function pairs(): [string, string][] {
  return [
    ['cluster2', 'synced'],
    ['cluster3', 'synced'],
  ];
}
