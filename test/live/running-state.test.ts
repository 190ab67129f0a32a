import { describe, expect, it } from 'vitest';
import type { ClusterState } from '../../src/live/cluster-state';
import { proxiesOf } from '../../src/live/proxy';
import { certificatesIn } from '../../src/live/proxy-secrets';
import { type RunningContext, runningProblems } from '../../src/live/running-state';
import { issue } from '../remotes/key-pair';
import { clusterOf, mesh } from './good-mesh';
import { caSecret, goodState, injector, istiod, proxyPod, rootConfigMap } from './good-state';

const cluster = clusterOf('cluster1');
const good = goodState(cluster);
const other = issue('other');
const otherRoots = certificatesIn(other.certificate);
const enabled = { 'istio-injection': 'enabled' };

function context(states: readonly ClusterState[], now = new Date()): RunningContext {
  return { states, written: new Map(), now };
}

function problemsOf(change: Partial<ClusterState>, now = new Date()): string[] {
  const state = { ...good, ...change };
  return runningProblems(mesh, state, context([state], now)).map(({ code, message }) => `${code} ${message}`);
}

function meshConfig(text: string): Partial<ClusterState> {
  return { configMaps: [{ metadata: { name: 'istio' }, data: { mesh: text } }] };
}

describe('what runs in several clusters', () => {
  const both = {
    certificate: `${good.rootConfigMaps[0]?.data?.['root-cert.pem']}${other.certificate}`,
    key: '',
  };
  const signing: ClusterState = {
    ...good,
    rootConfigMaps: [rootConfigMap('istio-system', both)],
    proxySecrets: good.proxySecrets.map((each) => ({
      ...each,
      chain: otherRoots,
      roots: certificatesIn(both.certificate),
    })),
  };
  const messages = (peer: ClusterState) =>
    runningProblems(mesh, signing, context([signing, peer]))
      .filter(({ code }) => code === 'LIVE-ROOT')
      .map(({ message }) => message);

  it('shows a cluster that signs with a root before its peer trusts it', () => {
    const peer = goodState(clusterOf('cluster2'));
    expect(messages(peer)).toEqual([
      'cluster2 does not trust the root with which cluster1 has issued the certificates of deployment sample/curl.',
    ]);
    expect(messages({ ...peer, rootConfigMaps: [rootConfigMap('istio-system', both)] })).toEqual([]);
  });
});

