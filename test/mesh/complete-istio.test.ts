import { describe, expect, test } from 'vitest';
import { completeIstio } from '../../src/mesh/complete-istio';

describe('the control plane of a cluster', () => {
  test('is that of the mesh where the cluster says nothing', () => {
    const mesh = { version: '1.30.3', hub: 'example.com/istio', tag: '1.30.3-distroless', revision: 'blue' };
    expect(completeIstio(mesh)).toMatchObject(mesh);
  });

  test('of another version has the tag of that version, not the one that the mesh names for its own', () => {
    const mesh = { version: '1.30.3', tag: '1.30.3-distroless' };
    expect(completeIstio(mesh, { version: '1.31.0' }).tag).toBe('1.31.0');
    expect(completeIstio(mesh, { version: '1.31.0', tag: '1.31.0-debug' }).tag).toBe('1.31.0-debug');
  });

  test('of another version comes from where Istio publishes it, unless the mesh has a registry of its own', () => {
    expect(completeIstio({ version: '1.30.3' }, { version: '1.31.0' }).hub).toBe('registry.istio.io/release');
    expect(completeIstio({ hub: 'example.com/istio' }, { version: '1.30.3' }).hub).toBe('example.com/istio');
  });

  test('may have another profile than the mesh', () => {
    expect(completeIstio({ profile: 'default' }, { profile: 'minimal' }).profile).toBe('minimal');
  });
});

describe('a second control plane', () => {
  const mesh = {
    version: '1.30.3',
    values: { pilot: { env: { A: '1', B: '1' } } },
    alongside: { revision: 'canary', version: '1.31.0', values: { pilot: { env: { B: '2' } } } },
  };

  test('differs from the first only in what it says', () => {
    const { alongside, ...first } = completeIstio(mesh);
    expect(first).toMatchObject({ version: '1.30.3', revision: 'default', values: mesh.values });
    expect(alongside).toMatchObject({
      version: '1.31.0',
      revision: 'canary',
      profile: first.profile,
      values: { pilot: { env: { A: '1', B: '2' } } },
    });
  });

  test('can be in one cluster alone, or in all but one', () => {
    const { alongside, ...without } = mesh;
    expect(completeIstio(without, { alongside }).alongside?.revision).toBe('canary');
    expect(completeIstio(without, {}).alongside).toBeUndefined();
    expect(completeIstio(mesh, { alongside: 'disabled' }).alongside).toBeUndefined();
  });
});
