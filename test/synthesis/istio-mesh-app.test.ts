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

describe("a chart of one's own", () => {
  test('below a cluster is written beside its stages', () => {
    const app = new IstioMeshApp({ mesh, outdir });
    configMap(new Chart(app.cluster('cluster1'), '70-policies'), 'map', 'own');
    app.synth();
    expect(readFileSync(join(outdir, 'cluster1/70-policies.k8s.yaml'), 'utf8')).toContain('name: own');
    expect(readdirSync(join(outdir, 'cluster2'))).not.toContain('70-policies.k8s.yaml');
  });

  test('keeps the order of its dependencies', () => {
    const app = new IstioMeshApp({ mesh, outdir });
    const chart = new Chart(app.cluster('cluster1'), '70-policies');
    configMap(chart, 'first', 'needs-second');
    configMap(chart, 'second', 'second');
    chart.node.findChild('first').node.addDependency(chart.node.findChild('second'));
    app.synth();
    const text = readFileSync(join(outdir, 'cluster1/70-policies.k8s.yaml'), 'utf8');
    expect(text.indexOf('name: second')).toBeLessThan(text.indexOf('name: needs-second'));
  });

  test('with a Secret is for its owner alone', () => {
    const app = new IstioMeshApp({ mesh, outdir });
    const chart = new Chart(app.cluster('cluster1'), '70-own');
    configMap(chart, 'map', 'own');
    new k8s.KubeSecret(chart, 'secret', { metadata: { name: 'own' } });
    app.synth();
    expect(statSync(join(outdir, 'cluster1/70-own.k8s.yaml')).mode & 0o777).toBe(0o600);
  });

  test('without an object is no file, which kubectl would refuse', () => {
    const app = new IstioMeshApp({ mesh, outdir });
    new Chart(app.cluster('cluster1'), '70-empty');
    app.synth();
    expect(readdirSync(join(outdir, 'cluster1'))).not.toContain('70-empty.k8s.yaml');
  });
});

describe('two objects of one kind, namespace and name', () => {
  test('in one cluster are an error that names both places, and nothing is written', () => {
    const app = new IstioMeshApp({ mesh, outdir });
    configMap(new Chart(app.cluster('cluster1'), '70-a'), 'map', 'same');
    configMap(new Chart(app.cluster('cluster1'), '71-b'), 'map', 'same');
    expect(() => app.synth()).toThrow(
      /^cluster1\/71-b\.k8s\.yaml: OUTPUT-DUPLICATE: ConfigMap default\/same is also in cluster1\/70-a\.k8s\.yaml\./,
    );
    expect(() => statSync(outdir)).toThrow('ENOENT');
  });

  test('in two clusters, in two namespaces or of two groups are none', () => {
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

test('a construct that refuses its synthesis is an error, and nothing is written', () => {
  const app = new IstioMeshApp({ mesh, outdir });
  app.cluster('cluster2').node.addValidation({ validate: () => ['it has no owner'] });
  expect(() => app.synth()).toThrow('cluster2: OUTPUT-INVALID: it has no owner');
  expect(() => statSync(outdir)).toThrow('ENOENT');
});

test('a cluster that the mesh does not have is an error that names the nearest', () => {
  expect(() => new IstioMeshApp({ mesh, outdir }).cluster('cluster')).toThrow('Write cluster1.');
});

test('of any mesh, every file is YAML of objects that have a name, and twice the same bytes', () => {
  fc.assert(
    fc.property(meshDefinitions, (definition) => {
      const files = new IstioMeshApp({ mesh: defineMesh(definition), outdir }).files();
      expect(new IstioMeshApp({ mesh: defineMesh(definition), outdir }).files()).toEqual(files);
      // The definitions are the same for every mesh, and a megabyte takes its time.
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
