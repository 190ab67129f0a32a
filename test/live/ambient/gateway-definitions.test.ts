import { expect, test } from 'vitest';
import { gatewayApiWarnings } from '../../../src/live/ambient/gateway-definitions';
import type { LiveCluster, ObjectReference } from '../../../src/live/live-cluster';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { Cluster } from '../../../src/mesh/mesh';
import { MeshError } from '../../../src/problems/problem';

/** The resources that istiod of a version ignores where all definitions are of one version of the Gateway API. */
async function ignoredBy(version: string, gatewayApi: string | undefined): Promise<string[]> {
  const annotations = gatewayApi && { 'gateway.networking.k8s.io/bundle-version': gatewayApi };
  const read = async ({ name }: ObjectReference) => gatewayApi && { metadata: { name, annotations } };
  const warnings = await gatewayApiWarnings({ read } as unknown as LiveCluster, clusterOf(version));
  return warnings.map(({ message }) => /ignores (\S+)/.exec(message)?.[1] ?? message).sort();
}

function clusterOf(version: string): Cluster {
  const clusters = [{ name: 'cluster1', network: 'network1' }];
  return defineMesh({ meshID: 'mesh1', dataPlane: 'ambient', istio: { version }, clusters })
    .clusters[0] as Cluster;
}

test.each([
  ['1.29.6', 'v1.4.1', []],
  ['1.29.6', 'v1.5.0', ['tlsroutes']],
  ['1.30.3', 'v1.4.1', ['tlsroutes']],
  ['1.30.3', 'v1.5.1', []],
  ['1.31.0', 'v1.5.1', ['tcproutes']],
  ['1.31.0', 'v1.6.0-rc.1', []],
  ['1.31.0', 'v1.3.0', ['backendtlspolicies', 'tcproutes', 'tlsroutes']],
  ['1.31.0', undefined, []],
] as const)('istiod of Istio %s beside Gateway API %s ignores %j', async (istio, gatewayApi, ignored) => {
  expect(await ignoredBy(istio, gatewayApi)).toEqual(ignored);
});

test('a user who may not read definitions gets no warning, and no error', async () => {
  const read = async () => {
    const location = { file: 'cluster1' };
    throw new MeshError([{ code: 'LIVE-FORBIDDEN', location, message: 'No.', hint: 'Ask.' }]);
  };
  expect(await gatewayApiWarnings({ read } as unknown as LiveCluster, clusterOf('1.31.0'))).toEqual([]);
});
