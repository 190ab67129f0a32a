import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import { istioWithDefaults } from '../../src/mesh/istio';
import { problemsOf } from './problems-of';

describe('the control plane of a cluster', () => {
  test('is that of the mesh by default', () => {
    const mesh = { version: '1.30.3', hub: 'example.com/istio', tag: '1.30.3-distroless', revision: 'blue' };
    expect(istioWithDefaults(mesh)).toMatchObject(mesh);
  });

  test('of another version has the tag of that version, not the tag of the mesh', () => {
    const mesh = { version: '1.30.3', tag: '1.30.3-distroless' };
    expect(istioWithDefaults(mesh, { version: '1.31.0' }).tag).toBe('1.31.0');
    expect(istioWithDefaults(mesh, { version: '1.31.0', tag: '1.31.0-debug' }).tag).toBe('1.31.0-debug');
  });

  test('of another version uses the registry of Istio, unless the mesh has its own', () => {
    expect(istioWithDefaults({ version: '1.30.3' }, { version: '1.31.0' }).hub).toBe(
      'registry.istio.io/release',
    );
    expect(istioWithDefaults({ hub: 'example.com/istio' }, { version: '1.30.3' }).hub).toBe(
      'example.com/istio',
    );
  });

  test('has the images of its Helm values, unless the definition says others', () => {
    const values = { global: { hub: 'mirror.example.com/istio', tag: '1.31.0-distroless' } };
    const images = { hub: 'mirror.example.com/istio', tag: '1.31.0-distroless' };
    expect(istioWithDefaults({ version: '1.31.0', values })).toMatchObject(images);
    expect(istioWithDefaults({ version: '1.31.0', values, hub: 'example.com' }).hub).toBe('example.com');
    const later = { revision: 'canary', version: '1.31.1' };
    expect(istioWithDefaults({ version: '1.31.0', values, canary: later }).canary?.tag).toBe('1.31.1');
    const [problem, ...others] = problemsOf(() =>
      defineMesh({
        meshID: 'mesh1',
        istio: { version: '1.31.0', values: { global: { tag: '1.30.3', hub: 'a/' } } },
        clusters: [{ name: 'cluster1', network: 'network1' }],
      }),
    );
    expect(problem?.hint).toContain('set istio.hub instead');
    expect(others.map(({ hint }) => hint)).toEqual([expect.stringContaining('set istio.tag instead')]);
  });

  test('can have another profile than the mesh', () => {
    expect(istioWithDefaults({ profile: 'default' }, { profile: 'minimal' }).profile).toBe('minimal');
  });
});

describe('a canary control plane', () => {
  const mesh = {
    version: '1.30.3',
    values: { pilot: { env: { A: '1', B: '1' } } },
    canary: { revision: 'canary', version: '1.31.0', values: { pilot: { env: { B: '2' } } } },
  };

  test('has the settings of the first one by default', () => {
    const { canary, ...first } = istioWithDefaults(mesh);
    expect(first).toMatchObject({ version: '1.30.3', revision: 'default', values: mesh.values });
    expect(canary).toMatchObject({
      version: '1.31.0',
      revision: 'canary',
      profile: first.profile,
      values: { pilot: { env: { A: '1', B: '2' } } },
    });
  });

  test('can be in one cluster only, or in all but one', () => {
    const { canary, ...without } = mesh;
    expect(istioWithDefaults(without, { canary }).canary?.revision).toBe('canary');
    expect(istioWithDefaults(without, {}).canary).toBeUndefined();
    expect(istioWithDefaults(mesh, { canary: 'disabled' }).canary).toBeUndefined();
  });
});

test('a second control plane does not take the revision tags of the first', () => {
  const canary = { revision: 'next', values: { pilot: { replicaCount: 2 } } };
  const istio = istioWithDefaults({ values: { revisionTags: ['prod'], pilot: { env: { A: '1' } } }, canary });
  expect(istio.values.revisionTags).toEqual(['prod']);
  expect(istio.canary?.values).toEqual({ pilot: { env: { A: '1' }, replicaCount: 2 } });
});
