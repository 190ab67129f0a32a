import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { analysis } from './analysis';
import type { Workplace } from './workplace';

/** Clusters that between them have every object that the native form writes, and every line of Istio. */
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

/** An API server that has only the custom resource definitions takes the native form's objects as they are. */
export function passesServerSideDryRuns(workplace: () => Workplace, emptyCluster: string): void {
  test('passes the dry runs of an API server', () => {
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
    certificates: { directory: 'dry-run-certs', keyAlgorithm: 'EC-P256' },
    clusters: Object.entries(clusters).map(([name, istio]) => ({ name, network: name, istio })),
  };
}
