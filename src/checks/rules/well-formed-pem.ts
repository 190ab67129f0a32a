import { caCertsFiles, certificateParts } from '../../pki/ca-certs';
import { blockFault, pemBlocks } from '../../pki/pem';
import type { CaCertsRule } from './rule';

/** istiod refuses what it cannot parse, or passes over it without a word. */
export const wellFormedPem: CaCertsRule = ({ texts, bundles }) =>
  certificateParts.flatMap((part) => {
    const unreadable = pemBlocks(texts[part]).flatMap(({ label }, index) => {
      if (bundles[part].blocks[index] !== undefined || label.endsWith('PRIVATE KEY')) return [];
      return `Block ${index + 1}, labelled ${label}, is not a certificate that can be parsed.`;
    });
    return [blockFault(texts[part]) ?? [], ...unreadable].flat().map((found) => ({
      code: 'CA-PEM' as const,
      part,
      found,
      remedy: `Put certificates into ${caCertsFiles[part]}, in PEM, and nothing else.`,
    }));
  });
