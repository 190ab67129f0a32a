import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type CaCerts, caCertsFile } from '../../src/pki/ca-certs';
import { formatRemoteKubeconfig } from '../../src/remotes/remote-kubeconfig';
import type { SecretsReport } from '../../src/secrets/secrets-report';
import { type ExternalSecret, fetchedSecret } from '../constructs/fetched-secret';
import { caCertsOf, opensslCa } from '../pki/openssl';
import { listOf } from '../pki/revocation-list';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh } from './istio-mesh';

const store = 'externalSecrets: { store: { name: vault } }';

const mesh = (backend: string): string => `meshID: mesh1
certificates: { keyAlgorithm: EC-P256 }
secrets: { backend: ${backend}, ${store} }
clusters:
  - { name: a, network: n1 }
  - { name: b, network: n2, peers: [a] }
  - name: c
    network: n3
    secrets: { backend: cert-manager, remoteSecrets: sops, sops: { age: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p] }, certManager: { issuer: { name: root } } }
`;

function meshFolder(backend = 'external-secrets'): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'mesh.yaml'), mesh(backend));
  return folder;
}

const tokenOf = (name: string): string => `token-of-${name}`;

function joinAll(folder: string): void {
  mkdirSync(join(folder, 'remotes'), { mode: 0o700 });
  for (const name of ['a', 'b', 'c']) {
    const kubeconfig = { server: `https://${name}.example.com:6443`, user: { token: tokenOf(name) } };
    writeFileSync(join(folder, `remotes/${name}.yaml`), formatRemoteKubeconfig(name, kubeconfig), {
      mode: 0o600,
    });
  }
}

function report(folder: string): SecretsReport {
  return JSON.parse(istioMesh(folder, 'secrets', '--json').stdout);
}

/** The objects in the files of a stage of a cluster. */
function objects(folder: string, cluster: string, stage: string): unknown[] {
  const output = join(folder, 'dist', cluster);
  return readdirSync(output)
    .filter((name) => name.startsWith(stage))
    .flatMap((name) => parseAllDocuments(readFileSync(join(output, name), 'utf8')))
    .map((document) => document.toJS());
}

test('lists the source of each Secret, the missing files, and the commands that write them', () => {
  const { status, stdout, stderr } = istioMesh(meshFolder(), 'secrets');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(
    /^a +istio-system\/cacerts +external-secrets +ClusterSecretStore vault, mesh1\/a\/cacerts$/m,
  );
  expect(stdout).toMatch(/^c +istio-system\/cacerts +cert-manager +ClusterIssuer root$/m);
  expect(stdout).toMatch(
    /^c +istio-system\/istio-remote-secret-a +sops +encrypted\/c\/60-remote-secret-a\.yaml$/m,
  );
  expect(stdout).toMatch(/mesh1\/a\/cacerts +ca-key +certs\/a\/ca-key\.pem \(missing\)$/m);
  expect(stdout).not.toMatch(/mesh1\/c\/cacerts/);
  expect(stdout).toMatch(
    /If the secret stores do not hold their content yet, first run:\n {2}istio-mesh ca$/m,
  );
  expect(stdout).toMatch(/^ {2}istio-mesh join --cluster a$/m);
  expect(stdout).not.toContain('vault kv put');
});

test('a store with the listed files provides the same Secrets as the backend plain', () => {
  const folder = meshFolder();
  istioMesh(folder, 'ca');
  joinAll(folder);
  const { entries } = report(folder);
  expect(entries.map(({ key, readers }) => [key, ...readers])).toEqual([
    ['mesh1/a/cacerts', 'a'],
    ['mesh1/b/remote-kubeconfig', 'a'],
    ['mesh1/c/remote-kubeconfig', 'a'],
    ['mesh1/b/cacerts', 'b'],
    ['mesh1/a/remote-kubeconfig', 'b'],
  ]);
  const filled = filledStore(folder);
  istioMesh(folder, 'synth');
  const fetched = ['20-', '60-'].map((stage) =>
    (objects(folder, 'a', stage) as ExternalSecret[]).map((each) => fetchedSecret(each, filled)),
  );
  writeFileSync(join(folder, 'mesh.yaml'), mesh('plain'));
  istioMesh(folder, 'synth');
  expect(fetched).toEqual(['20-', '60-'].map((stage) => objects(folder, 'a', stage)));
  expect(fetched.flat()).toHaveLength(3);
});

