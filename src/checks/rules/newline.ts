import { caCertsFiles, certificateParts } from '../../pki/ca-certs';
import { lacksNewline } from '../../pki/pem';
import type { CaCertsRule } from './rule';

/**
 * Certificates are put together to chains, by Istio's Makefile and by istiod. Where a newline is missing,
 * two run together and neither is found.
 *
 * @see https://github.com/istio/istio/issues/22530
 */
export const newline: CaCertsRule = ({ texts }) =>
  certificateParts.flatMap((part) => {
    if (!lacksNewline(texts[part])) return [];
    const found = 'There is no newline at its end, or between two certificates.';
    return {
      code: 'CA-NEWLINE',
      part,
      found,
      remedy: `End every line of ${caCertsFiles[part]} in a newline.`,
    };
  });
