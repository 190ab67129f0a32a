import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Yaml } from 'cdk8s';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { PlainObject } from '../../src/kubernetes/manifest';
import type { Problem } from '../../src/problems/problem';
import { sopsCipher, sopsDataKey } from '../../src/secrets/sops';
import { isOnThePath } from '../on-the-path';
import { temporaryFolder } from '../temporary-folder';
import { secret } from './encryption/secret';

const hasSops = isOnThePath('sops');
const now = new Date('2026-11-24T12:00:00.789Z');
let [mine, colleagues, others] = ['', '', ''];
let file: PlainObject;

beforeAll(async () => {
  [mine = '', colleagues = '', others = ''] = await Promise.all([1, 2, 3].map(generateX25519Identity));
  const recipients = await Promise.all([mine, colleagues].map(identityToRecipient));
  file = sopsCipher(await sopsDataKey(recipients, 'cluster1', []), now).encrypt(secret);
});

function decrypt(text: string, identity: string): unknown {
  const path = join(temporaryFolder(), 'secret.yaml');
  writeFileSync(path, text);
  const decrypted = execFileSync('sops', ['decrypt', path], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: temporaryFolder(), SOPS_AGE_KEY: identity },
  });
  return parse(decrypted);
}

test('only the values of data are encrypted', async () => {
  const { data, sops, ...readable } = file;
  const { data: plain, ...expected } = secret;
  expect(readable).toEqual(expected);
  const values = Object.values(data as Record<string, string>);
  expect(values.filter((value) => value !== '')).toEqual(
    Array(2).fill(expect.stringMatching(/^ENC\[AES256_GCM,/)),
  );
  for (const value of Object.values(plain as Record<string, string>).filter((text) => text !== '')) {
    expect(JSON.stringify(file)).not.toContain(value);
  }
});

test('an unusable recipient is an error with its cluster', async () => {
  const problems: Problem[] = [];
  const plugin = 'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t';
  await sopsDataKey([plugin], 'cluster1', problems);
  expect(problems).toMatchObject([{ code: 'SECRET-RECIPIENT', location: { file: 'cluster1' } }]);
  expect(problems[0]?.message).toContain(plugin);
});

describe.skipIf(!hasSops)('sops', () => {
  test('decrypts it for every recipient', () => {
    expect(decrypt(Yaml.stringify(file), mine)).toEqual(secret);
    expect(decrypt(Yaml.stringify(file), colleagues)).toEqual(secret);
  });

  test('does not decrypt it for others', () => {
    expect(() => decrypt(Yaml.stringify(file), others)).toThrow(
      'identity did not match any of the recipients',
    );
  });

  test.each<[what: string, from: RegExp, to: string]>([
    ['a name', /name: istio-remote-secret-cluster2/, 'name: other'],
    ['a label', /"true"/, '"false"'],
    ['a value', /AES256_GCM,data:..../, 'AES256_GCM,data:AAAA'],
    ['the place of a value', /^ {2}cluster2: /m, '  cluster3: '],
    ['its date', /2026-11-24T12/, '2026-11-24T13'],
    ['a value that is taken out', /^ {2}bytes\.bin: .*\n/m, ''],
  ])('rejects a changed file: %s', (_what, from, to) => {
    const text = Yaml.stringify(file);
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    expect(() => decrypt(changed, mine)).toThrow(/Could not decrypt|MAC mismatch|cipher: message/);
  });

  test('writes the same metadata itself', () => {
    const path = join(temporaryFolder(), 'plain.yaml');
    writeFileSync(path, Yaml.stringify(secret));
    const ours = file.sops as { age: { recipient: string }[] };
    const recipients = ours.age.map(({ recipient }) => recipient).join();
    const options = ['--age', recipients, '--encrypted-regex', '^(data|stringData)$'];
    const theirs = parse(execFileSync('sops', ['encrypt', ...options, path], { encoding: 'utf8' }));
    const ignored = { lastmodified: '', mac: '', age: [] };
    expect({ ...ours, ...ignored }).toEqual({ ...theirs.sops, ...ignored });
    expect(ours.age.map((entry) => Object.keys(entry))).toEqual(
      theirs.sops.age.map((entry: object) => Object.keys(entry)),
    );
  });
});

test.skipIf(hasSops)('skipped: sops is not installed', (context) => {
  context.skip();
});
