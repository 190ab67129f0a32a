import { expect, test } from 'vitest';
import { plainSecrets } from '../../src/exposure/plain-secrets';

const long = 'A'.repeat(200);
const cacerts = `apiVersion: v1
kind: Secret
metadata:
  name: cacerts
  namespace: istio-system
data:
  ca-key.pem: ${long}
`;
const remote = `apiVersion: v1
kind: Secret
metadata:
  name: of-any-name
  labels: { istio/multiCluster: "true" }
stringData: { cluster2: "apiVersion: v1 ${long}" }
`;

test('Secrets of the mesh are told with their lines, in any document of a file', () => {
  expect(plainSecrets(`kind: Namespace\n---\n${cacerts}---\n${remote}`)).toEqual([
    { kind: 'cacerts', name: 'cacerts', line: 9 },
    { kind: 'remoteSecrets', name: 'of-any-name', line: 16 },
  ]);
});

test('they are told in a List, and in JSON', () => {
  const items = [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cacerts' }, data: { a: long } }];
  expect(plainSecrets(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))).toHaveLength(1);
});

test.each([
  ['what SOPS has encrypted', `${cacerts}sops: { mac: ENC }\n`],
  ['a SealedSecret', cacerts.replace('kind: Secret', 'kind: SealedSecret')],
  ['a Secret without data', cacerts.replace(/data:.*/s, '')],
  ['a Secret of somebody else', cacerts.replace('name: cacerts', 'name: cacerts-of-another')],
  ['a token that is only asked for', 'kind: Secret\nmetadata: { name: cacerts }\ntype: t\n'],
  ['an example, in which a word stands for the key', cacerts.replace(long, '<base64 of the key>')],
  ['a text that speaks of one', `# ${cacerts.replaceAll('\n', '\n# ')}`],
])('%s is none', (_, text) => {
  expect(plainSecrets(text)).toEqual([]);
});
