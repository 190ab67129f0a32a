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
        message: `${name} expired at ${notAfter.toISOString()}.`,
        hint: 'Have it issued anew; what it signed needs to be issued anew as well.',
      };
    }
    if (now >= notBefore) return [];
    return {
      code: 'CA-NOT-YET-VALID',
      part,
      certificate,
      message: `${name} is not valid before ${notBefore.toISOString()}.`,
      hint: 'Wait until then, set the clock of this machine right, or have it issued anew.',
    };
  });

const day = 24 * 60 * 60_000;

/** A warning, in time: a new root needs weeks, for all workloads have to trust it before it is used. */
export const expiresSoon: CaCertsRule = ({ inUse }, now) =>
  inUse.flatMap(({ certificate, part }) => {
    const days = Math.floor((certificate.notAfter.getTime() - now.getTime()) / day);
    if (days < 0 || days >= 30) return [];
    return {
      code: 'CA-EXPIRING',
      part,
      certificate,
      message: `${certificate.name} expires in ${days === 1 ? '1 day' : `${days} days`}, at ${certificate.notAfter.toISOString()}.`,
      hint: 'Have it issued anew before that; the certificates of workloads expire with it.',
    };
  });
