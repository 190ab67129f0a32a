import { caCertsFiles, certificateParts } from '../ca-certs';
import { containsPrivateKey, hasMixedLineEnds, lacksNewline, pemProblem } from '../pem';
import { isKeyOf } from '../private-key';
import type { CaCertsRule } from './ca-certs-problem';

/** istiod rejects a certificate that it cannot parse, or ignores it without a message. */
export const wellFormedPem: CaCertsRule = ({ texts, bundles, path }) =>
  certificateParts.flatMap((part) => {
    // A root that signs the certificates of workloads itself needs no chain.
    if (part === 'certChain' && texts.certChain === '' && path.certificates.length < 2) return [];
    const unreadable = bundles[part].unreadable
      .filter(({ label }) => !label.endsWith('PRIVATE KEY'))
      .map(
        ({ label, position, problem }) =>
          `PEM block ${position}, labelled ${label}, is not a valid certificate: ${problem}.`,
      );
    return [pemProblem(texts[part]) ?? [], ...unreadable].flat().map((message) => ({
      code: 'CA-PEM' as const,
      part,
      message,
      hint: `Make ${caCertsFiles[part]} a PEM file with certificates only, and issue a certificate again that is not valid.`,
    }));
  });

/**
 * Istio's Makefile and istiod concatenate certificates to chains. Without a newline between two of them,
 * neither can be parsed.
 *
 * @see https://github.com/istio/istio/issues/22530
 */
export const newline: CaCertsRule = ({ texts }) =>
  certificateParts.flatMap((part) => {
    if (texts[part] === '' || !lacksNewline(texts[part])) return [];
    return {
      code: 'CA-NEWLINE',
      part,
      message: 'A newline is missing at its end, or between two certificates.',
      hint: `Add a newline after each certificate in ${caCertsFiles[part]}.`,
    };
  });

/** A warning: istiod and Envoy accept such files, but other tools may not. */
export const lineEnds: CaCertsRule = ({ texts }) =>
  certificateParts.flatMap((part) => {
    if (!hasMixedLineEnds(texts[part])) return [];
    return {
      code: 'CA-LINE-ENDS',
      part,
      message: 'It mixes the line endings CR LF and LF.',
      hint: `Convert ${caCertsFiles[part]} to LF.`,
    };
  });

/** istiod distributes the root and the chain to every workload, and with them any key in the same file. */
export const noPrivateKeyAmongCertificates: CaCertsRule = ({ texts }) =>
  certificateParts.flatMap((part) => {
    if (!containsPrivateKey(texts[part])) return [];
    return {
      code: 'CA-KEY-EXPOSED',
      part,
      message: 'It contains a private key, and every workload of the mesh can read this file.',
      hint: `Remove the key from ${caCertsFiles[part]}. Replace the key if the file was ever deployed.`,
    };
  });

/** istiod reads the first block of ca-key.pem, in PKCS #8, PKCS #1 or SEC 1, without a passphrase. */
export const readableKey: CaCertsRule = ({ caKey }) => {
  if ('key' in caKey) return [];
  return [
    {
      code: 'CA-KEY',
      part: 'caKey',
      message: caKey.problem,
      hint: 'Convert the key to a format that istiod reads: openssl pkcs8 -topk8 -nocrypt -in OLD -out ca-key.pem.',
    },
  ];
};

/** If istiod signs with a key that does not belong to its certificate, its signatures do not verify. */
export const keyOfCertificate: CaCertsRule = ({ caCert, caKey }) => {
  if (caCert === undefined || !('key' in caKey) || isKeyOf(caKey.key, caCert.publicKey)) return [];
  return [
    {
      code: 'CA-KEY-MISMATCH',
      part: 'caKey',
      message: `The private key does not belong to the certificate ${caCert.name} in ca-cert.pem.`,
      hint: 'Restore the key that the certificate was issued for, or remove both so that new ones are issued. If istio-mesh rotate was interrupted, run it again instead.',
    },
  ];
};
