import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { analysis } from './analysis';
import type { Workplace } from './workplace';

/** Clusters with all objects of the native format, in all supported minor versions of Istio. */
const clusters = {
  default: {},
  minimal: { profile: 'minimal' },
  revision: { revision: 'canary' },
  both: { canary: { revision: 'canary' } },
  replicas: { values: { pilot: { autoscaleMin: 2 } } },
  policies: { values: { global: { networkPolicy: { enabled: true } } } },
  'line-1-30': { version: '1.30.3' },
  'line-1-29': { version: '1.29.6' },
};

/** Applies the objects of the native format to an API server that has only the CRDs. */
export function testServerSideDryRun(workplace: () => Workplace, emptyCluster: string): void {
  test('passes a server-side dry run', () => {
    const kubectl = (args: string) => workplace().kubectl(emptyCluster, args);
    writeFileSync(join(workplace().folder, 'dry-run.yaml'), stringify(meshOfAllKinds()));
    workplace().run('npx istio-mesh synth --mesh-file dry-run.yaml --output dry-run');
    kubectl('apply --server-side -f dry-run/default/00-crds.k8s.yaml');
    kubectl('wait --for=condition=Established crd --all');
    for (const namespace of ['istio-system', 'sample']) kubectl(`create namespace ${namespace}`);
    for (const cluster of Object.keys(clusters)) {
      kubectl(`apply --server-side --dry-run=server -f dry-run/${cluster}`);
      expect(analysis(workplace(), `--use-kube=false dry-run/${cluster}`)).toEqual([]);
    }
    kubectl('delete namespace istio-system sample');
  });
}

function meshOfAllKinds(): object {
  return {
    meshID: 'dry-run',
    istio: { controlPlane: 'native' },
    // Not those of the mesh that runs, whose root it does not have.
    remotes: 'dry-run-remotes',
    certificates: { directory: 'dry-run-certs', keyAlgorithm: 'EC-P256' },
    clusters: Object.entries(clusters).map(([name, istio]) => ({ name, network: name, istio })),
  };
}
