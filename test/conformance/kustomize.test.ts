import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';
import { materials } from '../materials';
import { temporaryFolder } from '../temporary-folder';
import { canonical, parseObjects } from './objects';

test.each(['native', 'operator'] as const)(
  'kubectl kustomize outputs the objects of the files of a cluster in the format %s',
  (controlPlane) => {
    const mesh = defineMesh({
      meshID: 'mesh1',
      istio: { controlPlane },
      clusters: ['cluster1', 'cluster2'].map((name) => ({ name, network: name })),
      verification: { helloWorld: 'enabled' },
    });
    const outdir = join(temporaryFolder(), 'dist');
    const app = new IstioMeshApp({ mesh, ...materials(mesh), outdir });
    const nested = new Chart(new Construct(app.cluster('cluster1'), 'nested'), '70-nested');
    new k8s.KubeConfigMap(nested, 'map', { metadata: { name: 'nested', namespace: 'default' } });
    app.synth();
    const folder = join(outdir, 'cluster1');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml') && !file.startsWith('operator/'))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
    const built = execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    expect(canonical(parseObjects(built))).toEqual(canonical(files.flatMap(parseObjects)));
  },
);
