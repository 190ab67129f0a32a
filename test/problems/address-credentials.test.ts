import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { credentialIn, shownAddress } from '../../src/problems/address-credentials';

const token = `ghp_${'a1B2'.repeat(9)}`;

test.each([
  ['https://admin:swordfish@git.example.com/mesh.git', 'a user name or password'],
  ['https://admin@git.example.com/mesh.git', 'a user name or password'],
  ['https://admin%3Aswordfish@git.example.com', 'a user name or password'],
  ['https:\\\\admin:swordfish@git.example.com', 'a user name or password'],
  ['https:admin:swordfish@git.example.com', 'a user name or password'],
  ['admin:swordfish@git.example.com:mesh.git', 'a user name or password'],
  ['ssh://git:swordfish@git.example.com/mesh.git', 'a user name or password'],
  ['ssh://git%3Aswordfish@git.example.com/mesh.git', 'a user name or password'],
  ['oci://user:swordfish@registry.example.com/mesh', 'a user name or password'],
  ['socks5://user:swordfish@proxy.example.com:1080', 'a user name or password'],
  [`https://${token}@github.com/platform/mesh.git`, 'a token'],
  [`ssh://${token}@github.com/platform/mesh.git`, 'a token'],
  [`https://github.com/${token}/mesh.git`, 'a token'],
  [`https://api.example.com/?q=eyJhbGciOiJSUzI1NiJ9.${'a'.repeat(40)}`, 'a token'],
  ['https://git.example.com/mesh.git?access_token=swordfish', 'the query parameter access_token'],
  [
    'https://git.example.com/mesh.git?ref=main&private%5Ftoken=swordfish',
    'the query parameter private_token',
  ],
  ['https://git.example.com/mesh.git?sv=1&sig=swordfish', 'the query parameter sig'],
  ['https://git.example.com/mesh.git?X-Amz-Signature=swordfish', 'the query parameter X-Amz-Signature'],
  ['https://git.example.com/mesh.git#password=swordfish', 'the query parameter password'],
])('%s contains %s', (address, found) => {
  expect(credentialIn(address)).toBe(found);
  for (const secret of ['swordfish', 'a1B2', 'eyJ']) expect(shownAddress(address)).not.toContain(secret);
  expect(shownAddress(address)).toContain('example.com'.slice(0, address.includes('github') ? 0 : 11));
});

test.each([
  'https://git.example.com/platform/mesh.git',
  'ssh://git@git.example.com:2222/platform/mesh.git',
  'git@git.example.com:platform/mesh.git',
  'oci://registry.example.com/platform/mesh',
  'https://organization@dev.azure.com/organization/mesh/_git/mesh',
  'https://203.0.113.10:6443/k8s/clusters/c-abc',
])('%s contains no credential, and is shown as it is', (address) => {
  expect(credentialIn(address)).toBeUndefined();
  expect(shownAddress(address)).toBe(`"${address}"`);
});

describe('an address in a message', () => {
  const separator = fc.constantFrom(':', '/', '?', '#', '@', '\\', '%', '%40', '%3A', ' ', '\n', '=', '&');
  const password = fc.array(fc.oneof(separator, fc.constant('canary')), { minLength: 1, maxLength: 6 });

  test('never shows what is before its last @', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('https://', 'http:\\\\', 'https:/', 'oci://', ''),
        password,
        (scheme, parts) => {
          const shown = shownAddress(`${scheme}admin:canary${parts.join('')}@host.example`);
          expect(shown).not.toContain('canary');
        },
      ),
    );
  });

  test('has no character that a terminal interprets, and is short', () => {
    expect(shownAddress('https://a\u001b[31m\u0007\u009b\u202e\u2028.example')).toBe(
      '"https://a\\u001b[31m\\u0007\\u009b\\u202e\\u2028.example"',
    );
    expect(shownAddress(`https://${'x'.repeat(9000)}`).length).toBeLessThan(250);
    expect(shownAddress(`https://admin:canary${'x'.repeat(100_000)}@a`)).not.toContain('canary');
  });
});
