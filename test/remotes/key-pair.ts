import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A self-signed certificate and its key, created with openssl. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Issues a certificate that is valid for ten years. */
export function issue(commonName: string, subjectAltName = 'IP:127.0.0.1'): KeyPair {
  const folder = mkdtempSync(join(tmpdir(), 'istio-mesh-test-'));
  try {
    const key = join(folder, 'key');
    const certificate = join(folder, 'certificate');
    const name = ['-subj', `/CN=${commonName}`, '-addext', `subjectAltName=${subjectAltName}`];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3650'];
    execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', certificate], {
      stdio: 'pipe',
    });
    return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The base64 text for certificates in kubeconfigs. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A JSON Web Token like those of Kubernetes, but with an invalid signature. */
export function jsonWebToken(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}
