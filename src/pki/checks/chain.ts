import { type Certificate, hasVerifiableSignature } from '../certificate';
import type { ParsedCaCerts } from '../parsed-ca-certs';
import type { CaCertsRule } from './rule';

/** The chain is sent to peers as it is, after each workload's certificate: its issuer must come next. */
export const chainOrder: CaCertsRule = ({ caCert, bundles }) => {
  const first = bundles.certChain.blocks[0];
  if (caCert === undefined || first === undefined || first.fingerprint === caCert.fingerprint) return [];
  return [
    {
      code: 'CA-CHAIN-ORDER',
      part: 'certChain',
      message: `Its first certificate is ${first.name}, not the one of ca-cert.pem, ${caCert.name}.`,
      hint: 'Write the certificate of ca-cert.pem first, then that of its issuer, and so on to the root.',
    },
  ];
};

/** From ca-cert.pem, cert-chain.pem must lead to a certificate of root-cert.pem, name by name and key by key. */
export const chainToRoot: CaCertsRule = ({ path, bundles }) => {
  const last = path.certificates.at(-1);
  if (last === undefined || path.root !== undefined) return [];
  // Where no root can be read, or a signature not be verified, that is the problem.
  if (bundles.rootCert.certificates.length === 0 || !hasVerifiableSignature(last)) return [];
  const part = path.certificates.length === 1 ? 'caCert' : 'certChain';
  return [{ code: 'CA-CHAIN', part, ...gap(last, bundles) }];
};

function gap(last: Certificate, bundles: ParsedCaCerts['bundles']): { message: string; hint: string } {
  if (last.issuer.equals(last.subject)) {
    return {
      message: `The chain ends at ${last.name}, its own issuer, which is not in root-cert.pem.`,
      hint: 'Put the root that the chain leads to into root-cert.pem, or have the certificate issued anew.',
    };
  }
  const namesake = (['rootCert', 'certChain'] as const).find((part) =>
    bundles[part].certificates.some(({ subject }) => subject.equals(last.issuer)),
  );
  if (namesake === undefined) {
    return {
      message: `${last.name} was issued by ${last.issuerName}, which neither cert-chain.pem nor root-cert.pem holds.`,
      hint: 'Put every certificate between ca-cert.pem and the root into cert-chain.pem, lowest first.',
    };
  }
  return {
    message: `${last.name} was issued by ${last.issuerName}, but not by the key of the certificate with that name.`,
    hint: 'Put the certificate whose key did sign it in the place of its namesake.',
  };
}

/** A CA may limit how many CAs follow below it; istiod's own is the lowest, with workloads below. */
export const pathLength: CaCertsRule = ({ path, inUse }) =>
  path.certificates.flatMap((certificate, below) => {
    if (certificate.pathLength === undefined || below <= certificate.pathLength) return [];
    return {
      code: 'CA-PATH-LENGTH',
      part: inUse[below]?.part ?? 'certChain',
      certificate,
      message: `The path length of ${certificate.name} is ${certificate.pathLength}, and the number of CA certificates below it is ${below}.`,
      hint: 'Have it issued anew with a greater path length, or use a CA that is nearer to the root.',
    };
  });
