import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { Istioctl } from '../../src/control-plane/istioctl';
import { defineMesh } from '../../src/mesh/define-mesh';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';
import { temporaryFolder } from '../temporary-folder';
import { istioctls, versionOf } from './istioctl';
import { parseObjects } from './objects';

/** The control plane of a cluster as Flux applies it, as YAML text: the files, with the patches of Flux. */
async function applied(istioctl: string): Promise<string> {
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
  const files = new Map(
    new IstioMeshApp({ mesh, controlPlanes }).files().map(({ path, content }) => [path, content]),
  );
  const { spec } = parse(files.get('flux/cluster1/istiod.k8s.yaml') ?? '');
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'istiod.yaml'), files.get('cluster1/30-control-plane.k8s.yaml') ?? '');
  const kustomization = { resources: ['istiod.yaml'], patches: spec.patches };
  writeFileSync(join(folder, 'kustomization.yaml'), stringify(kustomization));
  return execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

test.each(istioctls)(
  'Flux applies the validators that %s renders with failure policy Fail from the start',
  async (istioctl) => {
    const objects = parseObjects(await applied(istioctl)) as {
      kind: string;
      webhooks: { failurePolicy: string }[];
    }[];
    const validators = objects.filter(({ kind }) => kind === 'ValidatingWebhookConfiguration');
    expect(validators).toHaveLength(2);
    for (const { webhooks } of validators) {
      expect(webhooks.map(({ failurePolicy }) => failurePolicy)).toEqual(['Fail']);
    }
  },
);
