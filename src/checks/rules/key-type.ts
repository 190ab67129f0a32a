import type { KeyObject } from 'node:crypto';
import type { CaCertsRule } from './rule';

/**
 * Istio supports CAs with RSA of at least 2048 bits, P-256 and P-384. Above them in the chain every kind of
 * key will do, as long as it is not a short one.
 */
export const keyType: CaCertsRule = ({ inUse }) =>
  inUse.flatMap(({ certificate, part }) => {
    const { publicKey } = certificate;
    const fits = part === 'caCert' ? isSupported(publicKey) : !isShort(publicKey);
    if (fits) return [];
    return {
      code: 'CA-KEY-TYPE',
      part,
      certificate,
      found: `The key of the certificate ${certificate.name} is of type ${describe(publicKey)}.`,
      remedy: 'Issue it anew for a key of type RSA with at least 2048 bits, EC P-256 or EC P-384.',
    };
  });

function isSupported(key: KeyObject): boolean {
  if (key.asymmetricKeyType === 'rsa') return !isShort(key);
  return ['prime256v1', 'secp384r1'].includes(key.asymmetricKeyDetails?.namedCurve ?? '');
}

function isShort({ asymmetricKeyDetails: details }: KeyObject): boolean {
  return details?.modulusLength !== undefined && details.modulusLength < 2048;
}

function describe({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string {
  const size = details?.namedCurve ?? (details?.modulusLength && `${details.modulusLength} bits`);
  return size === undefined ? `${type}` : `${type}, ${size}`;
}
