import { describe, expect, it } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { ClusterDefinition, MeshDefinition } from '../../../src/mesh/definition';
import { MeshError } from '../../../src/problems/problem';

describe('soundDataPlanes', () => {
  it('accepts one data plane, and both beside either', () => {
    for (const dataPlanes of [
      ['sidecar', 'sidecar'],
      ['ambient', 'ambient'],
      ['both', 'both'],
      ['both', 'sidecar'],
    ] as const) {
      expect(problems(mesh(dataPlanes.map((dataPlane) => ({ dataPlane }))))).toEqual([]);
    }
  });

  it('refuses ambient mode beside sidecars', () => {
    const [problem, ...others] = problems({
      ...mesh([{}, { dataPlane: 'sidecar' }]),
      dataPlane: 'ambient',
    });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'MESH-DATA-PLANE', location: { path: 'dataPlane' } });
    expect(problem?.message).toContain('c1 is in ambient mode, and c2 has sidecars');
  });

  it('refuses ambient mode beside both', () => {
    const [problem] = problems(mesh([{ dataPlane: 'ambient' }, { dataPlane: 'both' }]));
    expect(problem?.code).toBe('MESH-DATA-PLANE');
  });

  it('names the key of the cluster that is in ambient mode', () => {
    const [problem] = problems(mesh([{}, { dataPlane: 'ambient' }]));
    expect(problem?.location.path).toBe('clusters[1].dataPlane');
  });

  it('refuses trust domains that differ, in ambient mode alone', () => {
    const definition = mesh([{}, { trustDomain: 'other.example' }]);
    expect(problems(definition)).toEqual([]);
    expect(problems({ ...definition, dataPlane: 'ambient' })).toMatchObject([
      { code: 'MESH-DATA-PLANE', location: { path: 'clusters[1].trustDomain' } },
    ]);
  });

  it('refuses two gateways of one network in ambient mode', () => {
    const definition = mesh([{ network: 'n' }, { network: 'n' }]);
    expect(problems(definition)).toEqual([]);
    expect(problems({ ...definition, dataPlane: 'ambient' })).toMatchObject([
      { code: 'MESH-DATA-PLANE', location: { path: 'clusters[1].network' } },
    ]);
    const one = mesh([{ network: 'n' }, { network: 'n', eastWestGateway: 'disabled' }, {}]);
    expect(problems({ ...one, dataPlane: 'ambient' })).toEqual([]);
  });
});

describe('dataPlaneNotes', () => {
  it('says what sidecars lose where both data planes are', () => {
    const notes = defineMesh({ ...mesh([{}, {}]), dataPlane: 'both' }).notes;
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringContaining('sidecars in c1, c2 call Services of other networks only if'),
    ]);
    expect(defineMesh({ ...mesh([{}, {}]), dataPlane: 'ambient' }).notes).toEqual([]);
  });
});

function mesh(clusters: readonly Partial<ClusterDefinition>[]): MeshDefinition {
  return {
    meshID: 'mesh1',
    clusters: clusters.map((cluster, index) => ({
      name: `c${index + 1}`,
      network: `n${index + 1}`,
      ...cluster,
    })),
  };
}

function problems(definition: MeshDefinition) {
  try {
    defineMesh(definition);
    return [];
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
}
