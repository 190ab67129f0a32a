import { posix } from 'node:path';
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../../src/mesh/definition';
import type { RepositoryDefinition } from '../../../src/mesh/gitops';
import type { ControlPlaneFormat, IstioDefinition } from '../../../src/mesh/istio';
import { prepareEncryption } from '../../../src/secrets/encryption/prepare-encryption';
import { IstioMeshApp } from '../../../src/synthesis/istio-mesh-app';
import { materials } from '../../materials';
import { temporaryFolder } from '../../temporary-folder';

interface Kustomization {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly path: string;
    readonly prune: boolean;
    readonly wait?: boolean;
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly healthChecks?: readonly { readonly kind: string; readonly name: string }[];
    readonly decryption?: { readonly provider: string };
    readonly sourceRef: { readonly kind: string; readonly name: string };
  };
}

/** The output for a mesh of two clusters. */
async function outputOf(definition: Partial<AnyMeshDefinition> = {}): Promise<ReadonlyMap<string, string>> {
  const mesh = defineMesh({
    meshID: 'mesh1',
    gitops: 'flux',
    repository: { url: 'https://git.example.com/mesh.git' },
    secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
    clusters: ['cluster1', 'cluster2'].map((name) => ({ name, network: name })),
    verification: { helloWorld: 'enabled' },
    ...definition,
  });
  const plaintext = materials(mesh);
  const prepared = await prepareEncryption(mesh, temporaryFolder(), new Date());
  const app = new IstioMeshApp({ mesh, ...plaintext, encryption: prepared.complete(plaintext) });
  const chart = new Chart(app.cluster('cluster1'), '70-policies');
  new k8s.KubeConfigMap(chart, 'map', { metadata: { name: 'own', namespace: 'default' } });
  return new Map(app.files().map(({ path, content }) => [path, content]));
}

/** The resources of a kustomize file, as paths within the output. */
function resources(output: ReadonlyMap<string, string>, folder: string): string[] {
  const { resources } = parse(output.get(`${folder}/Kustomization`) ?? '');
  return (resources as string[]).map((resource) => posix.join(folder, resource));
}

/** The Kustomizations in the folder of a cluster, without the root Kustomization. */
function chain(output: ReadonlyMap<string, string>, cluster = 'cluster1'): Kustomization[] {
  return resources(output, `flux/${cluster}`)
    .map((path) => parse(output.get(path) ?? ''))
    .filter(({ kind }) => kind === 'Kustomization');
}

function folderOf({ spec }: Kustomization): string {
  return spec.path.replace('./dist/', '');
}

const chains: readonly (readonly [title: string, istio: IstioDefinition<ControlPlaneFormat>])[] = [
  ['native', {}],
  ['crds skipped', { crds: 'skip' }],
  ['helm', { controlPlane: 'helm' }],
];

describe.each(chains)('the chain of a cluster, %s', (_, istio) => {
  let output: ReadonlyMap<string, string>;
  beforeAll(async () => {
    output = await outputOf({ istio });
  });

  test('has every file of the cluster once, in the order of their names', () => {
    const inChain = chain(output).flatMap((each) => resources(output, folderOf(each)));
    const ofCluster = [...output.keys()].filter((path) => /^cluster1\/.*\.yaml$/.test(path));
    // Only for kubectl, which waits for nothing, the default validator comes last.
    const inOrder = (path: string) => path.replace('zz-default-validator', '39-default-validator');
    expect(inChain.map(inOrder)).toEqual(ofCluster.map(inOrder).sort());
  });

  test('makes each Kustomization depend on the one before', () => {
    const [first, ...rest] = chain(output);
    expect(first?.spec.dependsOn).toBeUndefined();
    const names = chain(output).map(({ metadata }) => metadata.name);
    expect(rest.map(({ spec }) => spec.dependsOn)).toEqual(names.slice(0, -1).map((name) => [{ name }]));
  });

  test('never combines wait and health checks, because Flux would ignore the checks', () => {
    for (const { spec } of chain(output)) expect(spec.wait && spec.healthChecks).toBeFalsy();
  });

  test('reads the source in the same folder', () => {
    const source = parse(output.get('flux/cluster1/source.k8s.yaml') ?? '');
    for (const { spec } of chain(output)) {
      expect(spec.sourceRef).toEqual({ kind: source.kind, name: source.metadata.name });
    }
  });
});

