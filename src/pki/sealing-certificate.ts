import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import type { Problem } from '../problems/problem';
import { pemBlocks } from './pem';

/** The certificate of a Sealed Secrets controller: who holds it can encrypt for the controller alone. */
export interface SealingCertificate {
  readonly publicKey: KeyObject;
  /** The SHA-256 of the public key, by which two certificates of one key are the same. */
  readonly fingerprint: string;
}

/** The shortest RSA key that the controller, which is written in Go, still works with; in bits. */
const shortestKey = 1024;

/**
 * Reads the certificate of a controller. Of several the first counts, as for kubeseal; its signature is
 * its own and says nothing.
 *
 * @param file its name in problems
 * @param now the time at which it must be valid
 * @returns the certificate, or why nothing can be encrypted for it
 * @see https://github.com/bitnami-labs/sealed-secrets#public-key--certificate
 */
export function readSealingCertificate(
  text: string,
  file: string,
  now: Date,
): { readonly certificate: SealingCertificate } | { readonly problem: Problem } {
  const fault = (code: Problem['code'], message: string, hint: string) => ({
    problem: { code, location: { file }, message, hint },
  });
  const blocks = pemBlocks(text);
  if (blocks.some(({ label }) => label.endsWith('PRIVATE KEY'))) {
    const found = 'It holds a private key, which opens all that is sealed, and it is there to be committed.';
    return fault('SECRET-CERTIFICATE', found, withoutKey);
  }
  const [block] = blocks.filter(({ label }) => label === 'CERTIFICATE');
  const parsed = block && parse(block.text);
  if (parsed === undefined) {
    return fault('SECRET-CERTIFICATE', 'It holds no certificate in PEM.', fetchAgain);
  }
  const { x509, publicKey } = parsed;
  const { asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength: bits = 0 } = {} } = publicKey;
  if (type !== 'rsa' || bits < shortestKey) {
    const kind = type === 'rsa' ? `an RSA key of ${bits} bits` : `a key of type ${type}`;
    const found = `It has ${kind}; Sealed Secrets needs an RSA key of at least ${shortestKey} bits.`;
    return fault('SECRET-CERTIFICATE', found, fetchAgain);
  }
  if (now > new Date(x509.validTo)) {
    return fault('SECRET-EXPIRED', `It was valid until ${dateOf(x509.validTo)}.`, renew);
  }
  if (now < new Date(x509.validFrom)) {
    const found = `It is not valid before ${dateOf(x509.validFrom)}.`;
    return fault(
      'SECRET-CERTIFICATE',
      found,
      'See that the clocks of this machine and of the cluster are right.',
    );
  }
  const key = publicKey.export({ type: 'spki', format: 'der' });
  return { certificate: { publicKey, fingerprint: createHash('sha256').update(key).digest('hex') } };
}

const fetchAgain = 'Fetch the certificate of the controller with istio-mesh join, or kubeseal --fetch-cert.';
const withoutKey =
  'Leave the certificate alone in it. Where others may have seen the key, have the controller make another.';
const renew = 'The controller renews it; fetch the new one with istio-mesh join, or kubeseal --fetch-cert.';

function parse(pem: string): { x509: X509Certificate; publicKey: KeyObject } | undefined {
  try {
    const x509 = new X509Certificate(pem);
    return { x509, publicKey: x509.publicKey };
  } catch {
    return undefined;
  }
}

function dateOf(date: string): string {
  return new Date(date).toISOString();
}
