import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadMesh } from '../../src/mesh/mesh-file';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh } from './istio-mesh';

const repository = 'https://git.example.com/platform/mesh.git';

test('prints what it wrote, and what to do next', () => {
  const folder = temporaryFolder();
  expect(istioMesh(folder, 'init')).toEqual({
    status: 0,
    stdout: `Wrote mesh.yaml
Wrote cdk8s.yaml
Wrote .gitignore

Next, edit mesh.yaml, then run:
  npx istio-mesh synth
`,
    stderr: '',
  });
  const { clusters } = loadMesh(join(folder, 'mesh.yaml'));
  expect(clusters.map(({ name }) => name)).toEqual(['cluster1', 'cluster2']);
});

test('writes to another folder, for the given clusters and GitOps tool', () => {
  const folder = temporaryFolder();
  const args = ['--directory', 'my mesh', '--gitops', 'flux', '--repository', repository];
  const { status, stdout } = istioMesh(folder, 'init', 'eu', 'us', ...args);
  expect(status).toBe(0);
  expect(stdout).toContain("then run:\n  cd 'my mesh'\n  npx istio-mesh join\n");
  const { clusters, gitops } = loadMesh(join(folder, 'my mesh/mesh.yaml'));
  expect(clusters.map(({ name }) => name)).toEqual(['eu', 'us']);
  expect(gitops?.tool).toBe('flux');
});

test('adds a mesh to an existing cdk8s app, and prints what to change by hand', () => {
  const folder = temporaryFolder();
  const config = 'language: typescript\napp: npx ts-node main.ts\n';
  writeFileSync(join(folder, 'cdk8s.yaml'), config);
  writeFileSync(join(folder, 'main.ts'), 'new App().synth();\n');
  const { status, stdout } = istioMesh(folder, 'init');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Wrote mesh\.yaml\nWrote \.gitignore\n\nmain\.ts writes your charts/);
  expect(readFileSync(join(folder, 'cdk8s.yaml'), 'utf8')).toBe(config);
});

test.each([
  [['Bad_Name'], 'error: argument clusters: MESH-VALUE: clusters[0].name is "Bad_Name".'],
  [['a', 'a'], 'error: argument clusters: MESH-DUPLICATE-CLUSTER: '],
  [['a', '--gitops', 'argocd'], 'error: write --gitops and --repository together'],
  [
    ['a', '--gitops', 'jenkins', '--repository', repository],
    'error: option --gitops: MESH-VALUE: gitops.tool is "jenkins".',
  ],
  [['a', '--gitops', 'flux', '--repository', 'mesh'], 'error: option --repository: MESH-VALUE: '],
  [['a', '--delivery', 'argocd'], 'error: write --gitops argocd instead of --delivery'],
])('reports a wrong argument, and writes nothing: %j', (args, message) => {
  const folder = temporaryFolder();
  const { status, stdout, stderr } = istioMesh(folder, 'init', ...args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr.slice(0, message.length)).toBe(message);
  expect(readdirSync(folder)).toEqual([]);
});

test('does not overwrite mesh.yaml', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'mesh.yaml'), 'own');
  const { status, stderr } = istioMesh(folder, 'init');
  expect(status).toBe(1);
  expect(stderr).toContain('mesh.yaml: OUTPUT-EXISTS: The file exists already.');
  expect(readFileSync(join(folder, 'mesh.yaml'), 'utf8')).toBe('own');
  expect(existsSync(join(folder, 'cdk8s.yaml'))).toBe(false);
});

describe('--from', () => {
  const operator = (cluster: string) => `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  addonComponents: {}
  values:
    global: { meshID: mesh1, network: ${cluster}-network, multiCluster: { clusterName: ${cluster} } }
`;

  test('writes the mesh of files, says what was left out, and to keep the certificates', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'eu.yaml'), operator('eu'));
    writeFileSync(join(folder, 'us.yaml'), operator('us'));
    const { status, stdout, stderr } = istioMesh(
      folder,
      'init',
      '--from',
      'eu.yaml',
      'us.yaml',
      '--directory',
      'mesh',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('eu.yaml:4: addonComponents is no setting of Istio');
    expect(stdout).toContain('copy the CA certificates of the clusters into certs/');
    const mesh = loadMesh(join(folder, 'mesh/mesh.yaml'));
    expect(mesh.meshID).toBe('mesh1');
    expect(mesh.clusters.map(({ name, network }) => [name, network])).toEqual([
      ['eu', 'eu-network'],
      ['us', 'us-network'],
    ]);
  });

  test.each([
    [['--from', 'missing.yaml'], 'missing.yaml: INIT-FILE: The file cannot be read: '],
    [['eu', '--from', 'eu.yaml'], 'error: write the name of a cluster before its file or context'],
    [['eu', '--network', 'network1'], 'error: --network is for --from or --from-cluster'],
    [['--from', 'eu.yaml', '--network', 'a=b=c'], 'error: write --network CLUSTER=NETWORK instead of a=b=c'],
    [['--from', 'other.yaml'], 'other.yaml:1:1: INIT-CONTENT: This is not a configuration of Istio'],
  ])('reports a wrong argument or file, and writes nothing: %j', (args, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'eu.yaml'), operator('eu'));
    writeFileSync(join(folder, 'other.yaml'), 'replicas: 2\n');
    const { status, stdout, stderr } = istioMesh(folder, 'init', ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.slice(0, message.length)).toBe(message);
    expect(readdirSync(folder).sort()).toEqual(['eu.yaml', 'other.yaml']);
  });
});
