import { caCertsFiles, certificateParts } from '../../pki/ca-certs';
import { pemBlocks } from '../../pki/pem';
import type { CaCertsRule } from './rule';

/** istiod hands the root and the chain to every workload, and a key that is in them as well. */
export const noPrivateKeyBesideCertificates: CaCertsRule = ({ texts }) =>
  certificateParts.flatMap((part) => {
    if (!pemBlocks(texts[part]).some(({ label }) => label.endsWith('PRIVATE KEY'))) return [];
    return {
      code: 'CA-KEY-EXPOSED',
      part,
      found: 'A private key is among the certificates, which every workload of the mesh can read.',
      remedy: `Remove it from ${caCertsFiles[part]}; a key that has been shipped like this needs replacing.`,
    };
  });
