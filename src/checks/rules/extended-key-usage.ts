import type { CaCertsRule } from './rule';

const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';
const anyPurpose = '2.5.29.37.0';

/**
 * Where a CA limits the purposes of what it signs, both sides of a workload's connections must be among
 * them, because verifiers ask for the purpose of every certificate in the chain.
 */
export const extendedKeyUsage: CaCertsRule = ({ inUse }) =>
  inUse.flatMap(({ certificate, part }) => {
    const purposes = certificate.extendedKeyUsage ?? [anyPurpose];
    const both = purposes.includes(serverAuth) && purposes.includes(clientAuth);
    if (both || purposes.includes(anyPurpose)) return [];
    return {
      code: 'CA-KEY-USAGE',
      part,
      certificate,
      found: `The extended key usage of ${certificate.name} does not include both serverAuth and clientAuth.`,
      remedy: 'Have it issued anew without extended key usage, or with both.',
    };
  });
