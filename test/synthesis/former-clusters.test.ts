import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formerClustersText } from '../../src/cli/former-clusters-text';
import { defineMesh } from '../../src/mesh/define-mesh';
import { findFormerClusters } from '../../src/synthesis/former-clusters';
import { synthesize } from '../../src/synthesis/synthesize';
import { temporaryFolder } from '../temporary-folder';

const mesh = defineMesh({
  meshID: 'mesh1',
  clusters: [
    { name: 'a', network: 'n1' },
    { name: 'c', network: 'n2' },
  ],
});

function folderWith(...files: string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

const earlier = [
  'a/10-namespace.k8s.yaml',
  'b/10-namespace.k8s.yaml',
  'argocd/a.yaml',
  'own/70-policies.yaml',
];

test('a cluster that was renamed is named with what is left of it', () => {
  const directory = folderWith(
    'certs/a/ca-cert.pem',
    'certs/b/ca-key.pem',
    'remotes/b.yaml',
    'encrypted/b/20-cacerts.yaml',
  );
  const former = findFormerClusters({ mesh, directory }, earlier, new Map([['a', 'n1']]));
  expect(former).toEqual({
    renamed: [],
    moved: [],
    removed: ['b'],
    added: ['c'],
    left: ['certs/b', 'remotes/b.yaml', 'encrypted/b'],
  });
  expect(formerClustersText(mesh, former)).toBe(`No longer in the mesh, and removed from the output: b.
kubectl apply deletes nothing. In every other cluster, delete the remote secrets of these clusters:
  kubectl delete secret --namespace istio-system --ignore-not-found istio-remote-secret-b
They can still read the other clusters until their tokens are revoked: istio-mesh remove b shows how.
If you renamed a cluster to c: to Istio it is a new cluster. Run istio-mesh join, synthesize again, and apply the files of all clusters.
Left of clusters that are not in the mesh; delete it if they do not come back and no other mesh uses it:
  certs/b
  remotes/b.yaml
  encrypted/b`);
});

test('what is left is named until it is deleted, also after cdk8s has emptied the output', () => {
  const directory = folderWith('certs/b/ca-key.pem', 'remotes/b.yaml', 'certs/notes/readme.txt');
  expect(findFormerClusters({ mesh, directory }, [], new Map())).toEqual({
    renamed: [],
    moved: [],
    removed: [],
    added: [],
    left: ['certs/b', 'remotes/b.yaml'],
  });
});

test('a mesh that has lost no cluster has no such text', () => {
  const former = findFormerClusters({ mesh, directory: folderWith('certs/a/ca-cert.pem') }, [], new Map());
  expect(formerClustersText(mesh, former)).toBe('');
});

test('with a GitOps tool, there is nothing to delete by hand', () => {
  const gitops = defineMesh({
    meshID: 'mesh1',
    gitops: 'argocd',
    repository: { url: 'https://git.example.com/mesh.git' },
    secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'vault' } } },
    clusters: [{ name: 'a', network: 'n1' }],
  });
  const text = formerClustersText(gitops, { removed: ['b'], added: [], left: [], renamed: [], moved: [] });
  expect(text).not.toContain('kubectl');
  expect(text).toContain('b.');
});

describe('a cluster that synthesis has written before', () => {
  const former = (networks: Readonly<Record<string, string>>) =>
    findFormerClusters({ mesh, directory: folderWith() }, [], new Map(Object.entries(networks)));

  test('has another name if it is the only one of its network', () => {
    expect(former({ a: 'n1', b: 'n2' })).toMatchObject({ renamed: [{ from: 'b', to: 'c' }], moved: [] });
    const text = formerClustersText(mesh, former({ a: 'n1', b: 'n2' }));
    expect(text).toContain('b seems to be c now, because the network is the same.');
    expect(text).toContain(
      'kubectl --kubeconfig c.kubeconfig rollout restart deployment --namespace NAMESPACE',
    );
  });

  test.each([
    ['the new cluster was there before', { a: 'n1', b: 'n2', c: 'n2' }],
    ['the network had several clusters', { a: 'n1', b: 'n2', d: 'n2' }],
    ['the network is another one', { a: 'n1', b: 'n3' }],
  ])('has no other name if %s', (_, networks) => {
    expect(former(networks).renamed).toEqual([]);
  });

  test('moves to another network', () => {
    const moved = former({ a: 'n0', c: 'n2' });
    expect(moved).toMatchObject({ moved: [{ cluster: 'a', from: 'n0', to: 'n1' }], renamed: [] });
    expect(formerClustersText(mesh, moved)).toMatch(/^a moves from n0 to n1\. Its pods stay in n0 until/);
  });

  test('has its network in the earlier output', async () => {
    const directory = temporaryFolder();
    const [meshFile, outdir] = [join(directory, 'mesh.yaml'), join(directory, 'dist')];
    const certificates = 'certificates: { keyAlgorithm: EC-P256 }';
    const write = (name: string, network: string): void =>
      writeFileSync(
        meshFile,
        `meshID: m\n${certificates}\nclusters: [{ name: a, network: "1" }, { name: ${name}, network: ${network} }]\n`,
      );
    write('b', 'n2');
    await synthesize({ meshFile, outdir });
    write('b', 'n3');
    expect((await synthesize({ meshFile, outdir })).former.moved).toEqual([
      { cluster: 'b', from: 'n2', to: 'n3' },
    ]);
    write('c', 'n3');
    expect((await synthesize({ meshFile, outdir })).former.renamed).toEqual([{ from: 'b', to: 'c' }]);
  });
});
