import { caCertsFiles, certificateParts } from '../../pki/ca-certs';
import { hasMixedLineEnds } from '../../pki/pem';
import type { CaCertsRule } from './rule';

/** A warning: istiod and proxies read such texts, and not every other tool does. */
export const lineEnds: CaCertsRule = ({ texts }) =>
  certificateParts.flatMap((part) => {
    if (!hasMixedLineEnds(texts[part])) return [];
    const found = 'Some of its lines end in CR LF, and others in LF.';
    return { code: 'CA-LINE-ENDS', part, found, remedy: `End every line of ${caCertsFiles[part]} in LF.` };
  });
