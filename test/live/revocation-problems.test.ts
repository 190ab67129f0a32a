import type { V1Secret } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import type { ClusterState } from '../../src/live/cluster-state';
import { proxiesOf } from '../../src/live/proxy';
import { revocationProblems } from '../../src/live/revocation-problems';
import { clusterOf } from './good-mesh';
import { caSecret, goodState, proxyPod } from './good-state';

const lists = '-----BEGIN X509 CRL-----\n-----END X509 CRL-----\n';
const good = goodState(clusterOf('cluster1'));

/** A pod whose sidecar mounts the lists, as every injected pod does. */
function sidecar(namespace: string, deployment: string) {
  const pod = proxyPod(namespace, deployment);
  const volumes = [{ name: 'istio-ca-crl', configMap: { name: 'istio-ca-crl', optional: true } }];
  return { ...pod, spec: { containers: [], ...pod.spec, volumes } };
}

const proxies = proxiesOf([sidecar('sample', 'curl'), sidecar('shop', 'web'), proxyPod('edge', 'gateway')]);

function problemsOf(secret: V1Secret, revocationLists: string, configMaps: ClusterState['crlConfigMaps']) {
  const proxySecrets = proxies.map((proxy) => ({ proxy, chain: [], roots: [], revocationLists }));
  const state = { ...good, proxies, proxySecrets, caSecrets: [secret], crlConfigMaps: configMaps };
  return revocationProblems(state).map(({ message, hint, mayPass }) => [message, hint, mayPass]);
}

const withLists = {
  ...caSecret('cacerts'),
  data: { ...caSecret('cacerts').data, 'ca-crl.pem': Buffer.from(lists).toString('base64') },
};
const configMapOf = (namespace: string, text = lists) => ({
  metadata: { name: 'istio-ca-crl', namespace },
  data: { 'ca-crl.pem': text },
});
const everywhere = [configMapOf('sample'), configMapOf('shop')];

test('sidecars that hold the lists have no problem, and without lists there is none', () => {
  expect(problemsOf(withLists, lists, everywhere)).toEqual([]);
  expect(problemsOf(caSecret('cacerts'), '', [])).toEqual([]);
});

test('sidecars with other lists are named, with the command that restarts them', () => {
  expect(problemsOf(withLists, 'old lists', everywhere)).toEqual([
    [
      expect.stringMatching(/do not have the lists.*: deployment sample\/curl, deployment shop\/web\.$/),
      expect.stringContaining('kubectl -n shop rollout restart deployment web'),
      true,
    ],
  ]);
});

test('namespaces to which istiod has not written the lists are named', () => {
  const found = problemsOf(withLists, '', [configMapOf('sample'), configMapOf('shop', 'old lists')]);
  expect(found).toEqual([
    [
      expect.stringMatching(/in shop of cluster1/),
      expect.stringContaining('rollout restart deployment istiod'),
      true,
    ],
  ]);
});
