import { describe, expect, it } from 'vitest';
import type { DataPlane } from '../../../src/mesh/data-plane';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { VerificationDefinition } from '../../../src/mesh/definition';
import { answeringPeers } from '../../../src/mesh/hello-world';
import { problemsOf } from '../problems-of';

function meshWith(verification: VerificationDefinition, ...dataPlanes: DataPlane[]) {
  const clusters = dataPlanes.map((dataPlane, index) => ({
    name: `c${index + 1}`,
    network: `n${index + 1}`,
    dataPlane,
  }));
  return defineMesh({ meshID: 'mesh1', clusters, verification: { helloWorld: 'enabled', ...verification } });
}

describe('soundVerification', () => {
  it.each<[VerificationDefinition, DataPlane[]]>([
    [{ dataPlane: 'ambient', scope: 'local' }, ['both', 'both']],
    [{ dataPlane: 'sidecar' }, ['both', 'sidecar']],
    [{ dataPlane: 'ambient' }, ['ambient', 'ambient']],
    [{ scope: 'global' }, ['sidecar', 'sidecar']],
  ])('accepts %j in clusters with %j', (verification, dataPlanes) => {
    expect(problemsOf(() => meshWith(verification, ...dataPlanes))).toEqual([]);
  });

  it.each<[keyof VerificationDefinition, VerificationDefinition, DataPlane[], string]>([
    ['dataPlane', { dataPlane: 'ambient' }, ['both', 'sidecar'], 'c2 has dataPlane: sidecar'],
    ['dataPlane', { dataPlane: 'sidecar' }, ['ambient', 'ambient'], 'c1 has dataPlane: ambient'],
    ['scope', { scope: 'local' }, ['both', 'sidecar'], 'c2 has no ambient mode'],
  ])('refuses another %s than that of the clusters', (key, verification, dataPlanes, message) => {
    const [problem, ...others] = problemsOf(() => meshWith(verification, ...dataPlanes));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'MESH-DATA-PLANE', location: { path: `verification.${key}` } });
    expect(problem?.message).toContain(message);
  });
});

describe('answeringPeers', () => {
  it.each<[VerificationDefinition, DataPlane, string[]]>([
    [{}, 'sidecar', ['c2']],
    [{}, 'both', ['c2']],
    [{ scope: 'local' }, 'both', []],
    [{ scope: 'local' }, 'ambient', []],
  ])('with %j and %s', (verification, dataPlane, expected) => {
    const [cluster] = meshWith(verification, dataPlane, dataPlane).clusters;
    expect(cluster && answeringPeers(cluster)).toEqual(expected);
  });
});
