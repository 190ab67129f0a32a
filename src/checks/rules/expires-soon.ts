import type { CaCertsRule } from './rule';

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
      found: `${certificate.name} expires in ${days === 1 ? '1 day' : `${days} days`}, at ${certificate.notAfter.toISOString()}.`,
      remedy: 'Have it issued anew before that; the certificates of workloads expire with it.',
    };
  });
