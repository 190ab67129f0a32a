import { describe, expect, test } from 'vitest';
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

const helm = { controlPlane: 'helm' } as const;

test('with Flux, the charts validate strictly from the start, so that Flux does not revert changes of istiod', () => {
  expect(failurePolicy({ gitops: 'flux', istio: helm })).toBe('Fail');
});

test('with Flux, the policy of the user applies', () => {
  const istio = { ...helm, values: { base: { validationFailurePolicy: 'Ignore' as const } } };
  expect(failurePolicy({ gitops: 'flux', istio })).toBe('Ignore');
});

test('with Argo CD, which can ignore the field, istiod makes the validation of the charts strict', () => {
  expect(failurePolicy({ gitops: 'argocd', istio: helm })).toBeUndefined();
});

test('the other formats have no policy that something could revert', () => {
  expect(failurePolicy({})).toBeUndefined();
  expect(failurePolicy({ gitops: 'flux' })).toBeUndefined();
  expect(failurePolicy({ gitops: 'flux', istio: { controlPlane: 'istioctl' } })).toBeUndefined();
});

describe('a mesh that is prepared for a second root', () => {
  const proxyMetadata = { PROXY_CONFIG_XDS_AGENT: 'true' };
  const valuesOf = (definition: Partial<AnyMeshDefinition>) => {
    const { clusters, ...mesh } = defineMesh({
      meshID: 'mesh1',
      certificates: { rootRotation: 'enabled' },
      clusters: [{ name: 'cluster1', network: 'network1' }],
      ...definition,
    });
    return clusters.map((cluster) => clusterValues({ clusters, ...mesh }, cluster))[0];
  };

  test('has istiods and proxies that take it while they run', () => {
    const values = { pilot: { env: { OTHER: 'x' } } };
    expect(valuesOf({ istio: { values } })).toMatchObject({
      pilot: { env: { OTHER: 'x', ISTIO_MULTIROOT_MESH: 'true' } },
      meshConfig: { defaultConfig: { proxyMetadata } },
    });
    expect(valuesOf({ certificates: {} })?.pilot).toBeUndefined();
  });

  test('keeps the spelling of the user, because istiod refuses a key in both', () => {
    const values = { meshConfig: { defaultConfig: { proxy_metadata: { OTHER: 'x' } } } };
    expect(valuesOf({ istio: { values } as never })?.meshConfig).toMatchObject({
      defaultConfig: { proxy_metadata: { OTHER: 'x', ...proxyMetadata } },
    });
    expect(JSON.stringify(valuesOf({ istio: { values } as never }))).not.toContain('proxyMetadata');
  });

  test('changes nothing for clusters whose certificates istio-csr issues', () => {
    const secrets = {
      backend: 'cert-manager',
      remoteSecrets: 'plain',
      certManager: { istioCsr: 'enabled' },
    } as const;
    expect(JSON.stringify(valuesOf({ secrets }))).not.toContain('MULTIROOT');
  });
});
