import { createHash, type KeyObject } from 'node:crypto';
import type { Problem } from '../problems/problem';
import { CertificateReader } from './certificate-reader';
import { containsPrivateKey } from './pem';

/** The certificate of a Sealed Secrets controller. Only the controller can decrypt what it encrypts. */
export interface SealingCertificate {
  readonly publicKey: KeyObject;
  /** The SHA-256 hash of the public key, which stays the same when the certificate is renewed. */
  readonly fingerprint: string;
}

/** The shortest RSA key that is secure, in bits. Controllers create keys of 4096 bits. */
const shortestKey = 2048;

/**
 * Reads the certificate of a controller: like kubeseal, the first one in the file. The signature is not
 * verified, because the certificate is self-signed.
 *
 * @param file the file as messages show it
 * @param now the time at which the certificate must be valid
 * @returns the certificate, or the reason why it cannot be used
 * @see https://github.com/bitnami-labs/sealed-secrets#public-key--certificate
 */
export function readSealingCertificate(
  text: string,
  file: string,
  now: Date,
): { readonly certificate: SealingCertificate } | { readonly problem: Problem } {
  const problem = (code: Problem['code'], message: string, hint: string) => ({
    problem: { code, location: { file }, message, hint },
  });
  if (containsPrivateKey(text)) {
    const message = 'It contains the private key of the controller, and this file is meant to be committed.';
    return problem('SECRET-CERTIFICATE', message, withoutKey);
  }
  const { certificates, unreadable } = new CertificateReader().read(text);
  const invalid = unreadable.find(({ label }) => label === 'CERTIFICATE');
  if (invalid !== undefined) {
    return problem('SECRET-CERTIFICATE', `It is not a valid certificate: ${invalid.problem}.`, fetchAgain);
  }
  const [certificate] = certificates;
  if (certificate === undefined) {
    return problem('SECRET-CERTIFICATE', 'It contains no PEM certificate.', fetchAgain);
  }
  const { notBefore, notAfter, keyUsage } = certificate;
  const { type, text: kind, key: publicKey } = certificate.publicKey;
  const bits = publicKey?.asymmetricKeyDetails?.modulusLength ?? 0;
  if (type !== 'rsa' || publicKey === undefined || bits < shortestKey) {
    const message = `It has a key of type ${kind}; Sealed Secrets needs an RSA key of at least ${shortestKey} bits.`;
    return problem('SECRET-CERTIFICATE', message, fetchAgain);
  }
  if (keyUsage?.encipherment === false) {
    const message =
      'Its key usage does not permit encryption, so it is not that of a Sealed Secrets controller.';
    return problem('SECRET-CERTIFICATE', message, fetchAgain);
  }
  if (now > notAfter) {
    return problem('SECRET-EXPIRED', `The certificate expired at ${notAfter.toISOString()}.`, renew);
  }
  if (now < notBefore) {
    const message = `The certificate is not valid before ${notBefore.toISOString()}.`;
    return problem('SECRET-CERTIFICATE', message, 'Correct the clock of this machine or of the cluster.');
  }
  const key = publicKey.export({ type: 'spki', format: 'der' });
  return { certificate: { publicKey, fingerprint: createHash('sha256').update(key).digest('hex') } };
}

const fetchAgain = 'Fetch the certificate of the controller with istio-mesh join, or kubeseal --fetch-cert.';
const withoutKey =
  'Remove the key from the file. If others may have seen it, renew the key of the controller.';
const renew =
  'Fetch the current certificate of the controller with istio-mesh join, or kubeseal --fetch-cert.';
