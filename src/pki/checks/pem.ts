import { caCertsFiles, certificateParts } from '../ca-certs';
import { hasMixedLineEnds, lacksNewline, pemBlocks, pemProblem } from '../pem';
import type { CaCertsRule } from './rule';

/** istiod refuses what it cannot parse, or passes over it without a word. */
export const wellFormedPem: CaCertsRule = ({ texts, bundles }) =>
  certificateParts.flatMap((part) => {
    const unreadable = pemBlocks(texts[part]).flatMap(({ label }, index) => {
      if (bundles[part].blocks[index] !== undefined || label.endsWith('PRIVATE KEY')) return [];
      return `Block ${index + 1}, labelled ${label}, is not a certificate that can be parsed.`;
    });
    return [pemProblem(texts[part]) ?? [], ...unreadable].flat().map((message) => ({
      code: 'CA-PEM' as const,
      part,
      message,
      hint: `Put certificates into ${caCertsFiles[part]}, in PEM, and nothing else.`,
    }));
  });

/**
 * Certificates are put together to chains, by Istio's Makefile and by istiod. Where a newline is missing,
 * two run together and neither is found.
 *
 * @see https://github.com/istio/istio/issues/22530
 */
export const newline: CaCertsRule = ({ texts }) =>
  certificateParts.flatMap((part) => {
    if (!lacksNewline(texts[part])) return [];
    const message = 'There is no newline at its end, or between two certificates.';
    return {
      code: 'CA-NEWLINE',
      part,
      message,
      hint: `End every line of ${caCertsFiles[part]} in a newline.`,
    };
  });

/** A warning: istiod and proxies read such texts, and not every other tool does. */
export const lineEnds: CaCertsRule = ({ texts }) =>
  certificateParts.flatMap((part) => {
    if (!hasMixedLineEnds(texts[part])) return [];
    const message = 'Some of its lines end in CR LF, and others in LF.';
    return { code: 'CA-LINE-ENDS', part, message, hint: `End every line of ${caCertsFiles[part]} in LF.` };
  });
