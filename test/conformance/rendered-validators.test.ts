import { expect, test } from 'vitest';
import { Istioctl } from '../../src/control-plane/istioctl';
import { defineMesh } from '../../src/mesh/define-mesh';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';
import { istioctls, versionOf } from './istioctl';
import { parseObjects } from './objects';

/** The files of a cluster whose control plane istioctl renders, by path. */
async function files(istioctl: string): Promise<ReadonlyMap<string, string>> {
  const mesh = defineMesh({
    meshID: 'mesh1',
    istio: { version: versionOf(istioctl), controlPlane: 'istioctl', istioctl },
    gitops: 'flux',
    repository: { url: 'https://git.example.com/mesh.git' },
    secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
    clusters: [{ name: 'cluster1', network: 'network1' }],
  });
  const program = new Istioctl(mesh, '.');
  const entries = mesh.clusters.map(
    async (cluster) => [cluster.name, await program.render(cluster)] as const,
  );
  const controlPlanes = Object.fromEntries(await Promise.all(entries));
  return new Map(
    new IstioMeshApp({ mesh, controlPlanes }).files().map(({ path, content }) => [path, content]),
  );
}

function validators(text = ''): object[] {
  const objects = parseObjects(text) as { kind: string; metadata: { name: string }; webhooks: object[] }[];
  return objects
    .filter(({ kind }) => kind === 'ValidatingWebhookConfiguration')
    .map(({ metadata, webhooks }) => ({ name: metadata.name, webhooks }));
}

test.each(istioctls)(
  'the validators that %s renders are written without the policy that lets everything pass',
  async (istioctl) => {
    const output = await files(istioctl);
    const ofRevision = validators(output.get('cluster1/30-control-plane.k8s.yaml'));
    expect(ofRevision).toMatchObject([{ name: 'istio-validator-istio-system', webhooks: [{ rules: [{}] }] }]);
    // After Istio's resources, because without that policy the API server refuses them until istiod answers.
    const ofDefault = validators(output.get('cluster1/zz-default-validator.k8s.yaml'));
    expect(ofDefault).toMatchObject([{ name: 'istiod-default-validator', webhooks: [{ rules: [{}] }] }]);
    expect([...output.values()].join()).not.toMatch(/failurePolicy: "?Ignore/);
  },
);
