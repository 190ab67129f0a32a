import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { loadInputs } from '../../../src/synthesis/inputs';
import { problemsOf } from '../../live/problems';
import { filesOf } from '../../pki/certificates-folder';
import { EncryptedMesh, otherRecipient, sealed, sops } from './encrypted-mesh';

let place: EncryptedMesh;
let records: Record<string, string>;
let output: Record<string, string>;
const repository = { url: 'https://git.example.com/mesh.git' };

beforeAll(async () => {
  place = new EncryptedMesh({ a: sealed, b: sops });
  await place.synthesize(mesh());
  records = filesOf(join(place.directory, 'encrypted'));
  output = filesOf(join(place.directory, 'dist'));
}, 60_000);

const mesh = () => place.mesh(undefined, { gitops: 'flux', repository });

/** Replaces the object of a record, and computes the digest again, as everyone who can commit could do. */
function forge(path: string, text: string): void {
  const [, title = '', head = ''] = format.exec(records[path] ?? '') ?? [];
  const digest = createHash('sha256').update(`${head}\n${text}`).digest('hex');
  writeFileSync(join(place.directory, 'encrypted', path), `${title}${head}# digest: ${digest}\n${text}`);
}

const format = /^(.*\n)((?:# (?!digest).*\n)+)# digest: .*\n([\s\S]*)$/;

function restore(): void {
  for (const [path, text] of Object.entries(records)) {
    writeFileSync(join(place.directory, 'encrypted', path), text);
  }
}

/** A change of one field of the object in a record; undefined removes it. */
type Change = readonly [path: string, field: readonly string[], value: unknown];

/** The text of the object in a record after a change. */
function changed([path, field, value]: Change): string {
  const [, , , body = ''] = format.exec(records[path] ?? '') ?? [];
  const document = parseDocument(body);
  if (value === undefined) document.deleteIn(field);
  else document.setIn(field, value);
  return document.toString();
}

const all = [
  'a/20-cacerts.yaml',
  'a/60-remote-secret-b.yaml',
  'b/20-cacerts.yaml',
  'b/60-remote-secret-a.yaml',
];
const inEveryRecord: [field: string[], value: unknown][] = [
  [['apiVersion'], 'rbac.authorization.k8s.io/v1'],
  [['kind'], 'ClusterRoleBinding'],
  [['kind'], undefined],
  [['metadata', 'name'], 'istio-ca-secret'],
  [['metadata', 'namespace'], 'kube-system'],
  [['metadata', 'namespace'], undefined],
  [['metadata', 'labels'], { 'app.kubernetes.io/instance': 'other' }],
  [['metadata', 'annotations'], { 'helm.sh/hook': 'post-install' }],
  [['metadata', 'generateName'], 'a-'],
  [['metadata', 'ownerReferences'], []],
  [['metadata', 'finalizers'], ['a.example/b']],
  [['immutable'], true],
  [['stringData'], { 'ca-key.pem': 'k' }],
  [['status'], {}],
  [['roleRef'], { name: 'cluster-admin' }],
];
const ofSops: [field: string[], value: unknown][] = [
  [['type'], 'kubernetes.io/service-account-token'],
  [['data', 'tls.crt'], 'a2V5'],
  [['data', 'ca-key.pem'], 'a2V5'],
  [['data', 'ca-key.pem'], ''],
  [['data', 'ca-key.pem'], undefined],
  [['data'], []],
  [['metadata', 'annotations'], { 'kustomize.toolkit.fluxcd.io/prune': 'enabled' }],
  [['sops', 'kms'], [{ arn: 'arn:aws:kms:x' }]],
  [['sops', 'hc_vault'], [{ vault_address: 'https://evil.example' }]],
  [['sops', 'encrypted_regex'], '^$'],
  [['sops', 'unencrypted_suffix'], '_'],
  [['sops', 'mac'], undefined],
  [['sops', 'mac'], '1.2.3'],
  [['sops', 'version'], '2026-01-01T00:00:00Z'],
  [['sops', 'lastmodified'], 'now'],
  [['sops', 'age'], [{ recipient: otherRecipient, enc: 'x' }]],
  [['sops', 'age'], 'x'],
  [['sops', 'age'], []],
  [['sops'], undefined],
];
const ofSealedSecrets: [field: string[], value: unknown][] = [
  [['metadata', 'annotations'], { 'sealedsecrets.bitnami.com/cluster-wide': 'true' }],
  [['spec', 'template', 'metadata', 'labels'], { 'istio/multiCluster': 'true' }],
  [['spec', 'template', 'metadata', 'name'], 'other'],
  [['spec', 'template', 'data'], { x: '{{ index . "ca-key.pem" }}' }],
  [['spec', 'template', 'immutable'], true],
  [['spec', 'template', 'type'], 'kubernetes.io/tls'],
  [['spec', 'template'], undefined],
  [['spec', 'data'], 'x'],
  [['spec', 'encryptedData', 'tls.key'], 'a2V5'],
  [['spec', 'encryptedData', 'ca-key.pem'], 'a2V5'],
  [['spec', 'encryptedData', 'ca-key.pem'], undefined],
  [['spec', 'encryptedData'], 'x'],
  [['spec'], undefined],
];
const changes: Change[] = [
  ...all.flatMap((path) => inEveryRecord.map(([field, value]): Change => [path, field, value])),
  ...ofSops.map(([field, value]): Change => ['b/20-cacerts.yaml', field, value]),
  ...ofSealedSecrets.map(([field, value]): Change => ['a/20-cacerts.yaml', field, value]),
];

describe('without the plain text', () => {
  beforeAll(() => {
    for (const folder of ['certs', 'remotes']) rmSync(join(place.directory, folder), { recursive: true });
  });

  test('the records are used', async () => {
    restore();
    await place.synthesize(mesh());
    expect(filesOf(join(place.directory, 'dist'))).toEqual(output);
  });

  test.each(changes)('a record of %s with another %j is refused', async (path, field, value) => {
    restore();
    forge(path, changed([path, field, value]));
    const problems = await problemsOf(loadInputs(mesh(), { directory: place.directory }));
    expect(problems).toMatchObject([{ code: 'SECRET-RECORD', location: { file: `encrypted/${path}` } }]);
    expect(problems[0]?.message).toContain(field.slice(0, 2).join('.'));
    expect(problems[0]?.hint).toContain('Restore the record');
  });

  test.each([
    'a: [',
    '- a',
    'null',
    '"text"',
    'kind: Secret',
    'metadata: 1',
    '&a [*a]',
    'a: !!omap [b: 1]',
    '--- a\n--- b',
  ])('a record with the text %j is refused without an exception', async (text) => {
    restore();
    forge('b/20-cacerts.yaml', text);
    const problems = await problemsOf(loadInputs(mesh(), { directory: place.directory }));
    expect(problems).toMatchObject([{ code: 'SECRET-RECORD' }]);
  });

  test('another object is refused', async () => {
    restore();
    forge('a/20-cacerts.yaml', stringify(binding));
    const problems = await problemsOf(place.synthesize(mesh()));
    expect(problems).toMatchObject([
      { code: 'SECRET-RECORD', location: { file: 'encrypted/a/20-cacerts.yaml' } },
    ]);
    expect(filesOf(join(place.directory, 'dist'))).toEqual(output);
  });
});

const binding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'admin' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'system:authenticated' }],
};

test('with the plain text, a forged record is replaced', async () => {
  const own = new EncryptedMesh({ a: sealed, b: sops });
  await own.synthesize();
  const file = join(own.directory, 'encrypted/b/20-cacerts.yaml');
  const [, title = '', head = '', body = ''] = format.exec(readFileSync(file, 'utf8')) ?? [];
  const forged = `${body}immutable: true\n`;
  const digest = createHash('sha256').update(`${head}\n${forged}`).digest('hex');
  writeFileSync(file, `${title}${head}# digest: ${digest}\n${forged}`);
  await own.synthesize();
  expect(readFileSync(file, 'utf8')).not.toContain('immutable');
  expect(readFileSync(join(own.directory, 'dist/b/20-cacerts.k8s.yaml'), 'utf8')).not.toContain('immutable');
});
