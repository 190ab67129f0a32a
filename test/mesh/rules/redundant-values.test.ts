import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../../src/mesh/definition';
import type { HelmValues } from '../../../src/mesh/helm-values';
import { controlPlaneFormats } from '../../../src/mesh/istio';
import { parseMesh } from '../../../src/mesh/mesh-file';
import { unreadValues } from '../../../src/mesh/values/unread-values';
import { problemsOf } from '../problems-of';

const clusters = [
  { name: 'cluster1', network: 'network1' },
  { name: 'cluster2', network: 'network2' },
];

function meshWith(istio: AnyMeshDefinition['istio'], ofCluster: HelmValues = {}): AnyMeshDefinition {
  const [first, second] = clusters;
  return {
    meshID: 'mesh1',
    trustDomain: 'example.org',
    istio,
    gitops: 'argocd',
    repository: { url: 'https://git.example.com/mesh.git' },
    clusters: [
      { name: 'cluster1', network: 'network1', ...first, istio: { values: ofCluster } },
      { name: 'cluster2', network: 'network2', ...second },
    ],
    secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
  };
}

/** What files of others often have, because it is a default or follows from the installation. */
const ofMesh: HelmValues = {
  revision: '',
  profile: '',
  pilot: { enabled: true, env: { POD_NAMESPACE: 'istio-system', REVISION: 'default' } },
  global: {
    meshID: 'mesh1',
    network: '',
    multiCluster: { enabled: true, clusterName: '' },
    istioNamespace: 'istio-system',
    externalIstiod: false,
    hub: 'registry.istio.io/release',
    tag: '1.31.0',
    jwtPolicy: 'third-party-jwt',
  },
  meshConfig: {
    trustDomain: 'example.org',
    defaultConfig: { meshId: 'mesh1', proxyMetadata: { ISTIO_META_MESH_ID: 'mesh1' } },
  },
  gateways: { enabled: true, 'istio-ingressgateway': { enabled: true } },
};
const ofCluster: HelmValues = {
  global: { network: 'network1', multiCluster: { clusterName: 'cluster1' } },
  pilot: { env: { CLUSTER_ID: 'cluster1' } },
};
/** What the format native decides, and the other formats pass on. */
const ofNative: HelmValues = {
  ownerName: '',
  defaultRevision: 'default',
  base: { enableIstioConfigCRDs: true, enableCRDTemplates: true },
  istiodRemote: { enabled: false, enabledLocalInjectorIstiod: false },
};

/** The paths of all values that are no maps. */
function leavesOf(values: HelmValues, path: readonly string[]): string[] {
  return Object.entries(values).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? leavesOf(value as HelmValues, [...path, key])
      : [[...path, key].join('.')],
  );
}

function notedPaths(definition: AnyMeshDefinition): string[] {
  return defineMesh(definition).notes.map(({ location }) => location.path ?? '');
}

describe.each(controlPlaneFormats)('in the format %s', (controlPlane) => {
  const isPassedOn = controlPlane === 'istioctl' || controlPlane === 'operator';

  test('values that say what is so anyway are accepted, and each is noted once', () => {
    const expected = [
      ...leavesOf(ofMesh, ['istio', 'values']),
      ...leavesOf(ofCluster, ['clusters[0]', 'istio', 'values']),
    ].filter((path) => !isPassedOn || !path.endsWith('istio-ingressgateway.enabled'));
    const definition = meshWith({ controlPlane, values: ofMesh }, ofCluster);
    const { gitops, repository, ...byHand } = definition;
    const mesh = controlPlane === 'helm' ? definition : byHand;
    expect(notedPaths(mesh).sort()).toEqual(expected.sort());
  });
});

test('values that decide what the format native decides are accepted, and noted in this format alone', () => {
  const { gitops, repository, ...mesh } = meshWith({ values: ofNative });
  expect(notedPaths(mesh).sort()).toEqual(leavesOf(ofNative, ['istio', 'values']).sort());
  const passedOn = { ...mesh, istio: { controlPlane: 'istioctl' as const, values: ofNative } };
  expect(notedPaths(passedOn)).toEqual([]);
});

test.each(unreadValues.map((path) => path.join('.')))('%s is accepted, because nothing reads it', (name) => {
  const values = name
    .split('.')
    .reduceRight<unknown>((within, key) => ({ [key]: within }), 'any') as HelmValues;
  const { gitops, repository, ...mesh } = meshWith({ values });
  expect(notedPaths(mesh)).toEqual([`istio.values.${name}`]);
});

test('a value that is right in one cluster and wrong in another is an error', () => {
  const { gitops, repository, ...mesh } = meshWith({ values: { global: { network: 'network1' } } });
  expect(problemsOf(() => defineMesh(mesh))).toEqual([
    expect.objectContaining({
      code: 'MESH-OWNED-VALUE',
      message:
        'istio.values.global.network is derived from clusters[].network, which is "network2" in cluster2.',
    }),
  ]);
});

test('a cluster can override the value of the mesh', () => {
  const { gitops, repository, ...mesh } = meshWith(
    { values: { global: { network: 'network2' } } },
    { global: { network: 'network1' } },
  );
  expect(notedPaths(mesh)).toEqual([
    'clusters[0].istio.values.global.network',
    'istio.values.global.network',
  ]);
});

test('the values of a canary are those of the canary, and the values of the mesh those of the first control plane', () => {
  const istio = {
    revision: 'prod',
    values: { revision: 'prod', global: { tag: '1.31.0' } },
    canary: { version: '1.30.3', revision: 'next', values: { revision: 'next', global: { tag: '1.30.3' } } },
  };
  const { gitops, repository, ...mesh } = meshWith(istio);
  expect(defineMesh(mesh).notes).toHaveLength(4);
  const wrong = { ...istio, canary: { ...istio.canary, values: { revision: 'prod' } } };
  expect(problemsOf(() => defineMesh({ ...mesh, istio: wrong }))).toEqual([
    expect.objectContaining({
      location: { path: 'istio.canary.values.revision' },
      message: 'istio.canary.values.revision is derived from istio.revision, which is "next".',
    }),
  ]);
});

test('values are located in their file', () => {
  const text = `meshID: mesh1
istio:
  values:
    global: { istioNamespace: istio-system }
clusters:
  - { name: cluster1, network: network1 }
`;
  expect(parseMesh(text, 'mesh.yaml').notes).toEqual([
    {
      location: { file: 'mesh.yaml', line: 4, column: 15 },
      message:
        'istio.values.global.istioNamespace changes nothing: the control plane is always in istio-system.',
    },
  ]);
});
