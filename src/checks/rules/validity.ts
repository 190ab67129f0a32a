import type { CaCertsRule } from './rule';

/** Nothing that an expired CA certificate, or one that is not valid yet, stands above is accepted. */
export const validity: CaCertsRule = ({ inUse }, now) =>
  inUse.flatMap(({ certificate, part }) => {
    const { name, notBefore, notAfter } = certificate;
    if (now > notAfter) {
      return {
        code: 'CA-EXPIRED',
        part,
        certificate,
        found: `${name} expired at ${notAfter.toISOString()}.`,
        remedy: 'Have it issued anew; what it signed needs to be issued anew as well.',
      };
    }
    if (now >= notBefore) return [];
    return {
      code: 'CA-NOT-YET-VALID',
      part,
      certificate,
      found: `${name} is not valid before ${notBefore.toISOString()}.`,
      remedy: 'Wait until then, set the clock of this machine right, or have it issued anew.',
    };
  });
