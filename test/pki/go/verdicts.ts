import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { CaCerts } from '../../../src/pki/ca-certs';
import { issuedNames } from '../../../src/pki/issued-names';
import { isOnThePath } from '../../on-the-path';
import { temporaryFolder } from '../../temporary-folder';

/** Whether Go is installed. Tests that need it are skipped if not. */
export const hasGo = isOnThePath('go');

let program: string | undefined;

/** Builds the program once for a file of tests. It needs no module but Go itself. */
function verdictsOf(items: readonly object[]): string[] {
  if (program === undefined) {
    program = join(temporaryFolder(), 'verdicts');
    const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOWORK: 'off' };
    execFileSync('go', ['build', '-o', program, '.'], { cwd: 'test/pki/go', env });
  }
  const output = execFileSync(program, { input: JSON.stringify(items), maxBuffer: 2 ** 28 });
  return JSON.parse(output.toString('utf8'));
}

/** Go's errors about certificates in DER; empty where it accepts them. */
export function certificateVerdicts(certificates: readonly Buffer[]): string[] {
  return verdictsOf(certificates.map((der) => ({ Certificate: der.toString('base64') })));
}

/** Go's errors about private keys in PEM; empty where it accepts them. */
export function keyVerdicts(keys: readonly string[]): string[] {
  return verdictsOf(keys.map((text) => ({ Key: base64(text) })));
}

/** Go's errors about the CA certificates of clusters; empty where it accepts them. */
export function caCertsVerdicts(caCerts: readonly CaCerts[], names = issuedNames()): string[] {
  return verdictsOf(
    caCerts.map((texts) => ({
      CaCert: base64(texts.caCert),
      CaKey: base64(texts.caKey),
      CertChain: base64(texts.certChain),
      RootCert: base64(texts.rootCert),
      Crl: base64(texts.caCrl ?? ''),
      Uris: names.uris,
      Dns: names.dns,
    })),
  );
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
