import { describe, expect, it } from 'vitest';
import type { DataPlane } from '../../../src/mesh/data-plane';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { IstioValues } from '../../../src/mesh/values/istio-values';
import { MeshError } from '../../../src/problems/problem';

const off: IstioValues = { pilot: { env: { AMBIENT_ENABLE_MULTI_NETWORK: 'false' } } };

describe('ambientValues', () => {
  it('refuses to switch off what ambient mode needs, once for all clusters', () => {
    expect(problems('sidecar', off)).toEqual([]);
    expect(problems('ambient', off)).toMatchObject([
      {
        code: 'MESH-DATA-PLANE',
        location: { path: 'istio.values.pilot.env.AMBIENT_ENABLE_MULTI_NETWORK' },
      },
    ]);
    expect(problems('both', { cni: { ambient: { enabled: false } } })).toHaveLength(1);
  });

  it('refuses scopes that differ between clusters', () => {
    const scopes: IstioValues = {
      meshConfig: {
        serviceScopeConfigs: [{ scope: 'GLOBAL', servicesSelector: { matchLabels: { global: 'yes' } } }],
      },
    };
    expect(problems('ambient', scopes)).toEqual([]);
    expect(problems('ambient', {}, scopes)).toMatchObject([
      {
        code: 'MESH-DATA-PLANE',
        location: { path: 'clusters[1].istio.values.meshConfig.serviceScopeConfigs' },
      },
    ]);
    expect(problems('sidecar', {}, scopes)).toEqual([]);
  });

  it('accepts a variable that all clusters set to the same', () => {
    const values: IstioValues = { pilot: { env: { AMBIENT_ENABLE_BAGGAGE: 'false' } } };
    expect(problems('ambient', values)).toEqual([]);
    expect(problems('ambient', {}, values)).toHaveLength(1);
  });
});

function problems(dataPlane: DataPlane, values: IstioValues, ofSecond: IstioValues = {}) {
  try {
    defineMesh({
      meshID: 'mesh1',
      dataPlane,
      istio: { values },
      clusters: [
        { name: 'c1', network: 'n1' },
        { name: 'c2', network: 'n2', istio: { values: ofSecond } },
      ],
    });
    return [];
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
}
