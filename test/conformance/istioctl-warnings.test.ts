import { expect, test } from 'vitest';
import { Istioctl } from '../../src/control-plane/istioctl';
import { defineMesh } from '../../src/mesh/define-mesh';
import { parseObjects } from './objects';

test('a warning of istioctl is shown once, and is not part of the manifests', async () => {
  // istioctl logs to standard output, between the manifests.
  process.env.PILOT_ENABLE_ALPN_FILTER = 'maybe';
  try {
    const mesh = defineMesh({
      meshID: 'mesh1',
      istio: { controlPlane: 'istioctl', version: '1.31.0' },
      clusters: ['cluster1', 'cluster2'].map((name) => ({ name, network: name })),
    });
    const istioctl = new Istioctl(mesh, '.');
    await istioctl.checkVersion();
    for (const cluster of mesh.clusters) {
      const { crds, controlPlane } = await istioctl.render(cluster);
      expect(crds.slice(0, 50)).toMatch(/^apiVersion: apiextensions/);
      expect(new Set(parseObjects(crds).map(({ kind }) => kind))).toEqual(
        new Set(['CustomResourceDefinition']),
      );
      expect(parseObjects(controlPlane).length).toBeGreaterThan(10);
    }
    expect(istioctl.warnings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'CONTROL-PLANE-WARNING istioctl reports: Invalid environment variable value `maybe`, expecting true/false, defaulting to true',
    ]);
  } finally {
    delete process.env.PILOT_ENABLE_ALPN_FILTER;
  }
});
