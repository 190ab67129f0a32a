import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { defineMesh } from '../../src/mesh/define-mesh';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';
import { meshDefinitions } from '../mesh/arbitrary-mesh';
import { temporaryFolder } from '../temporary-folder';

const mesh = defineMesh({
  meshID: 'mesh1',
  clusters: [
    { name: 'cluster1', network: 'network1' },
    { name: 'cluster2', network: 'network2' },
  ],
});

let outdir: string;
beforeEach(() => {
  const home = temporaryFolder();
  outdir = join(home, 'dist');
});

function configMap(chart: Chart, id: string, name: string, namespace = 'default'): void {
  new k8s.KubeConfigMap(chart, id, { metadata: { name, namespace } });
}

describe('a chart of a user', () => {
  test('in the scope of a cluster is a file of its folder', () => {
    const app = new IstioMeshApp({ mesh, outdir });
    configMap(new Chart(app.cluster('cluster1'), '70-policies'), 'map', 'own');
    app.synth();
    expect(readFileSync(join(outdir, 'cluster1/70-policies.k8s.yaml'), 'utf8')).toContain('name: own');
    expect(readdirSync(join(outdir, 'cluster2'))).not.toContain('70-policies.k8s.yaml');
  });

  test('has its objects in the order of their dependencies', () => {
    const app = new IstioMeshApp({ mesh, outdir });
    const chart = new Chart(app.cluster('cluster1'), '70-policies');
    configMap(chart, 'first', 'needs-second');
    configMap(chart, 'second', 'second');
    chart.node.findChild('first').node.addDependency(chart.node.findChild('second'));
    app.synth();
    const text = readFileSync(join(outdir, 'cluster1/70-policies.k8s.yaml'), 'utf8');
    expect(text.indexOf('name: second')).toBeLessThan(text.indexOf('name: needs-second'));
  });

  test('with a Secret is readable only by the owner', () => {
    const app = new IstioMeshApp({ mesh, outdir });
    const chart = new Chart(app.cluster('cluster1'), '70-own');
    configMap(chart, 'map', 'own');
    new k8s.KubeSecret(chart, 'secret', { metadata: { name: 'own' } });
    app.synth();
    expect(statSync(join(outdir, 'cluster1/70-own.k8s.yaml')).mode & 0o777).toBe(0o600);
  });

  test('without objects has no file, because kubectl refuses empty files', () => {
    const app = new IstioMeshApp({ mesh, outdir });
    new Chart(app.cluster('cluster1'), '70-empty');
    app.synth();
    expect(readdirSync(join(outdir, 'cluster1'))).not.toContain('70-empty.k8s.yaml');
  });
});

describe('two objects with the same kind, namespace and name', () => {
  test('in one cluster are an error that names both files, and nothing is written', () => {
    const app = new IstioMeshApp({ mesh, outdir });
    configMap(new Chart(app.cluster('cluster1'), '70-a'), 'map', 'same');
    configMap(new Chart(app.cluster('cluster1'), '71-b'), 'map', 'same');
    expect(() => app.synth()).toThrow(
      /^cluster1\/71-b\.k8s\.yaml: OUTPUT-DUPLICATE: ConfigMap default\/same is also in cluster1\/70-a\.k8s\.yaml\./,
    );
    expect(() => statSync(outdir)).toThrow('ENOENT');
  });

  test('in two clusters, in two namespaces or of two API groups are allowed', () => {
    const app = new IstioMeshApp({ mesh, outdir });
    const chart = new Chart(app.cluster('cluster1'), '70-a');
    configMap(chart, 'map', 'same');
    configMap(chart, 'elsewhere', 'same', 'other');
    configMap(new Chart(app.cluster('cluster2'), '70-a'), 'map', 'same');
    for (const group of ['a.example.com', 'b.example.com']) {
      new ApiObject(chart, group, { apiVersion: `${group}/v1`, kind: 'Same', metadata: { name: 'same' } });
    }
    app.synth();
  });
});

test('a construct that fails its validation is an error, and nothing is written', () => {
  const app = new IstioMeshApp({ mesh, outdir });
  app.cluster('cluster2').node.addValidation({ validate: () => ['it has no owner'] });
  expect(() => app.synth()).toThrow('cluster2: OUTPUT-INVALID: it has no owner');
  expect(() => statSync(outdir)).toThrow('ENOENT');
});

test('an unknown cluster is an error that suggests a similar name', () => {
  expect(() => new IstioMeshApp({ mesh, outdir }).cluster('cluster')).toThrow('Write cluster1.');
});

test('every file of any mesh is YAML with named objects, and the same in each run', () => {
  fc.assert(
    fc.property(meshDefinitions, (definition) => {
      const files = new IstioMeshApp({ mesh: defineMesh(definition), outdir }).files();
      expect(new IstioMeshApp({ mesh: defineMesh(definition), outdir }).files()).toEqual(files);
      // The CRDs are the same in every mesh, and slow to parse.
      for (const { content } of files.filter(({ path }) => /^(?!.*00-crds).*\.k8s\.yaml$/.test(path))) {
        for (const document of parseAllDocuments(content, { version: '1.1' })) {
          expect(document.errors).toEqual([]);
          expect(document.toJS()).toMatchObject({
            apiVersion: expect.any(String),
            kind: expect.any(String),
            metadata: { name: expect.stringMatching(/./) },
          });
        }
      }
    }),
    { numRuns: 25 },
  );
});
