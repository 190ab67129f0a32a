import { describe, expect, it } from 'vitest';
import type { ClusterState } from '../../src/live/cluster-state';
import { readMeshConfig } from '../../src/live/mesh-config';
import { meshConfigProblems } from '../../src/live/mesh-config-problems';
import { proxiesOf } from '../../src/live/proxy';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { Mesh } from '../../src/mesh/mesh';
import { clusterOf, mesh } from './good-mesh';
import { goodState, proxyPod } from './good-state';

const good = goodState(clusterOf('cluster1'));

/** The state of a cluster whose istiod uses the mesh config in its ConfigMap. */
function withMeshConfig(text: string | undefined, state: Partial<ClusterState> = {}): ClusterState {
  const data: Record<string, string> = text === undefined ? {} : { mesh: text };
  const meshConfig = (text === undefined ? {} : readMeshConfig(text)) ?? {};
  return {
    ...good,
    istiods: good.istiods.map((each) => ({
      ...each,
      pods: each.pods.map((pod) => ({ ...pod, meshConfig })),
    })),
    configMaps: [{ metadata: { name: 'istio' }, data }],
    ...state,
  };
}

function messagesOf(text: string | undefined, state: Partial<ClusterState> = {}, whole: Mesh = mesh) {
  return meshConfigProblems(whole, withMeshConfig(text, state)).map(({ message }) => message);
}

const definition = { meshID: 'mesh1', clusters: [{ name: 'cluster1', network: 'network1' }] } as const;
const withoutHelloWorld = defineMesh(definition);

describe('the mesh config of istiod', () => {
  it.each<[string, string, Mesh?]>([
    ['has the trust domain of the mesh', 'trustDomain: cluster.local'],
    ['has the default trust domain', 'rootNamespace: istio-system'],
    ['has the mesh ID of the mesh', 'defaultConfig: { meshId: mesh1 }'],
    ['is empty', ''],
    ['has its value as the last of two', 'trustDomain: other\ntrustDomain: cluster.local'],
    [
      'selects the namespace',
      'discoverySelectors: [{ matchLabels: { team: a } }, { matchLabels: { istio-injection: enabled } }]',
    ],
    ['selects all namespaces', 'discoverySelectors: []'],
    ['exports Services to the gateway', 'defaultServiceExportTo: [., istio-system]'],
    [
      'makes other hosts local',
      'serviceSettings: [{ settings: { clusterLocal: true }, hosts: [web.sample.svc.cluster.local] }]',
    ],
    [
      'makes all hosts local but that of HelloWorld',
      'serviceSettings: [{ settings: { clusterLocal: true }, hosts: ["*.sample.svc.cluster.local"] }, { settings: { clusterLocal: false }, hosts: [helloworld.sample.svc.cluster.local] }]',
    ],
    ['hides Services, if HelloWorld is not deployed', 'defaultServiceExportTo: [.]', withoutHelloWorld],
  ])('works if it %s', (_, text, whole) => {
    expect(messagesOf(text, {}, whole)).toEqual([]);
  });

  it('works if it selects other namespaces than that of HelloWorld, which is not deployed', () => {
    const text = 'discoverySelectors: [{ matchLabels: { team: a } }]';
    expect(messagesOf(text, { proxies: [] }, withoutHelloWorld)).toEqual([]);
  });

  it.each<[string, string | undefined, RegExp]>([
    [
      'another trust domain',
      'trustDomain: other.example',
      /^ConfigMap istio-system\/istio of cluster1 has the trust domain other\.example, but mesh\.yaml has cluster\.local\.$/,
    ],
    ['another mesh ID', 'defaultConfig: { meshId: m2 }', /has the mesh ID m2, but mesh\.yaml has mesh1/],
    [
      'the values of another mesh',
      'trustDomain: other.example\ndefaultConfig: { meshId: m2 }',
      /has the trust domain other\.example and the mesh ID m2, but mesh\.yaml has cluster\.local and mesh1/,
    ],
    [
      'selectors without the namespace',
      'discoverySelectors: [{ matchLabels: { team: a } }]',
      /do not select namespace sample, so istiod ignores the Services there/,
    ],
    ['a text that is not YAML', 'trustDomain: "', /is not valid YAML/],
    ['a text that is not a map', 'off', /is not valid YAML/],
    ['a list', '- trustDomain', /is not valid YAML/],
    ['no text', undefined, /has no mesh configuration/],
    [
      'Services that only their namespace sees',
      'defaultServiceExportTo: [.]',
      /hides Services from the east-west gateway: it has \.\./,
    ],
    [
      'Services that stay in their cluster',
      'serviceSettings: [{ settings: { clusterLocal: true }, hosts: ["*.sample.svc.cluster.local"] }]',
      /make \*\.sample\.svc\.cluster\.local clusterLocal/,
    ],
  ])('has one problem with %s', (_, text, message) => {
    expect(messagesOf(text)).toEqual([expect.stringMatching(message)]);
  });

  it('must have the trust domains of other clusters as aliases', () => {
    const clusters = [0, 1].map((index) => ({
      name: `cluster${index + 1}`,
      network: `network${index + 1}`,
      trustDomain: `${index}.example`,
    }));
    const whole = defineMesh({ ...definition, clusters });
    expect(messagesOf('{ trustDomain: 0.example, trustDomainAliases: [1.example] }', {}, whole)).toEqual([]);
    expect(messagesOf('trustDomain: 0.example', {}, whole)).toEqual([
      expect.stringMatching(/do not have the trust domain 1\.example of other clusters/),
    ]);
  });

  it('must have a trust domain that is not the default', () => {
    const whole = defineMesh({ ...definition, trustDomain: 'mesh.example' });
    expect(messagesOf('{}', {}, whole)).toEqual([
      expect.stringMatching(/cluster\.local, but mesh\.yaml has mesh\.example/),
    ]);
  });

  it('has one problem if its selectors exclude several namespaces', () => {
    const labels = { team: 'b' };
    const namespaces = [...good.namespaces, { metadata: { name: 'shop', labels } }];
    const proxies = [...good.proxies, ...proxiesOf([proxyPod('shop', 'web')])];
    expect(messagesOf('discoverySelectors: [{ matchLabels: { team: a } }]', { namespaces, proxies })).toEqual(
      [expect.stringMatching(/do not select namespaces sample and shop/)],
    );
  });

  it('has one problem if a value that differs is also why istiod drops it', () => {
    const text = 'trustDomain: team_a.prod\naccessLogFile: /dev/stdout';
    const state = { ...withMeshConfig(text), istiods: good.istiods };
    expect(meshConfigProblems(mesh, state)).toMatchObject([
      { message: expect.stringMatching(/team_a\.prod/) },
    ]);
  });
});
