import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { acceptRecipients } from '../../../src/secrets/encryption/load-encryption';
import { problemsOf } from '../../live/problems';
import { filesOf } from '../../pki/certificates-folder';
import { type Backends, EncryptedMesh, otherRecipient, sealed, sops } from './encrypted-mesh';
import { sealingPair } from './secret';

const list = 'encrypted/recipients.yaml';
const [recipient = ''] = sops.sops?.age ?? [];
const both = { backend: 'sops', sops: { age: [recipient, otherRecipient] } } as const;
const other = { backend: 'sops', sops: { age: [otherRecipient] } } as const;

async function synthesized(backends: Backends = { a: sealed, b: sops }): Promise<EncryptedMesh> {
  const place = new EncryptedMesh(backends);
  await place.synthesize();
  return place;
}

const listOf = ({ directory }: EncryptedMesh) => readFileSync(join(directory, list), 'utf8');

describe('the first synthesis', () => {
  test('accepts its recipients, lists them in a file to commit, and says so', async () => {
    const place = new EncryptedMesh({ a: sealed, b: sops });
    const { encryption } = await place.synthesize();
    expect(encryption?.newRecipients).toEqual([
      expect.stringMatching(/^a: sealed-secrets strict [0-9a-f]{64}$/),
      `b: ${recipient}`,
    ]);
    expect(listOf(place)).toMatch(/^# Who can decrypt the Secrets of each cluster\./);
    const controller = expect.stringMatching(/^sealed-secrets strict [0-9a-f]{64}$/);
    expect(parse(listOf(place))).toEqual({
      a: { cacerts: [controller], remoteSecrets: [controller] },
      b: { cacerts: [recipient], remoteSecrets: [recipient] },
    });
    const before = filesOf(place.directory);
    expect((await place.synthesize()).encryption?.newRecipients).toEqual([]);
    expect(filesOf(place.directory)).toEqual(before);
  });
});

describe('afterwards', () => {
  type Change = (place: EncryptedMesh) => Backends | undefined;

  test.each<[what: string, recipient: RegExp, change: Change]>([
    ['one more age recipient', new RegExp(otherRecipient), () => ({ a: sealed, b: both })],
    ['another age recipient', new RegExp(otherRecipient), () => ({ a: sealed, b: other })],
    [
      'the certificate of another controller',
      /sealed-secrets strict [0-9a-f]{64}/,
      (place) => void writeFileSync(join(place.directory, 'controller.pem'), sealingPair().cert),
    ],
    [
      'a wider scope',
      /sealed-secrets cluster-wide [0-9a-f]{64}/,
      () => ({
        a: { ...sealed, sealedSecrets: { ...sealed.sealedSecrets, scope: 'cluster-wide' } },
        b: sops,
      }),
    ],
    ['another backend', new RegExp(recipient), () => ({ a: sops, b: sops })],
    [
      'a new cluster with another recipient',
      new RegExp(otherRecipient),
      () => ({ a: sealed, b: sops, c: other }),
    ],
    [
      'a new cluster with the controller of another',
      /of c .*sealed-secrets/,
      () => ({ a: sealed, b: sops, c: sealed }),
    ],
    [
      'a removed entry of the list',
      /sealed-secrets/,
      (place) =>
        void writeFileSync(join(place.directory, list), listOf(place).replace(/a:\n[\s\S]*(?=b:)/, '')),
    ],
  ])('%s is refused, before anything is written, until it is accepted', async (_, named, change) => {
    const place = await synthesized();
    const mesh = place.mesh(change(place));
    const before = filesOf(place.directory);
    const problems = await problemsOf(place.synthesize(mesh));
    expect(problems).toMatchObject([
      { code: 'SECRET-NEW-RECIPIENT', location: { file: list }, message: expect.stringMatching(named) },
    ]);
    expect(problems[0]?.hint).toContain('istio-mesh secrets --accept-recipients');
    expect(filesOf(place.directory)).toEqual(before);
    await place.accept(mesh);
    await place.synthesize(mesh);
  });

  test('the problem names the old recipient too', async () => {
    const place = await synthesized({ b: sops });
    const [problem] = await problemsOf(place.synthesize(place.mesh({ b: other })));
    expect(problem?.message).toContain(
      `for ${otherRecipient}, which is not accepted. Accepted: ${recipient}.`,
    );
  });

  test('one recipient of several clusters is one problem', async () => {
    const place = await synthesized({ a: sops, b: sops });
    const problems = await problemsOf(place.synthesize(place.mesh({ a: both, b: both })));
    expect(problems).toMatchObject([{ message: expect.stringContaining('The Secrets of a, b would be') }]);
  });

  test('a removed recipient, and a new cluster with the recipients of the others, need no consent', async () => {
    const place = await synthesized({ a: both, b: both });
    place.join('c', `token-of-c-${'0'.repeat(40)}`);
    await place.synthesize(place.mesh({ a: sops, b: both, c: sops }));
    expect(listOf(place).match(new RegExp(otherRecipient, 'g'))).toHaveLength(2);
  });

  test('a cluster that leaves is removed from the list, and the list with the last one', async () => {
    const place = await synthesized();
    await place.synthesize(place.mesh({ b: sops }));
    expect(listOf(place)).not.toContain('\na:');
    await place.synthesize(place.mesh({ b: {} }));
    expect(existsSync(join(place.directory, list))).toBe(false);
  });

  test('without the plain text, a changed recipient is refused too', async () => {
    const place = await synthesized();
    for (const folder of ['certs', 'remotes']) rmSync(join(place.directory, folder), { recursive: true });
    const problems = await problemsOf(place.synthesize(place.mesh({ a: sealed, b: both })));
    expect(problems).toMatchObject([{ code: 'SECRET-NEW-RECIPIENT' }]);
  });

  test.each(['- a', 'a: b', 'a: { cacerts: [1] }', 'a: { more: [] }', '<<<<<<< HEAD\na: {}\n', '"'])(
    'a list that reads %j is an error, and does not accept everything',
    async (text) => {
      const place = await synthesized();
      writeFileSync(join(place.directory, list), text);
      expect(await problemsOf(place.synthesize())).toMatchObject([
        { code: 'SECRET-FILE', location: { file: list } },
      ]);
    },
  );
});

describe('records of earlier versions, without a list,', () => {
  test('count as accepted, and the list is written', async () => {
    const place = await synthesized();
    const before = filesOf(place.directory);
    rmSync(join(place.directory, list));
    await place.synthesize();
    expect(filesOf(place.directory)).toEqual(before);
  });

  test('accept no other recipient', async () => {
    const place = await synthesized();
    rmSync(join(place.directory, list));
    expect(await problemsOf(place.synthesize(place.mesh({ a: sealed, b: both })))).toMatchObject([
      { code: 'SECRET-NEW-RECIPIENT' },
    ]);
  });
});

test('accepting returns what has changed', async () => {
  const place = await synthesized();
  const mesh = place.mesh({ a: sealed, b: other });
  expect(await acceptRecipients(mesh, place.directory)).toEqual([
    { cluster: 'b', added: [otherRecipient], removed: [recipient] },
  ]);
  expect(await acceptRecipients(mesh, place.directory)).toEqual([]);
});
