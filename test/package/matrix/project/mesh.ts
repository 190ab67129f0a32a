import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { defineMesh, IstioMeshApp, join, loadInputs, type MeshError } from 'cdk8s-istio-mesh';

/** Encrypts with age, and reaches for a cluster: that loads all that the library loads late. */
export async function synthesizeAndJoin(): Promise<{ yaml: string; joined: unknown }> {
  const directory = mkdtempSync(joinPath(tmpdir(), 'mesh-'));
  writeFileSync(joinPath(directory, 'kubeconfig'), JSON.stringify(kubeconfig), { mode: 0o600 });
  const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
  const mesh = defineMesh({
    meshID: 'mesh1',
    secrets: { backend: 'sops', sops: { age: [recipient] } },
    certificates: { keyAlgorithm: 'EC-P256' },
    clusters: [
      { name: 'cluster1', network: 'network1', kubeconfig: 'kubeconfig' },
      { name: 'cluster2', network: 'network2' },
    ],
    verification: { helloWorld: 'enabled' },
  });
  const app = new IstioMeshApp({ mesh, ...(await loadInputs(mesh, { directory })) });
  const joined = await join(mesh, { directory, clusters: ['cluster1'] }).catch((error: MeshError) => error);
  return { yaml: app.synthYaml(), joined };
}

const kubeconfig = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'cluster1', cluster: { server: 'https://cluster1.invalid' } }],
  users: [{ name: 'admin', user: { token: 'token' } }],
  contexts: [{ name: 'cluster1', context: { cluster: 'cluster1', user: 'admin' } }],
  'current-context': 'cluster1',
};
