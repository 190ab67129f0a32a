import { expect, test } from 'vitest';
import { clusterValues } from '../../src/control-plane/input';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../src/mesh/definition';

function failurePolicy(definition: Partial<AnyMeshDefinition>): unknown {
  const mesh = defineMesh({
    meshID: 'mesh1',
    repository: definition.gitops && { url: 'https://git.example.com/mesh.git' },
    secrets: { backend: 'sealed-secrets' },
    clusters: [{ name: 'cluster1', network: 'network1' }],
    ...definition,
  });
  const [cluster] = mesh.clusters;
  const base = cluster && clusterValues(mesh, cluster).base;
  return (base as { validationFailurePolicy?: string } | undefined)?.validationFailurePolicy;
}

test('with Flux, validation is strict from the start, so that Flux does not revert changes of istiod', () => {
  expect(failurePolicy({ gitops: 'flux' })).toBe('Fail');
});

test('with Flux, the policy of the user applies', () => {
  const istio = { values: { base: { validationFailurePolicy: 'Ignore' as const } } };
  expect(failurePolicy({ gitops: 'flux', istio })).toBe('Ignore');
});

test('otherwise istiod makes validation strict itself', () => {
  expect(failurePolicy({ gitops: 'argocd' })).toBeUndefined();
  expect(failurePolicy({})).toBeUndefined();
});

test('istioctl, which does not take the value, is not given it', () => {
  expect(failurePolicy({ gitops: 'flux', istio: { controlPlane: 'istioctl' } })).toBeUndefined();
});
