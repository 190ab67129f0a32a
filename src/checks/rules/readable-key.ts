import type { CaCertsRule } from './rule';

/** istiod reads the first block of ca-key.pem, in PKCS#8, PKCS#1 or SEC 1, and has no passphrase. */
export const readableKey: CaCertsRule = ({ caKey }) => {
  if ('key' in caKey) return [];
  return [
    {
      code: 'CA-KEY',
      part: 'caKey',
      found: caKey.fault,
      remedy: 'Write the key as istiod reads it: openssl pkcs8 -topk8 -nocrypt -in OLD -out ca-key.pem.',
    },
  ];
};
