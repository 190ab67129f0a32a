import { describe, expect, it } from 'vitest';
import { meshConfigProblems } from '../../src/live/mesh-config';

const needs = {
  where: 'ConfigMap istio-system/istio of cluster1',
  cluster: 'cluster1',
  trustDomain: 'cluster.local',
  namespaceLabels: { 'kubernetes.io/metadata.name': 'sample' },
};

describe('the mesh config of istiod', () => {
  it.each<[string, string, object]>([
    ['has the trust domain of the mesh', 'trustDomain: cluster.local', {}],
    ['has the default trust domain', 'rootNamespace: istio-system', {}],
    ['is empty', '', {}],
    ['has its value as the last of two', 'trustDomain: other\ntrustDomain: cluster.local', {}],
    [
      'selects the namespace',
      'discoverySelectors: [{ matchLabels: { team: a } }, { matchLabels: { kubernetes.io/metadata.name: sample } }]',
      {},
    ],
    ['selects all namespaces', 'discoverySelectors: []', {}],
    [
      'selects others, if HelloWorld is not deployed',
      'discoverySelectors: [{ matchLabels: { team: a } }]',
      { namespaceLabels: undefined },
    ],
  ])('works if it %s', (_, text, change) => {
    expect(meshConfigProblems(text, { ...needs, ...change })).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    [
      'another trust domain',
      'trustDomain: other.example',
      /^ConfigMap .* has the trust domain other\.example, but/,
    ],
    [
      'selectors without the namespace',
      'discoverySelectors: [{ matchLabels: { team: a } }]',
      /exclude the namespace sample/,
    ],
    ['a text that is not YAML', 'trustDomain: "', /is not valid YAML/],
    ['a text that is not a map', 'off', /is not valid YAML/],
  ])('does not work with %s', (_, text, message) => {
    const problems = meshConfigProblems(text, needs);
    expect(problems).toMatchObject([{ message: expect.stringMatching(message), mayPass: false }]);
  });

  it('must have a trust domain that is not the default', () => {
    const problems = meshConfigProblems('{}', { ...needs, trustDomain: 'mesh.example' });
    expect(problems).toMatchObject([
      { message: expect.stringMatching(/cluster\.local, but mesh\.yaml has mesh\.example/) },
    ]);
  });
});
