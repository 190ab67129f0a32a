import type { CaCertsRule } from './rule';

const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';

/**
 * Where a CA limits the purposes of what it signs, both sides of a workload's connections must be among
 * them by name: proxies look for them in every certificate of the chain, and anyExtendedKeyUsage will not do.
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
      found: `The extended key usage of ${certificate.name} does not include both serverAuth and clientAuth.`,
      remedy: 'Have it issued anew without extended key usage, or with both.',
    };
  });
