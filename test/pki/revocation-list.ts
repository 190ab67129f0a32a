import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder';
import { type OpensslCa, openssl } from './openssl';

/** A list of revoked certificates that openssl issues. */
export function listOf(
  issuer: Pick<OpensslCa, 'cert' | 'key'>,
  days: number,
  ...revoked: readonly OpensslCa[]
): string {
  const folder = temporaryFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  mkdirSync(join(folder, 'new'));
  const settings = [
    '[ca]',
    'default_ca = default',
    '[default]',
    `database = ${file('index.txt', '')}`,
    `certificate = ${file('ca.pem', issuer.cert)}`,
    `private_key = ${file('key.pem', issuer.key)}`,
    'default_md = sha256',
    `crlnumber = ${file('number', '01\n')}`,
    'crl_extensions = extensions',
    '[extensions]',
    'authorityKeyIdentifier = keyid',
  ];
  const config = file('openssl.cnf', `${settings.join('\n')}\n`);
  for (const { cert } of revoked) openssl(['ca', '-config', config, '-revoke', file('revoked.pem', cert)]);
  return openssl(['ca', '-config', config, '-gencrl', '-crldays', `${days}`]);
}
