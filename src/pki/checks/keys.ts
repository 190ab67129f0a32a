import type { KeyObject } from 'node:crypto';
import { caCertsFiles, certificateParts } from '../ca-certs';
import { pemBlocks } from '../pem';
import type { CaCertsRule } from './rule';

/** istiod reads the first block of ca-key.pem, in PKCS#8, PKCS#1 or SEC 1, and has no passphrase. */
export const readableKey: CaCertsRule = ({ caKey }) => {
  if ('key' in caKey) return [];
  return [
    {
      code: 'CA-KEY',
      part: 'caKey',
      message: caKey.fault,
      hint: 'Write the key as istiod reads it: openssl pkcs8 -topk8 -nocrypt -in OLD -out ca-key.pem.',
    },
  ];
};

/** What istiod signs can be verified only when the key that it signs with is that of its certificate. */
export const keyOfCertificate: CaCertsRule = ({ caCert, caKey }) => {
  if (caCert === undefined || !('key' in caKey) || caCert.x509.checkPrivateKey(caKey.key)) return [];
  return [
    {
      code: 'CA-KEY-MISMATCH',
      part: 'caKey',
      message: `The private key is not that of the certificate ${caCert.name} in ca-cert.pem.`,
      hint: 'Put back the key that the certificate was issued for, or remove both to have new ones issued.',
    },
  ];
};

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
      message: `The key of the certificate ${certificate.name} is of type ${describe(publicKey)}.`,
      hint: 'Issue it anew for a key of type RSA with at least 2048 bits, EC P-256 or EC P-384.',
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

/** istiod hands the root and the chain to every workload, and a key that is in them as well. */
export const noPrivateKeyBesideCertificates: CaCertsRule = ({ texts }) =>
  certificateParts.flatMap((part) => {
    if (!pemBlocks(texts[part]).some(({ label }) => label.endsWith('PRIVATE KEY'))) return [];
    return {
      code: 'CA-KEY-EXPOSED',
      part,
      message: 'A private key is among the certificates, which every workload of the mesh can read.',
      hint: `Remove it from ${caCertsFiles[part]}; a key that has been shipped like this needs replacing.`,
    };
  });
