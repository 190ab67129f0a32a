import type { CaCertsRule } from './rule';

/** A CA may limit how many CAs follow below it; istiod's own is the lowest, with workloads below. */
export const pathLength: CaCertsRule = ({ path, inUse }) =>
  path.certificates.flatMap((certificate, below) => {
    if (certificate.pathLength === undefined || below <= certificate.pathLength) return [];
    return {
      code: 'CA-PATH-LENGTH',
      part: inUse[below]?.part ?? 'certChain',
      certificate,
      found: `The path length of ${certificate.name} is ${certificate.pathLength}, and the number of CA certificates below it is ${below}.`,
      remedy: 'Have it issued anew with a greater path length, or use a CA that is nearer to the root.',
    };
  });
