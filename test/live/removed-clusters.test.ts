import { expect, test } from 'vitest';
import type { ProxyPod } from '../../src/live/proxy';
import { proxyTraces, refuseRemaining } from '../../src/live/removed-clusters';
import { defineMesh } from '../../src/mesh/define-mesh';
import { loneCluster } from './lone-cluster';

const cluster = loneCluster();

function proxy(name: string): ProxyPod {
  const workload = { namespace: 'shop', kind: 'deployment', name };
  return {
    namespace: 'shop',
    pod: `${name}-1`,
    workload,
    ready: true,
    created: 0,
    labels: {},
    revocation: 'mounted',
  };
}

test('names the workloads whose proxies have endpoints of a removed cluster, and what replaces them', () => {
  const proxies = [
    { proxy: proxy('web'), clusters: new Set([cluster.name, 'gone']) },
    { proxy: proxy('cart'), clusters: new Set([cluster.name]) },
  ];
  const [problem, ...others] = proxyTraces(cluster, proxies, ['gone', 'other']);
  expect(others).toEqual([]);
  expect(problem?.message).toBe(
    `Proxies of ${cluster.name} still have endpoints of gone: deployment shop/web.`,
  );
  expect(problem?.hint).toContain('kubectl -n shop rollout restart deployment web');
});

test('does not pass a proxy that did not answer', () => {
  const [problem] = proxyTraces(cluster, [{ proxy: proxy('web') }], ['gone']);
  expect(problem?.message).toMatch(/did not say which endpoints they have: deployment shop\/web/);
});

test('refuses clusters that the mesh still has', () => {
  const mesh = defineMesh({ meshID: 'm', clusters: [{ name: 'one', network: 'n' }] });
  expect(() => refuseRemaining(mesh, ['one'])).toThrow(/LIVE-STRAY: one is a cluster of the mesh/);
  expect(() => refuseRemaining(mesh, ['two'])).not.toThrow();
});
