import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { MeshDefinition } from '../../src/mesh/definition';
import { problemsOf } from './problems-of';

const cluster = { name: 'cluster1', network: 'network1' };

function hintsOf(definition: object): string[] {
  const mesh = { meshID: 'mesh1', clusters: [cluster], ...definition } as MeshDefinition;
  return problemsOf(() => defineMesh(mesh)).map(({ hint }) => hint);
}

const withGateway = (eastWestGateway: unknown) => ({ clusters: [{ ...cluster, eastWestGateway }] });
const withCloud = (cloud: string) => withGateway({ loadBalancer: { cloud } });

describe('a word for a cloud', () => {
  test.each([
    ['aws', 'aws-nlb'],
    ['eks', 'aws-nlb'],
    ['EKS', 'aws-nlb'],
    ['nlb', 'aws-nlb'],
    ['aws_nlb', 'aws-nlb'],
    ['ack', 'alibaba-cloud-ack'],
    ['alibaba', 'alibaba-cloud-ack'],
    ['azure', 'aks'],
    ['gcp', 'gke'],
    ['google', 'gke'],
    ['googlecloud', 'gke'],
    ['azurerm', 'aks'],
    ['amazon-eks', 'aws-nlb'],
    ['aliyun-ack', 'alibaba-cloud-ack'],
  ])('%s leads to %s', (cloud, preset) => {
    expect(hintsOf(withCloud(cloud))).toEqual([`Write ${preset}.`]);
  });

  test.each(['oke', 'do', 'iks', 'constructor'])('%s leads to the list', (cloud) => {
    expect(hintsOf(withCloud(cloud))).toEqual(['Write one of alibaba-cloud-ack, aws-nlb, gke, aks.']);
  });
});

test('of many unknown keys, the first are named and the others counted', () => {
  const keys = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`q${index}`, 1]));
  const mesh = { meshID: 'mesh1', clusters: [cluster], ...keys } as unknown as MeshDefinition;
  const messages = problemsOf(() => defineMesh(mesh)).map(({ message }) => message);
  expect(messages).toHaveLength(21);
  expect(messages.at(-1)).toBe('The mesh has 19980 more keys that do not exist.');
});

test('a short key is not taken for another short key', () => {
  expect(hintsOf({ istio: { values: { global: { mtlz: { enabled: true } } } } })).toEqual([
    'Remove it, or write a key that exists here.',
  ]);
});

test.each<[string, object, string]>([
  [
    'a repository',
    { repository: 'https://git.example.com/mesh.git' },
    'Write a map: repository: { url: … }.',
  ],
  ['secrets', { secrets: 'sops' }, 'Write a map: secrets: { backend: … }.'],
  ['a version', { istio: '1.31.0' }, 'Write a map: istio: { version: … }.'],
  ['a folder', { certificates: 'certs' }, 'Write a map: certificates: { directory: … }.'],
  [
    'a map for a folder',
    { remotes: { directory: 'remotes' } },
    'Write a string, the value of directory itself.',
  ],
  [
    'a cluster by name',
    { clusters: { cluster1: { network: 'network1' } } },
    'Write a list, whose entries start with a hyphen, such as - name: cluster1.',
  ],
  ['one peer', { clusters: [{ ...cluster, peers: 'cluster2' }] }, 'Write a list: [cluster2].'],
  [
    'labels as a list',
    withGateway({ nodeSelector: [{ a: 'b' }] }),
    'Write a map, whose entries are key: value without hyphens.',
  ],
  [
    'a gateway that is not enabled',
    withGateway({ enabled: false }),
    'Write eastWestGateway: disabled instead of the map.',
  ],
  ['a gateway that is enabled', withGateway({ enabled: true }), 'Remove it.'],
  ['a gateway that is false', withGateway(false), 'Write disabled.'],
  ['autoscaling that is false', withGateway({ autoscaling: false }), 'Write disabled.'],
  ['a switch that is true', { verification: { helloWorld: true } }, 'Write enabled.'],
  ['a switch as a map', { verification: { helloWorld: { enabled: false } } }, 'Write disabled.'],
  ['another spelling of a tool', { gitops: 'argo-cd', repository: { url: 'https://a/b' } }, 'Write argocd.'],
])('%s in another form is led to the right one', (_, definition, hint) => {
  expect(hintsOf(definition)).toEqual([hint]);
});

test.each<[string, object, string]>([
  ['a store', { secrets: { backend: 'vault' } }, 'Write external-secrets.'],
  ['an operator', { secrets: { remoteSecrets: 'eso' } }, 'Write external-secrets.'],
  ['a program', { secrets: { backend: 'kubeseal' } }, 'Write sealed-secrets.'],
  ['a kind', { istio: { controlPlane: 'IstioOperator' } }, 'Write operator.'],
  ['a curve', { certificates: { keyAlgorithm: 'P-256' } }, 'Write EC-P256.'],
  [
    'a family of keys',
    { certificates: { keyAlgorithm: 'rsa' } },
    'Write one of RSA-2048, RSA-3072, RSA-4096, EC-P256, EC-P384.',
  ],
])('the name of %s leads to the word that is meant', (_, definition, hint) => {
  expect(hintsOf(definition)).toEqual([hint]);
});
