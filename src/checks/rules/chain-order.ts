import type { CaCertsRule } from './rule';

/** The chain is sent to peers as it is, after each workload's certificate: its issuer must come next. */
export const chainOrder: CaCertsRule = ({ caCert, bundles }) => {
  const first = bundles.certChain.blocks[0];
  if (caCert === undefined || first === undefined || first.fingerprint === caCert.fingerprint) return [];
  return [
    {
      code: 'CA-CHAIN-ORDER',
      part: 'certChain',
      found: `Its first certificate is ${first.name}, not the one of ca-cert.pem, ${caCert.name}.`,
      remedy: 'Write the certificate of ca-cert.pem first, then that of its issuer, and so on to the root.',
    },
  ];
};
