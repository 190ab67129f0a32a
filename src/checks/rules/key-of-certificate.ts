import type { CaCertsRule } from './rule';

/** What istiod signs can be verified only when the key that it signs with is that of its certificate. */
export const keyOfCertificate: CaCertsRule = ({ caCert, caKey }) => {
  if (caCert === undefined || !('key' in caKey) || caCert.x509.checkPrivateKey(caKey.key)) return [];
  return [
    {
      code: 'CA-KEY-MISMATCH',
      part: 'caKey',
      found: `The private key is not that of the certificate ${caCert.name} in ca-cert.pem.`,
      remedy: 'Put back the key that the certificate was issued for, or remove both to have new ones issued.',
    },
  ];
};
