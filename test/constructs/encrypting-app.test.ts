import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { IstioMeshCluster } from '../../src/constructs/istio-mesh-cluster';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { SecretsDefinition } from '../../src/mesh/secrets/definition';
import { materials } from '../materials';
import { temporaryFolder } from '../temporary-folder';

const sops = { age: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'] };

/** A plain cdk8s app with a cluster whose Secrets have a backend. */
function plainApp(secrets: SecretsDefinition, has: 'inputs' | 'nothing' = 'inputs'): App {
  const clusters = ['a', 'b'].map((name) => ({ name, network: name }));
  const mesh = defineMesh({ meshID: 'mesh1', secrets, clusters });
  const { caCerts, remotes } = materials(mesh);
  const app = new App({ outdir: join(temporaryFolder(), 'dist') });
  new IstioMeshCluster(app, 'a', { mesh, ...(has === 'inputs' && { caCerts: caCerts.a, remotes }) });
  return app;
}

test.each<[backend: string, secrets: SecretsDefinition]>([
  ['sealed-secrets', { backend: 'sealed-secrets' }],
  ['sops', { backend: 'sops', sops }],
  ['sops', { remoteSecrets: 'sops', sops }],
])(
  'a plain cdk8s app cannot synthesize Secrets of the backend %s, and writes nothing',
  (backend, secrets) => {
    const app = plainApp(secrets);
    expect(() => app.synth()).toThrow(`[a] The Secrets of the backend ${backend} would be in plain text.`);
    expect(existsSync(app.outdir) ? readdirSync(app.outdir) : []).toEqual([]);
  },
);

test('a plain cdk8s app writes clusters without keys and tokens', () => {
  plainApp({ backend: 'sealed-secrets' }, 'nothing').synth();
  plainApp({ backend: 'external-secrets', externalSecrets: { store: { name: 'vault' } } }).synth();
});

test('a plain cdk8s app writes Secrets of the backend plain', () => {
  plainApp({}).synth();
});
