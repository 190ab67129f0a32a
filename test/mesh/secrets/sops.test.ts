import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { parseMesh } from '../../../src/mesh/mesh-file';
import { hasBech32Checksum } from '../../../src/mesh/secrets/sops';

test('age public keys have the right checksum, but not with one letter changed or two letters swapped', async () => {
  for (const generate of [generateX25519Identity, generateHybridIdentity]) {
    const key = await identityToRecipient(await generate());
    expect(hasBech32Checksum(key)).toBe(true);
    for (let position = 4; position < key.length; position += Math.ceil(key.length / 60)) {
      const letter = key[position] === 'q' ? 'p' : 'q';
      expect(hasBech32Checksum(key.slice(0, position) + letter + key.slice(position + 1))).toBe(false);
      const [a = '', b = ''] = key.slice(position, position + 2);
      if (a !== b)
        expect(hasBech32Checksum(key.slice(0, position) + b + a + key.slice(position + 2))).toBe(false);
    }
  }
});

test.each(['', '1', 'age1', 'age1q', '1qqqqqq', 'age1ABCDEFGH', 'age1bbbbbbbb'])(
  '%j has no right checksum',
  (text) => {
    expect(hasBech32Checksum(text)).toBe(false);
  },
);

test('a recipient with a wrong letter is an error at its position in mesh.yaml', () => {
  const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8q';
  const clusters = 'clusters:\n  - { name: a, network: n1 }\n';
  const secrets = `secrets:\n  backend: sops\n  sops:\n    age:\n      - ${recipient}\n`;
  expect(() => parseMesh(`meshID: mesh1\n${secrets}${clusters}`, 'mesh.yaml')).toThrow(
    /^mesh\.yaml:6:9: MESH-VALUE: secrets\.sops\.age\[0\] is "age1ql3.*"\.\n.* a letter of this one/,
  );
});

test('a private key instead of a recipient is an error that does not print the key', () => {
  const text = `meshID: mesh1
secrets: { backend: sops, sops: { age: [AGE-SECRET-KEY-1QQPQRYSX] } }
clusters: [{ name: a, network: n1 }]
`;
  expect(() => parseMesh(text, 'mesh.yaml')).toThrow(/age\[0\] is ".*"\.\n.*begins with age1/);
  expect(() => parseMesh(text, 'mesh.yaml')).not.toThrow(/QQPQRYSX/);
});