test.each(['pem', 'tls'])(
  'a store with the files of the form %s, and with revoked certificates, does so, too',
  (form) => {
    const folder = meshFolder();
    writeOwnCertificates(folder);
    joinAll(folder);
    if (form === 'tls') asTlsSecret(folder);
    const refused = istioMesh(folder, 'secrets');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/certs\/a\/ca-crl\.pem: MESH-SECRETS: [\s\S]*crl: enabled/);
    writeFileSync(
      join(folder, 'mesh.yaml'),
      mesh('external-secrets').replace('{ store:', '{ crl: enabled, store:'),
    );
    const { stdout } = istioMesh(folder, 'secrets');
    expect(stdout).toMatch(
      /^ {2}.*vault kv put -mount=secret mesh1\/a\/cacerts .*ca-crl=@certs\/a\/ca-crl\.pem$/m,
    );
    const store = filledStore(folder);
    expect(istioMesh(folder, 'synth')).toMatchObject({ status: 0 });
    const [fetched] = (objects(folder, 'a', '20-') as ExternalSecret[]).map((each) =>
      fetchedSecret(each, store),
    );
    writeFileSync(join(folder, 'mesh.yaml'), mesh('plain'));
    expect(istioMesh(folder, 'synth')).toMatchObject({ status: 0, stderr: '' });
    expect(fetched).toEqual(objects(folder, 'a', '20-')[0]);
    expect(Object.keys((fetched as { data: object }).data)).toContain('ca-crl.pem');
  },
);

/** The entries of a store with the content of the listed files. */
function filledStore(folder: string): Record<string, Record<string, string>> {
  const read = (file: string | undefined) =>
    file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
  return Object.fromEntries(
    report(folder).entries.map(({ key, values }) => [
      key,
      Object.fromEntries(
        values.map(({ property, file, followedBy }) => [property, read(file) + read(followedBy)]),
      ),
    ]),
  );
}

/** Writes CA certificates that another program issued, with lists of revoked certificates. */
function writeOwnCertificates(folder: string): void {
  const extensions = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
  const root = opensslCa({ extensions });
  const cas = ['a', 'b'].map((name) => ({
    name,
    ca: opensslCa({ issuer: root, extensions, subject: `/CN=${name}` }),
  }));
  const caCrl = [root, ...cas.map(({ ca }) => ca)].map((ca) => listOf(ca, 30)).join('');
  for (const { name, ca } of cas) {
    mkdirSync(join(folder, 'certs', name), { recursive: true });
    for (const [part, text] of Object.entries({ ...caCertsOf(ca, root), caCrl })) {
      const file = join(folder, 'certs', caCertsFile(name, part as keyof CaCerts));
      writeFileSync(file, text, { mode: 0o600 });
    }
  }
}

/** Gives the files of the clusters the names of a TLS Secret. */
function asTlsSecret(folder: string): void {
  for (const name of ['a', 'b']) {
    const file = (base: string) => join(folder, 'certs', name, base);
    renameSync(file('ca-cert.pem'), file('tls.crt'));
    renameSync(file('ca-key.pem'), file('tls.key'));
    renameSync(file('root-cert.pem'), file('ca.crt'));
    rmSync(file('cert-chain.pem'));
  }
}

test('prints commands that read files, and no keys or tokens', () => {
  const folder = meshFolder();
  istioMesh(folder, 'ca');
  joinAll(folder);
  const { stdout, stderr } = istioMesh(folder, 'secrets');
  expect(stdout).toContain(
    'vault kv put -mount=secret mesh1/a/cacerts ca-cert=@certs/a/ca-cert.pem ca-key=@certs/a/ca-key.pem root-cert=@certs/a/root-cert.pem cert-chain=@certs/a/cert-chain.pem\n',
  );
  expect(stdout).toContain(
    'vault kv put -mount=secret mesh1/b/remote-kubeconfig kubeconfig=@remotes/b.yaml\n',
  );
  const key = readFileSync(join(folder, 'certs/a/ca-key.pem'), 'utf8').split('\n')[1] ?? '';
  for (const secret of [key, tokenOf('a'), tokenOf('b')]) expect(stdout + stderr).not.toContain(secret);
});

test('a kubeconfig that join did not write can be rewritten for a store', () => {
  const folder = meshFolder();
  istioMesh(folder, 'ca');
  joinAll(folder);
  const file = join(folder, 'remotes/b.yaml');
  const written = readFileSync(file, 'utf8');
  writeFileSync(file, `# mine\n${written}`);
  const { stdout } = istioMesh(folder, 'secrets');
  expect(stdout).toMatch(/remotes\/b\.yaml \(differs\)$/m);
  expect(stdout).not.toContain('kubeconfig=@remotes/b.yaml');
  expect(istioMesh(folder, 'secrets', '--rewrite').stderr).toBe('Rewrote remotes/b.yaml\n');
  expect(readFileSync(file, 'utf8')).toBe(written);
});
