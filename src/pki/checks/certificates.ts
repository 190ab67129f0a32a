import { hasVerifiableSignature, isCa, maySign } from '../certificate';
import { allowsBothSides } from '../certificate-path';
import type { PublicKey } from '../x509/public-key';
import type { CaCertsRule } from './ca-certs-problem';

/**
 * Istio supports RSA with at least 2048 bits, P-256 and P-384 for the CA of a cluster. CAs above it may
 * have any key that is not too short.
 */
export const keyType: CaCertsRule = ({ inUse }) =>
  inUse.flatMap(({ certificate, part }) => {
    const { publicKey } = certificate;
    const isAllowed = part === 'caCert' ? isSupported(publicKey) : !isOutOfRange(publicKey.key);
    if (isAllowed) return [];
    return {
      code: 'CA-KEY-TYPE',
      part,
      certificate,
      message: `The key of the certificate ${certificate.name} is of type ${publicKey.text}.`,
      hint: 'Issue the certificate for a key of type RSA with at least 2048 bits, EC P-256 or EC P-384.',
    };
  });

/** Go also refuses connections with longer keys, because they take long to verify. */
function isOutOfRange(key: PublicKey['key']): boolean {
  const { modulusLength: bits = 2048 } = key?.asymmetricKeyDetails ?? {};
  return key === undefined || bits < 2048 || bits > 8192;
}

function isSupported({ type, key, text }: PublicKey): boolean {
  if (type === 'rsa') return !isOutOfRange(key);
  return ['ec, prime256v1', 'ec, secp384r1'].includes(text);
}

/** Every certificate from ca-cert.pem to the root must be allowed to sign certificates. */
export const caConstraints: CaCertsRule = ({ inUse }) =>
  inUse.flatMap(({ certificate, part }) => {
    if (maySign(certificate)) return [];
    const { name } = certificate;
    return {
      code: isCa(certificate) ? 'CA-KEY-USAGE' : 'CA-NOT-A-CA',
      part,
      certificate,
      message: isCa(certificate)
        ? `The key usage of ${name} does not include keyCertSign.`
        : `${name} is not a CA: its basic constraints do not include CA:TRUE.`,
      hint: 'Issue the certificate with critical CA:TRUE and with the key usage keyCertSign.',
    };
  });

/**
 * Envoy checks the extended key usage of every certificate in the chain. If present, it must name both
 * sides of a connection; anyExtendedKeyUsage is not enough.
 */
export const extendedKeyUsage: CaCertsRule = ({ inUse }) =>
  inUse.flatMap(({ certificate, part }) => {
    if (allowsBothSides(certificate)) return [];
    return {
      code: 'CA-KEY-USAGE',
      part,
      certificate,
      message: `The extended key usage of ${certificate.name} does not include both serverAuth and clientAuth.`,
      hint: 'Issue the certificate without extended key usage, or with both purposes.',
    };
  });

/** istiod does not accept signatures with SHA-1 or MD5. It never verifies the root's own signature. */
export const signatureAlgorithm: CaCertsRule = ({ inUse, path }) =>
  inUse.flatMap(({ certificate, part }) => {
    if (part === 'rootCert' || certificate === path.root) return [];
    if (hasVerifiableSignature(certificate)) return [];
    return {
      code: 'CA-SIGNATURE',
      part,
      certificate,
      message: `${certificate.name} is signed with ${certificate.signature.algorithm}, which istiod does not verify.`,
      hint: 'Issue the certificate with a SHA-256 signature.',
    };
  });

/** A certificate is only accepted while every CA certificate above it is valid. */
export const validity: CaCertsRule = ({ inUse }, now) =>
  inUse.flatMap(({ certificate, part }) => {
    const { name, notBefore, notAfter } = certificate;
    if (now > notAfter) {
      return {
        code: 'CA-EXPIRED',
        part,
        certificate,
        message: `${name} expired at ${notAfter.toISOString()}.`,
        hint: 'Replace the certificate, and all certificates that it signed.',
      };
    }
    if (now >= notBefore) return [];
    return {
      code: 'CA-NOT-YET-VALID',
      part,
      certificate,
      message: `${name} is not valid before ${notBefore.toISOString()}.`,
      hint: 'Wait until then, correct the clock of this machine, or replace the certificate.',
    };
  });

const day = 24 * 60 * 60_000;

/** A warning some time ahead: all workloads must trust a new root before it is used, which takes weeks. */
export const expiresSoon =
  (horizon: number): CaCertsRule =>
  ({ inUse }, now) =>
    inUse.flatMap(({ certificate, part }) => {
      const { name, notAfter } = certificate;
      const days = Math.floor((notAfter.getTime() - now.getTime()) / day);
      if (days < 0 || days >= horizon) return [];
      return {
        code: 'CA-EXPIRING',
        part,
        certificate,
        message: `${name} expires in ${days === 1 ? '1 day' : `${days} days`}, at ${notAfter.toISOString()}.`,
        hint: 'Replace the certificate before then: the certificates of workloads expire with it.',
      };
    });
