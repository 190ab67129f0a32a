import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { formerClustersText } from '../../src/cli/former-clusters-text';
import { defineMesh } from '../../src/mesh/define-mesh';
import { findFormerClusters } from '../../src/synthesis/former-clusters';
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
  const former = findFormerClusters({ mesh, directory }, earlier);
  expect(former).toEqual({
    removed: ['b'],
    added: ['c'],
    left: ['certs/b', 'remotes/b.yaml', 'encrypted/b'],
  });
  expect(formerClustersText(mesh, former)).toBe(`No longer in the mesh, and removed from the output: b.
kubectl apply deletes nothing. In every other cluster, delete the remote secrets of these clusters:
  kubectl delete secret --namespace istio-system --ignore-not-found istio-remote-secret-b
If you renamed a cluster to c: to Istio it is a new cluster. Run istio-mesh join, synthesize again, and apply the files of all clusters.
Left of clusters that are not in the mesh; delete it if they do not come back and no other mesh uses it:
  certs/b
  remotes/b.yaml
  encrypted/b`);
});

test('what is left is named until it is deleted, also after cdk8s has emptied the output', () => {
  const directory = folderWith('certs/b/ca-key.pem', 'remotes/b.yaml', 'certs/notes/readme.txt');
  expect(findFormerClusters({ mesh, directory }, [])).toEqual({
    removed: [],
    added: [],
    left: ['certs/b', 'remotes/b.yaml'],
  });
});

test('a mesh that has lost no cluster has no such text', () => {
  const former = findFormerClusters({ mesh, directory: folderWith('certs/a/ca-cert.pem') }, []);
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
  const text = formerClustersText(gitops, { removed: ['b'], added: [], left: [] });
  expect(text).not.toContain('kubectl');
  expect(text).toContain('b.');
});
