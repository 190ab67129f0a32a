import { describe, expect, test } from 'vitest';
import { clusterInput } from '../../src/control-plane/input';
import { controlPlaneOperator } from '../../src/control-plane/istio-operator';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { ControlPlaneFormat, IstioDefinition } from '../../src/mesh/istio';
import { compatibleMinorVersions } from '../../src/mesh/istio-version';
import { istioctls, manifestGenerate, versionOf } from './istioctl';
import { parseObjects } from './objects';

const cases: readonly { readonly title: string; readonly istio: IstioDefinition<ControlPlaneFormat> }[] = [
  { title: 'nothing', istio: {} },
  { title: 'the minimal profile', istio: { profile: 'minimal' } },
  { title: 'the profile preview', istio: { profile: 'preview' } },
  { title: 'the profile stable', istio: { profile: 'stable' } },
  { title: 'a revision', istio: { revision: 'canary', values: { revisionTags: ['prod'] } } },
  {
    title: 'maps, falsehoods, empty texts and nulls over defaults',
    istio: {
      values: {
        global: {
          defaultResources: {},
          proxy: { logLevel: '', statusPort: 0, startupProbe: { enabled: false }, resources: null },
          waypoint: { resources: { limits: null } },
        },
        pilot: {
          autoscaleEnabled: false,
          cpu: {},
          env: { A: 'b' },
          resources: { requests: { memory: null } },
        },
        meshConfig: { enablePrometheusMerge: null, accessLogFile: '/dev/stdout' },
        sidecarInjectorWebhook: { defaultTemplates: ['sidecar', 'own'] },
      },
    },
  },
  ...['gke', 'k3d', 'k3s', 'microk8s', 'minikube', 'openshift'].map((platform) => ({
    title: `the platform ${platform}`,
    istio: { values: { global: { platform } } },
  })),
];

/** The values that istioctl records in the cluster, and those that it writes for the injector. */
function officialValues(istioctl: string, operator: object) {
  const objects = parseObjects(manifestGenerate(istioctl, operator)) as {
    kind: string;
    metadata: { name: string };
    data: Record<string, string>;
  }[];
  const data = (name: string) =>
    objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith(name))?.data ?? {};
  const { 'original-values': original = '', 'merged-values': merged = '' } = data('values');
  return { original: JSON.parse(original), merged: JSON.parse(merged) };
}

describe.each(istioctls)('the values that %s records', (istioctl) => {
  const version = versionOf(istioctl);
  const older = compatibleMinorVersions(version).map((compatibilityVersion) => ({
    title: `compatibility with ${compatibilityVersion}`,
    istio: { values: { compatibilityVersion } },
  }));

  test.each([...cases, ...older])('equal our values for $title', ({ istio }) => {
    const mesh = defineMesh({
      meshID: 'mesh1',
      // A format that accepts all values.
      istio: { ...istio, version, controlPlane: 'operator' },
      clusters: [{ name: 'cluster1', network: 'network1' }],
    });
    const [cluster] = mesh.clusters;
    if (cluster === undefined) throw new Error('the mesh has no cluster');
    const { recorded } = clusterInput(mesh, cluster);
    expect(recorded).toEqual(officialValues(istioctl, controlPlaneOperator(mesh, cluster)));
  });
});

test.skipIf(istioctls.length > 0)('no istioctl is on the PATH, so nothing was compared', (context) => {
  context.skip();
});
