import { expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { ControlPlaneFormat, IstioProfile } from '../../../src/mesh/istio';
import { problemsOf } from '../problems-of';

function problems(
  profile: IstioProfile,
  dataPlane: 'sidecar' | 'ambient' | 'both',
  format: ControlPlaneFormat,
) {
  return problemsOf(() =>
    defineMesh({
      meshID: 'mesh1',
      dataPlane,
      istio: { profile, controlPlane: format as 'native' },
      clusters: [{ name: 'cluster1', network: 'network1' }],
    }),
  );
}

test.each(['native', 'operator', 'istioctl'] as const)(
  'ambient mode is a profile of its own: %s',
  (format) => {
    for (const dataPlane of ['ambient', 'both'] as const) {
      for (const profile of ['demo', 'preview', 'stable'] as const) {
        expect(problems(profile, dataPlane, format)).toMatchObject([
          {
            code: 'MESH-VALUE',
            location: { path: 'istio.profile' },
            message: expect.stringContaining(`istio.profile is ${profile}, but dataPlane ${dataPlane} needs`),
            hint: expect.stringContaining('Write default or minimal.'),
          },
        ]);
      }
      for (const profile of ['default', 'minimal'] as const) {
        expect(problems(profile, dataPlane, format)).toEqual([]);
      }
    }
    expect(problems('demo', 'sidecar', format)).toEqual([]);
  },
);
