import { ApiObject, App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { IstioMeshCluster } from '../../src/constructs/istio-mesh-cluster';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { MeshDefinition } from '../../src/mesh/definition';
import type { SecretsDefinition } from '../../src/mesh/secrets/definition';
import { formatRemoteKubeconfig } from '../../src/remotes/remote-kubeconfig';
import { type ExternalSecret, fetchedSecret } from './fetched-secret';

const caCerts = { caCert: 'certificate\n', caKey: 'key\n', rootCert: 'root\n', certChain: 'chain\n' };
const remotes = Object.fromEntries(
  ['b', 'c'].map((name) => [
    name,
    { server: `https://${name}.example.com:6443`, user: { token: `token of ${name}` } },
  ]),
);

const store = { store: { name: 'vault' }, path: 'teams/mesh' };
const issuer = { issuer: { name: 'mesh-root' } };

function clusterWith(
  secrets: SecretsDefinition,
  { istio }: Pick<MeshDefinition, 'istio'> = {},
): IstioMeshCluster {
  const clusters = ['a', 'b', 'c'].map((name) => ({ name, network: name }));
  const mesh = defineMesh({ meshID: 'mesh1', istio, secrets, clusters });
  return new IstioMeshCluster(new App(), 'a', { mesh, caCerts, remotes });
}

/** The objects in the charts of a cluster with matching IDs. */
function objects(cluster: IstioMeshCluster, chart: RegExp): unknown[] {
  return cluster.node.children
    .filter(({ node }) => chart.test(node.id))
    .flatMap(({ node }) => node.findAll())
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => object.toJson());
}

interface Deployment {
  readonly kind: string;
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly { readonly env: readonly { name: string; value?: string }[] }[];
        readonly volumes: readonly { readonly secret?: { secretName: string; optional: boolean } }[];
      };
    };
  };
}

function istiod(cluster: IstioMeshCluster, chart = /^30-control-plane$/) {
  const deployment = (objects(cluster, chart) as Deployment[]).find(({ kind }) => kind === 'Deployment');
  const { containers, volumes } = deployment?.spec.template.spec ?? { containers: [], volumes: [] };
  return {
    environment: Object.fromEntries(containers[0]?.env.map(({ name, value }) => [name, value]) ?? []),
    required: volumes.flatMap(({ secret }) => (secret?.optional === false ? [secret.secretName] : [])),
  };
}

describe('external-secrets', () => {
  const external = clusterWith({ backend: 'external-secrets', externalSecrets: store });
  const entries = {
    'teams/mesh/a/cacerts': {
      'ca-cert': caCerts.caCert,
      'ca-key': caCerts.caKey,
      'root-cert': caCerts.rootCert,
      'cert-chain': caCerts.certChain,
    },
    ...Object.fromEntries(
      Object.entries(remotes).map(([name, kubeconfig]) => [
        `teams/mesh/${name}/remote-kubeconfig`,
        { kubeconfig: formatRemoteKubeconfig(name, kubeconfig) },
      ]),
    ),
  };

  test.each(['20-', '60-'])('creates the same Secrets as the backend plain: charts %s', (charts) => {
    const pattern = new RegExp(`^${charts}`);
    const fetched = (objects(external, pattern) as ExternalSecret[]).map((each) =>
      fetchedSecret(each, entries),
    );
    expect(fetched).toEqual(objects(clusterWith({}), pattern));
    expect(fetched).not.toHaveLength(0);
  });

  test.each([
    // What Azure Key Vault and Google Secret Manager allow.
    [{ separator: '-' as const, path: 'teams-mesh' }, /^[0-9A-Za-z-]{1,127}$/],
    // What AWS Parameter Store allows.
    [{ path: '/teams/mesh' }, /^(\/[\w.-]+)+$/],
  ])('with %o has different keys, which such a store allows', (settings, allowed) => {
    const cluster = clusterWith({
      backend: 'external-secrets',
      externalSecrets: { store: { name: 'cloud' }, ...settings },
    });
    const keys = (objects(cluster, /^[26]0-/) as ExternalSecret[]).map(
      ({ spec }) => new Set(spec.data.map(({ remoteRef }) => remoteRef.key)),
    );
    expect(new Set(keys.flatMap((each) => [...each])).size).toBe(3);
    for (const key of keys.flatMap((each) => [...each])) expect(key).toMatch(allowed);
  });

  test('contains no value, and does not depend on the files of this machine', () => {
    const mesh = defineMesh({
      meshID: 'mesh1',
      secrets: { backend: 'external-secrets', externalSecrets: store },
      clusters: ['a', 'b', 'c'].map((name) => ({ name, network: name })),
    });
    const clone = new IstioMeshCluster(new App(), 'a', { mesh });
    const texts = [external, clone].map((cluster) => JSON.stringify(objects(cluster, /^[26]0-/)));
    expect(texts[0]).toBe(texts[1]);
    for (const { user } of Object.values(remotes)) expect(texts[0]).not.toContain(user.token);
  });
});