describe('what runs in a cluster', () => {
  it('has no problem if it is what the definition has', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each<[string, Partial<ClusterState>, RegExp]>([
    [
      'an istiod of another version than in mesh.yaml',
      { istiods: [{ ...istiod(cluster), image: 'registry.istio.io/release/pilot:1.30.3' }] },
      /^LIVE-VERSION .*pilot:1\.30\.3, but mesh\.yaml has the tag 1\.31\.0/,
    ],
    [
      'a proxy of another version than its istiod',
      { istiods: [istiod(cluster, 'default', '1.31.1')] },
      /^LIVE-VERSION .*1\.31\.0, but .* 1\.31\.1: deployment sample\/curl/,
    ],
    [
      'a proxy whose istiod is gone',
      {
        proxies: proxiesOf([proxyPod('sample', 'curl'), proxyPod('old', 'web', 'canary')]),
      },
      /^LIVE-REVISION .*revision canary, which has no ready istiod.*deployment old\/web/,
    ],
    [
      'a proxy that no istiod knows',
      { proxies: proxiesOf([proxyPod('sample', 'curl'), proxyPod('sample', 'web')]) },
      /^LIVE-REVISION .*not connected to any istiod: deployment sample\/web/,
    ],
    [
      'a proxy that was injected for another network',
      { proxies: proxiesOf([proxyPod('sample', 'curl', 'default', 'network9')]) },
      /^LIVE-NETWORK .*deployment sample\/curl/,
    ],
    [
      'a proxy that was injected for another cluster',
      {
        istiods: [
          {
            ...istiod(cluster),
            pods: istiod(cluster).pods.map((pod) => ({
              ...pod,
              connected: [{ id: 'curl-5d9c-1.sample', version: '1.31.0', clusterID: 'Kubernetes' }],
            })),
          },
        ],
      },
      /^LIVE-CLUSTER-ID .*deployment sample\/curl/,
    ],
    [
      'an istiod with a CA of its own',
      {
        caSecrets: [caSecret('cacerts', other), caSecret('istio-ca-secret')],
      },
      /^LIVE-CERTIFICATE .*istio-ca-secret/,
    ],
    [
      'a Secret cacerts that istiod has not loaded',
      { caSecrets: [caSecret('cacerts', other)] },
      /^LIVE-CERTIFICATE istiod .*does not use the root certificate/,
    ],
    [
      'a namespace with another root certificate',
      { rootConfigMaps: [rootConfigMap('istio-system'), rootConfigMap('sample', other)] },
      /^LIVE-CERTIFICATE ConfigMap istio-ca-root-cert in sample/,
    ],
    [
      'a proxy with the old root certificate',
      { proxySecrets: good.proxySecrets.map((secrets) => ({ ...secrets, roots: otherRoots })) },
      /^LIVE-CERTIFICATE .*do not trust.*deployment sample\/curl/,
    ],
    [
      'a proxy whose certificate no root has issued',
      { proxySecrets: good.proxySecrets.map((secrets) => ({ ...secrets, chain: otherRoots })) },
      /^LIVE-CERTIFICATE .*does not chain.*deployment sample\/curl/,
    ],
    ['no injection webhook', { injectors: [] }, /^LIVE-INJECTION No injection webhook/],
    [
      'two default revisions',
      { injectors: [...good.injectors, injector('istio-revision-tag-default', 'default', enabled)] },
      /^LIVE-INJECTION Several .*istio-sidecar-injector .*istio-revision-tag-default/,
    ],
    [
      'a webhook of a missing revision',
      { injectors: [injector('istio-sidecar-injector', 'gone', enabled)] },
      /^LIVE-INJECTION .*revision gone, which has no ready istiod/,
    ],
    [
      'a webhook whose Service has no endpoint',
      { servicesWithEndpoints: [] },
      /^LIVE-INJECTION .*istio-system\/istiod, which does not exist or has no endpoint/,
    ],
    [
      'a webhook that does not trust istiod',
      {
        injectors: [
          injector(
            'istio-sidecar-injector',
            'default',
            enabled,
            Buffer.from(other.certificate).toString('base64'),
          ),
        ],
      },
      /^LIVE-INJECTION .*caBundle/,
    ],
    [
      'a webhook into which istiod has written nothing',
      { injectors: [injector('istio-sidecar-injector', 'default', enabled, '')] },
      /^LIVE-INJECTION .*has no caBundle/,
    ],
    [
      'a workload whose namespace has moved to another revision',
      {
        istiods: [istiod(cluster), { ...istiod(cluster, 'canary'), pods: [] }],
        injectors: [injector('istio-revision-tag-default', 'canary', enabled)],
      },
      /^LIVE-REVISION .*still have the revision default, but their labels select canary: deployment sample\/curl/,
    ],
    [
      'another mesh ID',
      meshConfig('trustDomain: cluster.local\ndefaultConfig: { meshId: other }\n'),
      /^LIVE-MESH-CONFIG .*mesh ID other, but mesh\.yaml has mesh1/,
    ],
    [
      'a mesh configuration that istiod ignores',
      meshConfig('trustDomain: cluster.local\naccessLogFile: /dev/stdout\n'),
      /^LIVE-MESH-CONFIG .*runs without accessLogFile: \/dev\/stdout/,
    ],
    [
      'discovery selectors without the namespace',
      {
        ...meshConfig('discoverySelectors:\n- matchLabels: { team: a }\n'),
        namespaces: [
          { metadata: { name: 'sample', labels: { ...enabled, team: 'a' } } },
          { metadata: { name: 'shop', labels: { team: 'b' } } },
        ],
        proxies: [...good.proxies, ...proxiesOf([proxyPod('shop', 'web')])],
      },
      /^LIVE-MESH-CONFIG .*do not select namespace shop/,
    ],
  ])('has a problem in case of %s', (_, change, problem) => {
    expect(problemsOf(change)).toContainEqual(expect.stringMatching(problem));
  });

  it('has one problem if proxies have the old root certificate, and a certificate of it', () => {
    const proxySecrets = good.proxySecrets.map((secrets) => ({
      ...secrets,
      roots: otherRoots,
      chain: otherRoots,
    }));
    expect(problemsOf({ proxySecrets })).toEqual([
      expect.stringMatching(/do not trust all root certificates/),
    ]);
  });

  it('has a problem after its certificates have expired', () => {
    const problems = problemsOf({}, new Date('2100-01-01'));
    expect(problems).toContainEqual(expect.stringMatching(/^LIVE-CERTIFICATE The certificate .* expired on/));
    expect(problems).toContainEqual(
      expect.stringMatching(/present an expired certificate: deployment sample\/curl/),
    );
  });
});

describe('a problem', () => {
  const older = proxyPod('sample', 'curl');
  const newer = {
    ...older,
    metadata: {
      ...older.metadata,
      name: 'curl-77aa-1',
      creationTimestamp: new Date('2026-02-01T00:00:00Z'),
      labels: { ...older.metadata?.labels, 'pod-template-hash': '77aa' },
      ownerReferences: older.metadata?.ownerReferences?.map((owner) => ({ ...owner, name: 'curl-77aa' })),
    },
  };
  const another = { ...older, metadata: { ...older.metadata, name: 'curl-5d9c-2' } };
  const [oldRevision] = proxiesOf([proxyPod('old', 'web', 'canary')]);
  const oldProxies = [...good.proxies, ...(oldRevision ? [oldRevision] : [])];
  const withIstiod = (revision: string, desired: number) => [
    istiod(cluster),
    { ...istiod(cluster, revision), desired, ready: 0, pods: [] },
  ];

  it.each<[string, Partial<ClusterState>, boolean]>([
    [
      'proxies of an older version, while a rollout replaces them',
      {
        istiods: [istiod(cluster, 'default', '1.31.1')],
        proxies: proxiesOf([older, newer]).map((proxy) => ({ ...proxy, ready: proxy.pod !== 'curl-77aa-1' })),
      },
      true,
    ],
    [
      'proxies of an older version, if their workload has only pods of one template',
      {
        istiods: [istiod(cluster, 'default', '1.31.1')],
        proxies: proxiesOf([older, another]).map((proxy) => ({
          ...proxy,
          ready: proxy.pod !== 'curl-5d9c-2',
        })),
      },
      false,
    ],
    ['proxies of an istiod that starts', { istiods: withIstiod('canary', 1), proxies: oldProxies }, true],
    [
      'proxies of an istiod that is scaled to 0',
      { istiods: withIstiod('canary', 0), proxies: oldProxies },
      false,
    ],
    ['proxies of an istiod that does not exist', { proxies: oldProxies }, false],
    ['proxies that are not connected', { proxies: proxiesOf([older, proxyPod('sample', 'web')]) }, true],
    [
      'a webhook of an istiod that starts',
      {
        istiods: withIstiod('gone', 1),
        injectors: [injector('istio-sidecar-injector', 'gone', enabled)],
        proxies: [],
      },
      true,
    ],
    [
      'a webhook of an istiod that does not exist',
      { injectors: [injector('istio-sidecar-injector', 'gone', enabled)], proxies: [] },
      false,
    ],
    [
      'a webhook into which istiod has written nothing',
      { injectors: [injector('istio-sidecar-injector', 'default', enabled, '')] },
      true,
    ],
  ])('may pass or not: %s', (_, change, mayPass) => {
    const state = { ...good, ...change };
    expect(runningProblems(mesh, state, context([state]))).toEqual([expect.objectContaining({ mayPass })]);
  });
});
