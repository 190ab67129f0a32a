import type { KeyObject } from 'node:crypto';
import { hasVerifiableSignature, maySign } from '../certificate';
import type { CaCertsRule } from './ca-certs-problem';

/**
 * Istio supports RSA with at least 2048 bits, P-256 and P-384 for the CA of a cluster. CAs above it may
 * have any key that is not too short.
 */
export const keyType: CaCertsRule = ({ inUse }) =>
  inUse.flatMap(({ certificate, part }) => {
    const { publicKey } = certificate;
    const isAllowed = part === 'caCert' ? isSupported(publicKey) : !isShort(publicKey);
    if (isAllowed) return [];
    return {
      code: 'CA-KEY-TYPE',
      part,
      certificate,
      message: `The key of the certificate ${certificate.name} is of type ${describeKey(publicKey)}.`,
      hint: 'Issue the certificate for a key of type RSA with at least 2048 bits, EC P-256 or EC P-384.',
    };
  });

function isSupported(key: KeyObject): boolean {
  if (key.asymmetricKeyType === 'rsa') return !isShort(key);
  return ['prime256v1', 'secp384r1'].includes(key.asymmetricKeyDetails?.namedCurve ?? '');
}

function isShort({ asymmetricKeyDetails: details }: KeyObject): boolean {
  return details?.modulusLength !== undefined && details.modulusLength < 2048;
}

function describeKey({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string {
  const size = details?.namedCurve ?? (details?.modulusLength && `${details.modulusLength} bits`);
  return size === undefined ? `${type}` : `${type}, ${size}`;
}

/** Every certificate from ca-cert.pem to the root must be allowed to sign certificates. */
export const caConstraints: CaCertsRule = ({ inUse }) =>
  inUse.flatMap(({ certificate, part }) => {
    if (maySign(certificate)) return [];
    const { isCa, name } = certificate;
    return {
      code: isCa ? 'CA-KEY-USAGE' : 'CA-NOT-A-CA',
      part,
      certificate,
      message: isCa
        ? `The key usage of ${name} does not include keyCertSign.`
        : `${name} is not a CA: its basic constraints do not include CA:TRUE.`,
      hint: 'Issue the certificate with critical CA:TRUE and with the key usage keyCertSign.',
    };
  });

const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';

/**
 * Envoy checks the extended key usage of every certificate in the chain. If present, it must name both
 * sides of a connection; anyExtendedKeyUsage is not enough.
 */
export const extendedKeyUsage: CaCertsRule = ({ inUse }) =>
  inUse.flatMap(({ certificate, part }) => {
    const { extendedKeyUsage: purposes } = certificate;
    if (purposes === undefined || [serverAuth, clientAuth].every((side) => purposes.includes(side)))
      return [];
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
      message: `${certificate.name} is signed with ${certificate.signatureAlgorithm}, which istiod does not verify.`,
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

/** A warning 30 days ahead: all workloads must trust a new root before it is used, which takes weeks. */
export const expiresSoon: CaCertsRule = ({ inUse }, now) =>
  inUse.flatMap(({ certificate, part }) => {
    const { name, notAfter } = certificate;
    const days = Math.floor((notAfter.getTime() - now.getTime()) / day);
    if (days < 0 || days >= 30) return [];
    return {
      code: 'CA-EXPIRING',
      part,
      certificate,
      message: `${name} expires in ${days === 1 ? '1 day' : `${days} days`}, at ${notAfter.toISOString()}.`,
      hint: 'Replace the certificate before then: the certificates of workloads expire with it.',
    };
  });
