import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { crdManifests } from '../../src/control-plane/crds';
import type { ClusterDefinition } from '../../src/mesh/definition';
import { type GitOpsTool, gitopsTools } from '../../src/mesh/gitops';
import type { ControlPlaneFormat } from '../../src/mesh/istio';
import { synthesize } from '../../src/synthesis/synthesize';
import { temporaryFolder } from '../temporary-folder';
import { crdFiles, freshClusters, stopClusters } from './clusters';
import { Kubectl } from './kubectl';

const formats: readonly ControlPlaneFormat[] = ['native', 'helm'];

const crds = crdFiles('argocd', 'flux', 'sealed-secrets', 'external-secrets', 'cert-manager');

/** A cluster for each secrets backend, except sops, whose files only Flux decrypts. */
const clusters: ClusterDefinition[] = [
  { name: 'sealed', network: 'network1', secrets: { backend: 'sealed-secrets' } },
  {
    name: 'external',
    network: 'network2',
    secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
  },
  {
    name: 'issued',
    network: 'network3',
    secrets: {
      backend: 'cert-manager',
      remoteSecrets: 'sealed-secrets',
      certManager: { issuer: { name: 'issuer' } },
    },
  },
];

describe.skipIf(crds.length === 0)('the output for GitOps tools, if their CRDs are available', () => {
  let kubectl: Kubectl;

  beforeAll(() => {
    const [kubeconfig = ''] = freshClusters(1);
    kubectl = new Kubectl(kubeconfig);
    for (const crd of crds) kubectl.run(`apply --server-side -f ${crd}`);
    kubectl.apply(parseAllDocuments(crdManifests('1.31')).map((document) => document.toJS()));
    kubectl.run('wait --for=condition=Established crd --all');
    for (const namespace of ['istio-system', 'sample', 'argocd', 'flux-system']) {
      kubectl.run(`create namespace ${namespace}`);
    }
  });
  afterAll(stopClusters);

  test.each(gitopsTools.flatMap((tool) => formats.map((format) => [tool, format] as const)))(
    'passes a server-side dry run: %s, %s',
    async (tool, format) => {
      const dist = await synthesized(tool, format);
      const tree = tool === 'argocd' ? ['argocd'] : clusters.map(({ name }) => `flux/${name}`);
      for (const folder of [...tree, ...clusters.map(({ name }) => name)]) {
        const applied = kubectl.run(`apply --server-side --dry-run=server -f ${dist}/${folder} -o name`);
        expect(applied.trim().split('\n').length).toBeGreaterThanOrEqual(objectCount(join(dist, folder)));
      }
    },
  );
});

/** The number of objects in the YAML files of a folder. */
function objectCount(folder: string): number {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  return texts.join('\n').match(/^kind: /gm)?.length ?? 0;
}

/** Synthesizes a mesh of all clusters, joined, and returns the output folder. */
async function synthesized(tool: GitOpsTool, controlPlane: ControlPlaneFormat): Promise<string> {
  const folder = temporaryFolder();
  const definition = {
    meshID: 'mesh1',
    gitops: tool,
    istio: { controlPlane },
    repository: { url: 'https://git.example.com/platform/mesh.git' },
    certificates: { keyAlgorithm: 'EC-P256' },
    clusters,
    verification: { helloWorld: 'enabled' },
  };
  writeFileSync(join(folder, 'mesh.yaml'), stringify(definition));
  mkdirSync(join(folder, 'remotes'));
  mkdirSync(join(folder, 'sealing-certificates'));
  for (const { name } of clusters) {
    writeFileSync(join(folder, `remotes/${name}.yaml`), JSON.stringify(kubeconfig), { mode: 0o600 });
    issueSealingCertificate(join(folder, `sealing-certificates/${name}.pem`));
  }
  const { outdir } = await synthesize({ meshFile: join(folder, 'mesh.yaml'), outdir: join(folder, 'dist') });
  return outdir;
}

const kubeconfig = {
  clusters: [{ name: 'a', cluster: { server: 'https://203.0.113.2:6443' } }],
  users: [{ name: 'b', user: { token: 'token' } }],
  contexts: [{ name: 'c', context: { cluster: 'a', user: 'b' } }],
  'current-context': 'c',
};

function issueSealingCertificate(file: string): void {
  const options = '-x509 -newkey rsa:2048 -nodes -days 30 -subj /O=sealed-secret -keyout /dev/null -out';
  execFileSync('openssl', ['req', ...options.split(' '), file], { stdio: 'ignore' });
}
