import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { ClusterDefinition, MeshDefinition } from '../../../src/mesh/definition';
import type { Mesh } from '../../../src/mesh/mesh';
import type { SecretsDefinition } from '../../../src/mesh/secrets/definition';
import { acceptRecipients } from '../../../src/secrets/encryption/load-encryption';
import { type Inputs, loadInputs } from '../../../src/synthesis/inputs';
import { IstioMeshApp } from '../../../src/synthesis/istio-mesh-app';
import { temporaryFolder } from '../../temporary-folder';
import { sealingPair } from './secret';

/** Public age keys. */
const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
export const otherRecipient = 'age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg';

/** The certificate of a controller, shared by all clusters with sealed-secrets. */
const sealing = sealingPair();

export const sops: SecretsDefinition = { backend: 'sops', sops: { age: [recipient] } };
export const sealed: SecretsDefinition = {
  backend: 'sealed-secrets',
  sealedSecrets: { certificate: 'controller.pem' },
};

/** The secrets of clusters, by cluster name. */
export type Backends = Readonly<Record<string, SecretsDefinition>>;

/** A folder for syntheses of a mesh whose clusters have all joined. */
export class EncryptedMesh {
  readonly directory = temporaryFolder();

  constructor(private readonly backends: Backends) {
    writeFileSync(join(this.directory, 'controller.pem'), sealing.cert);
    mkdirSync(join(this.directory, 'remotes'));
    for (const name of Object.keys(backends)) this.join(name, `token-of-${name}-${'0'.repeat(40)}`);
  }

  mesh(backends: Backends = this.backends, more: Partial<MeshDefinition> = {}): Mesh {
    const clusters = Object.entries(backends).map(
      ([name, secrets]): ClusterDefinition => ({ name, network: name, secrets }),
    );
    const certificates = { keyAlgorithm: 'EC-P256' } as const;
    return defineMesh({ meshID: 'mesh1', certificates, clusters, ...more });
  }

  join(cluster: string, token: string): void {
    const kubeconfig = {
      'current-context': 'c',
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: 'https://203.0.113.7:6443' } }],
      users: [{ name: 'u', user: { token } }],
    };
    const file = join(this.directory, 'remotes', `${cluster}.yaml`);
    writeFileSync(file, JSON.stringify(kubeconfig), { mode: 0o600 });
  }

  /** Accepts the current recipients, as `istio-mesh secrets --accept-recipients` does. */
  async accept(mesh: Mesh = this.mesh()): Promise<void> {
    await acceptRecipients(mesh, this.directory);
  }

  /** Synthesizes the mesh into the folder dist. */
  async synthesize(mesh: Mesh = this.mesh()): Promise<Inputs> {
    const inputs = await loadInputs(mesh, { directory: this.directory });
    new IstioMeshApp({ mesh, ...inputs, outdir: join(this.directory, 'dist') }).synth();
    return inputs;
  }
}
