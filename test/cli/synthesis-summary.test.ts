import { expect, test } from 'vitest';
import { synthesisSummary } from '../../src/cli/synthesis-summary';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { Synthesis } from '../../src/synthesis/synthesize';

/** A synthesis of fully meshed clusters, each with two files. */
function synthesisOf(count: number, unjoined: readonly string[] = []): Synthesis {
  const names = Array.from({ length: count }, (_, index) => `c${index + 1}`);
  const mesh = defineMesh({
    meshID: 'mesh1',
    istio: { version: '1.31.0' },
    clusters: names.map((name) => ({ name, network: name })),
  });
  const inputs = { caCerts: {}, remotes: {}, controlPlanes: {}, issued: [], unjoined, warnings: [] };
  const files = names.flatMap((name) => [
    `${name}/10-namespace.k8s.yaml`,
    `${name}/operator/30-control-plane.k8s.yaml`,
  ]);
  const former = { removed: [], added: [], left: [], renamed: [], moved: [] };
  return { mesh, inputs, former, warnings: [], outdir: 'dist', files: [...files, 'other.yaml'] };
}

test('prints a table of the clusters, and the next steps', () => {
  expect(synthesisSummary(synthesisOf(2, ['c2']))).toBe(`Mesh mesh1: Istio 1.31.0, control plane format native

CLUSTER  NETWORK  GATEWAY       READS            FILES
c1       c1       LoadBalancer  c2 (not joined)  2 in dist/c1
c2       c2       LoadBalancer  c1               2 in dist/c2

Next, for each cluster with its own kubeconfig:
  kubectl apply -f dist/CLUSTER
Not joined yet: c2. After you apply the manifests, run:
  istio-mesh join
  istio-mesh synth`);
});

test('shortens the names of many peers', () => {
  const summary = synthesisSummary(synthesisOf(30));
  expect(summary).toMatch(/^c1 +c1 +LoadBalancer +c2, c3, c4 and 26 more +2 in dist\/c1$/m);
});