async function group(name: string, definition: Partial<AnyMeshDefinition> = {}): Promise<Kustomization> {
  const found = chain(await outputOf(definition)).find(({ spec }) => spec.path.endsWith(`/${name}`));
  if (found === undefined) throw new Error(`there is no group ${name}`);
  return found;
}

test('Flux waits for CRDs, and never prunes them', async () => {
  expect((await group('crds')).spec).toMatchObject({ wait: true, prune: false });
});

test.each([
  ['external-secrets', true],
  ['sops', false],
] as const)(
  'in the form %s, that istiod waits until cacerts is made in the cluster is %s',
  async (form, waits) => {
    const secrets = {
      backend: form,
      externalSecrets: { store: { name: 'store' } },
      sops: { age: ['age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg'] },
    };
    const { healthChecks = [] } = (await group('foundation', { secrets })).spec;
    expect(healthChecks.some(({ kind, name }) => kind === 'Secret' && name === 'cacerts')).toBe(waits);
  },
);

test('Flux waits for both control planes and the gateways, but for no Service', async () => {
  const istio = { canary: { revision: 'canary' } };
  const checked = async (name: string) =>
    (await group(name, { istio })).spec.healthChecks?.map(({ kind, name }) => `${kind} ${name}`);
  expect(await checked('istiod')).toEqual(['Deployment istiod', 'Deployment istiod-canary']);
  expect(await checked('gateways')).toEqual([
    'Deployment istio-eastwestgateway',
    'Deployment istio-ingressgateway',
  ]);
});

test('Flux waits for Helm releases', async () => {
  const istio = { controlPlane: 'helm' as const, canary: { revision: 'canary' } };
  const checked = async (name: string) =>
    (await group(name, { istio })).spec.healthChecks?.map(({ kind, name }) => `${kind} ${name}`);
  expect(await checked('foundation')).toContain('HelmRelease istio-base');
  expect(await checked('istiod')).toEqual(['HelmRelease istiod', 'HelmRelease istiod-canary']);
});

test('Flux decrypts only in clusters with the backend sops', async () => {
  const sops = {
    backend: 'sops' as const,
    sops: { age: ['age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg'] },
  };
  const output = await outputOf({
    clusters: [
      { name: 'cluster1', network: 'network1' },
      { name: 'cluster2', network: 'network2', secrets: sops },
    ],
  });
  for (const { spec } of chain(output, 'cluster1')) expect(spec.decryption).toBeUndefined();
  for (const { spec } of chain(output, 'cluster2'))
    expect(spec.decryption).toMatchObject({ provider: 'sops' });
});

test('the root manages the source and the chain, but not itself', async () => {
  const output = await outputOf();
  const root = parse(output.get('flux/cluster1/root.k8s.yaml') ?? '') as Kustomization;
  expect(folderOf(root)).toBe('flux/cluster1');
  expect(resources(output, 'flux/cluster1')).not.toContain('flux/cluster1/root.k8s.yaml');
});

async function sourceOf(repository: RepositoryDefinition) {
  const { kind, spec } = parse((await outputOf({ repository })).get('flux/cluster1/source.k8s.yaml') ?? '');
  return { kind, url: spec.url, ref: spec.ref, secret: spec.secretRef?.name };
}

test.each<[RepositoryDefinition, string, string, object]>([
  [
    { url: 'https://a.example.com/b.git' },
    'GitRepository',
    'https://a.example.com/b.git',
    { branch: 'main' },
  ],
  [
    { url: 'git@a.example.com:b/c.git', secret: 'login' },
    'GitRepository',
    'ssh://git@a.example.com/b/c.git',
    { branch: 'main' },
  ],
  [
    { url: 'https://a.example.com/b.git', tag: 'v1' },
    'GitRepository',
    'https://a.example.com/b.git',
    { tag: 'v1' },
  ],
  [{ url: 'oci://a.example.com/b' }, 'OCIRepository', 'oci://a.example.com/b', { tag: 'latest' }],
])('the source %o is a %s', async (repository, kind, url, ref) => {
  expect(await sourceOf(repository)).toEqual({ kind, url, ref, secret: repository.secret });
  expect((await sourceOf({ ...repository, secret: 'login' })).secret).toBe('login');
});
