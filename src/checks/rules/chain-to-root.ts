import { type Certificate, hasVerifiableSignature } from '../../pki/certificate';
import type { ParsedCaCerts } from '../../pki/parsed-ca-certs';
import type { CaCertsRule } from './rule';

/** From ca-cert.pem, cert-chain.pem must lead to a certificate of root-cert.pem, name by name and key by key. */
export const chainToRoot: CaCertsRule = ({ path, bundles }) => {
  const last = path.certificates.at(-1);
  if (last === undefined || path.root !== undefined) return [];
  // Where no root can be read, or a signature not be verified, that is the problem.
  if (bundles.rootCert.certificates.length === 0 || !hasVerifiableSignature(last)) return [];
  const part = path.certificates.length === 1 ? 'caCert' : 'certChain';
  return [{ code: 'CA-CHAIN', part, ...gap(last, bundles) }];
};

function gap(last: Certificate, bundles: ParsedCaCerts['bundles']): { found: string; remedy: string } {
  if (last.issuer.equals(last.subject)) {
    return {
      found: `The chain ends at ${last.name}, its own issuer, which is not in root-cert.pem.`,
      remedy: 'Put the root that the chain leads to into root-cert.pem, or have the certificate issued anew.',
    };
  }
  const namesake = (['rootCert', 'certChain'] as const).find((part) =>
    bundles[part].certificates.some(({ subject }) => subject.equals(last.issuer)),
  );
  if (namesake === undefined) {
    return {
      found: `${last.name} was issued by ${last.issuerName}, which neither cert-chain.pem nor root-cert.pem holds.`,
      remedy: 'Put every certificate between ca-cert.pem and the root into cert-chain.pem, lowest first.',
    };
  }
  return {
    found: `${last.name} was issued by ${last.issuerName}, but not by the key of the certificate with that name.`,
    remedy: 'Put the certificate whose key did sign it in the place of its namesake.',
  };
}
