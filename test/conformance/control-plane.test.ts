import { describe, expect, test } from 'vitest';
import { controlPlaneOperator } from '../../src/control-plane/istio-operator';
import { Istioctl } from '../../src/control-plane/istioctl';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../src/mesh/definition';
import type { Cluster, Mesh } from '../../src/mesh/mesh';
import { expectSameAsObjects } from '../gitops/annotated-objects';
import { istioctls, manifestGenerate, versionOf } from './istioctl';
import { canonical, parseObjects } from './objects';

function meshOf(istioctl: string, istio: AnyMeshDefinition['istio'] = {}): { mesh: Mesh; cluster: Cluster } {
  const mesh = defineMesh({
    meshID: 'mesh1',
    trustDomain: 'example.org',
    istio: { version: versionOf(istioctl), controlPlane: 'istioctl', istioctl, ...istio },
    clusters: [{ name: 'cluster1', network: 'network1' }],
  });
  const [cluster] = mesh.clusters;
  if (cluster === undefined) throw new Error('the mesh has no cluster');
  return { mesh, cluster };
}

describe.each(istioctls)('the control plane that %s renders', (istioctl) => {
  test('equals the official installation, plus the validator of the default revision', async () => {
    const { mesh, cluster } = meshOf(istioctl);
    const program = new Istioctl(mesh, '.');
    await program.checkVersion();
    const { crds, defaultValidator, controlPlane } = await program.render(cluster);
    const official = manifestGenerate(istioctl, {
      apiVersion: 'install.istio.io/v1alpha1',
      kind: 'IstioOperator',
      spec: {
        hub: cluster.istio.hub,
        tag: cluster.istio.tag,
        meshConfig: { trustDomain: 'example.org' },
        values: {
          defaultRevision: 'default',
          global: { meshID: 'mesh1', multiCluster: { clusterName: 'cluster1' }, network: 'network1' },
        },
      },
    });
    const ours = canonical([crds, defaultValidator, controlPlane].flatMap(parseObjects));
    // istiod changes the policy of validators to Fail, so our manifests have none.
    const expected = official.replaceAll(/^ +failurePolicy: Ignore\n/gm, '');
    expect(ours).toEqual(canonical(parseObjects(expected)));
    expect(Object.keys(ours)).toContain('ValidatingWebhookConfiguration /istiod-default-validator');
    expect(new Set(parseObjects(crds).map((object) => (object as { kind: string }).kind))).toEqual(
      new Set(['CustomResourceDefinition']),
    );
    expect(controlPlane).not.toContain('kind: CustomResourceDefinition');
  });

  test('has the same annotations in its text as in its objects', async () => {
    const { mesh, cluster } = meshOf(istioctl);
    const { crds, controlPlane } = await new Istioctl(mesh, '.').render(cluster);
    for (const text of [crds, controlPlane]) expectSameAsObjects(text);
  });

  test('includes its revision in its names', async () => {
    const { mesh, cluster } = meshOf(istioctl, { revision: 'canary' });
    const { controlPlane } = await new Istioctl(mesh, '.').render(cluster);
    const names = Object.keys(canonical(parseObjects(controlPlane)));
    expect(names).toContain('Deployment istio-system/istiod-canary');
    expect(names).not.toContain('Deployment istio-system/istiod');
  });

  test('is rejected if its version differs from that of the mesh', async () => {
    const { mesh } = meshOf(istioctl, { version: '1.20.1' });
    await expect(new Istioctl(mesh, '.').checkVersion()).rejects.toThrow(
      `${istioctl} is istioctl ${versionOf(istioctl)}, and the mesh is of Istio 1.20.1.`,
    );
  });

  test('reports unknown values with the error message of istioctl', async () => {
    const { mesh, cluster } = meshOf(istioctl, { values: { pilot: { replicaCuont: 2 } } });
    await expect(new Istioctl(mesh, '.').render(cluster)).rejects.toThrow(
      /CONTROL-PLANE-ISTIOCTL[\s\S]*replicaCuont/,
    );
  });

  test('accepts the same IstioOperator as istioctl install', () => {
    const { mesh, cluster } = meshOf(istioctl, { controlPlane: 'operator' });
    const names = Object.keys(
      canonical(parseObjects(manifestGenerate(istioctl, controlPlaneOperator(mesh, cluster)))),
    );
    expect(names).toContain('Deployment istio-system/istiod');
  });
});

test('a missing istioctl is an error with a hint', async () => {
  const { mesh } = {
    mesh: defineMesh({
      meshID: 'm',
      istio: { istioctl: 'no-istioctl' },
      clusters: [{ name: 'a', network: 'n' }],
    }),
  };
  await expect(new Istioctl(mesh, '.').checkVersion()).rejects.toThrow(
    /istioctl: CONTROL-PLANE-ISTIOCTL: no-istioctl was not found\./,
  );
});
