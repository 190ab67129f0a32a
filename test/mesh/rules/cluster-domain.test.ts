import { expect, test } from 'vitest';
import { clusterDomainOf, hostsOfDomain } from '../../../src/mesh/cluster-domain';
import { defineMesh } from '../../../src/mesh/define-mesh';
import { problemsOf } from '../problems-of';

const domain = (clusterDomain: string) => ({ values: { global: { proxy: { clusterDomain } } } });
const cluster = (name: string, istio = {}) => ({ name, network: name, istio });

function problems(istio: object, ...clusters: ReturnType<typeof cluster>[]) {
  return problemsOf(() => defineMesh({ meshID: 'mesh1', istio, clusters })).map(({ location, message }) => [
    location.path,
    message,
  ]);
}

test.each([
  ['cluster.local', '*.local'],
  ['eu.local', '*.local'],
  ['k8s.example.com', '*.k8s.example.com'],
  ['mylocal', '*.mylocal'],
])('Services of the domain %s have hosts like %s', (name, hosts) => {
  expect(hostsOfDomain(clusterDomainOf(domain(name).values))).toBe(hosts);
});

test('clusters with the same domain are accepted', () => {
  expect(problems(domain('k8s.example.com'), cluster('a'), cluster('b'))).toEqual([]);
  expect(problems({}, cluster('a', domain('cluster.local')), cluster('b'))).toEqual([]);
});

test('clusters with different domains are refused, also as a canary', () => {
  const path = 'istio.values.global.proxy.clusterDomain';
  expect(problems({}, cluster('a'), cluster('b', domain('k8s.example.com')))).toEqual([
    [
      `clusters[1].${path}`,
      "The cluster domain of b is k8s.example.com, that of a is cluster.local, so they would not find each other's Services.",
    ],
  ]);
  const canary = { canary: { revision: 'next', ...domain('k8s.example.com') } };
  expect(problems(canary, cluster('a'), cluster('b')).map(([at]) => at)).toEqual([
    'istio.canary.values.global.proxy.clusterDomain',
  ]);
});

test('a domain that is no DNS name is refused', () => {
  expect(problems(domain('cluster_a.local'), cluster('a'))).toEqual([
    [
      'istio.values.global.proxy.clusterDomain',
      'istio.values.global.proxy.clusterDomain is "cluster_a.local".',
    ],
  ]);
});