describe('cert-manager', () => {
  const certManager = { backend: 'cert-manager', remoteSecrets: 'plain' } as const;

  test.each([
    ['RSA-3072', { algorithm: 'RSA', size: 3072 }],
    ['EC-P384', { algorithm: 'ECDSA', size: 384 }],
  ] as const)('issues cacerts with the key algorithm of the mesh: %s', (keyAlgorithm, key) => {
    const mesh = defineMesh({
      meshID: 'mesh1',
      certificates: { keyAlgorithm },
      secrets: { ...certManager, certManager: { ...issuer, duration: '4320h' } },
      clusters: [{ name: 'a', network: 'n' }],
    });
    expect(objects(new IstioMeshCluster(new App(), 'a', { mesh }), /^20-/)).toMatchObject([
      {
        kind: 'Certificate',
        metadata: { name: 'cacerts', namespace: 'istio-system' },
        spec: {
          secretName: 'cacerts',
          isCA: true,
          duration: '4320h',
          privateKey: { ...key, rotationPolicy: 'Always' },
          issuerRef: { name: 'mesh-root', kind: 'ClusterIssuer', group: 'cert-manager.io' },
        },
      },
    ]);
  });

  test('with istio-csr writes no certificate, and proxies request certificates from istio-csr', () => {
    const cluster = clusterWith({ ...certManager, certManager: { istioCsr: 'enabled' } });
    expect(objects(cluster, /^20-/)).toEqual([]);
    const { environment, required } = istiod(cluster);
    expect(environment.ENABLE_CA_SERVER).toBe('false');
    expect(required).toEqual(['istiod-tls']);
    expect(JSON.stringify(objects(cluster, /^30-/))).toContain('cert-manager-istio-csr.cert-manager.svc:443');
  });

  test('with istio-csr at another address takes the address from the values', () => {
    const values = { global: { caAddress: 'istio-csr.pki.svc:443' } };
    const cluster = clusterWith(
      { ...certManager, certManager: { istioCsr: 'enabled' } },
      { istio: { values } },
    );
    const text = JSON.stringify(objects(cluster, /^30-/));
    expect(text).toContain('istio-csr.pki.svc:443');
    expect(text).not.toContain('cert-manager-istio-csr');
  });
});

test.each<[string, SecretsDefinition, string[]]>([
  ['plain', {}, []],
  ['sealed-secrets', { backend: 'sealed-secrets' }, ['cacerts']],
  [
    'sops',
    { backend: 'sops', sops: { age: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'] } },
    ['cacerts'],
  ],
  ['external-secrets', { backend: 'external-secrets', externalSecrets: store }, ['cacerts']],
  ['cert-manager', { backend: 'cert-manager', remoteSecrets: 'plain', certManager: issuer }, ['cacerts']],
])('istiod waits for a Secret that is not in the output in plain text: %s', (_, secrets, required) => {
  expect(istiod(clusterWith(secrets)).required).toEqual(required);
});

test('a canary control plane waits as well', () => {
  const secrets = { backend: 'external-secrets', externalSecrets: store } as const;
  const cluster = clusterWith(secrets, { istio: { canary: { revision: 'canary' } } });
  expect(istiod(cluster, /^30-control-plane-canary$/).required).toEqual(['cacerts']);
});
