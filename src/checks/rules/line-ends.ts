import { caCertsFiles, certificateParts } from '../../pki/ca-certs';
import { lineEndFault } from '../../pki/pem';
import type { CaCertsRule } from './rule';

/**
 * istiod appends the chain to each workload's certificate as it is. Where a newline is missing, two
 * blocks run together, and proxies refuse the certificate.
 *
 * @see https://github.com/istio/istio/issues/22530
 */
export const lineEnds: CaCertsRule = ({ texts }) =>
  certificateParts.flatMap((part) => {
    const found = lineEndFault(texts[part]);
    if (found === undefined) return [];
    const remedy = `End every line of ${caCertsFiles[part]}, the last one too, in the same newline.`;
    return { code: 'CA-LINE-ENDS', part, found, remedy };
  });
