import { type Certificate, hasVerifiableSignature } from '../certificate';
import type { ParsedCaCerts } from '../parsed-ca-certs';
import type { CaCertsRule, ClusterProblem } from './ca-certs-problem';

/** Workloads send the chain to peers unchanged, after their own certificate: the issuer must come next. */
export const chainOrder: CaCertsRule = ({ caCert, bundles }) => {
  const [first] = bundles.certChain.certificates;
  if (caCert === undefined || first === undefined || first.fingerprint === caCert.fingerprint) return [];
  return [
    {
      code: 'CA-CHAIN-ORDER',
      part: 'certChain',
      message: `Its first certificate is ${first.name}, not the certificate of ca-cert.pem, ${caCert.name}.`,
      hint: 'Put the certificate of ca-cert.pem first, then its issuer, and so on up to the root.',
    },
  ];
};

/** Each certificate from ca-cert.pem on must be signed by the next one, up to a certificate in root-cert.pem. */
export const chainToRoot: CaCertsRule = ({ path, bundles }) => {
  const last = path.certificates.at(-1);
  if (last === undefined || path.root !== undefined) return [];
  // Other rules report an unreadable root, and a signature that cannot be verified.
  if (bundles.rootCert.certificates.length === 0 || !hasVerifiableSignature(last)) return [];
  const part = path.certificates.length === 1 ? 'caCert' : 'certChain';
  return [{ code: 'CA-CHAIN', part, ...describeGap(last, bundles) }];
};

function describeGap(
  last: Certificate,
  bundles: ParsedCaCerts['bundles'],
): { readonly message: string; readonly hint: string } {
  if (last.issuer.equals(last.subject)) {
    return {
      message: `The chain ends at the self-signed certificate ${last.name}, which is not in root-cert.pem.`,
      hint: 'Add the root of the chain to root-cert.pem, or issue the certificate under the root in root-cert.pem.',
    };
  }
  const isIssuerPresent = (['rootCert', 'certChain'] as const).some((part) =>
    bundles[part].certificates.some(({ subject }) => subject.equals(last.issuer)),
  );
  if (!isIssuerPresent) {
    return {
      message: `${last.name} was issued by ${last.issuerName}, which is neither in cert-chain.pem nor in root-cert.pem.`,
      hint: 'Add every certificate between ca-cert.pem and the root to cert-chain.pem, lowest first.',
    };
  }
  return {
    message: `${last.name} was issued by ${last.issuerName}, but not with the key of the certificate of that name.`,
    hint: 'Replace the issuer certificate with the one whose key signed this certificate.',
  };
}

/** A CA can limit the number of CAs below it. The CA of istiod is the lowest; it issues to workloads. */
export const pathLength: CaCertsRule = ({ path, inUse }) =>
  path.certificates.flatMap((certificate, below) => {
    const limit = certificate.basicConstraints?.pathLength;
    if (limit === undefined || below <= limit) return [];
    return {
      code: 'CA-PATH-LENGTH',
      part: inUse.find((each) => each.certificate === certificate)?.part ?? 'certChain',
      certificate,
      message: `The path length of ${certificate.name} is ${limit}, but there are ${below} CA certificates below it.`,
      hint: 'Issue the certificate with a greater path length, or use a CA that is closer to the root.',
    };
  });

/** The last resort: Go trusts no path, and no other rule says why, for example because there are too many paths. */
export function untrusted({ cluster, isTrusted, caCert }: ParsedCaCerts): ClusterProblem[] {
  if (isTrusted || caCert === undefined) return [];
  return [
    {
      code: 'CA-CHAIN',
      cluster,
      part: 'certChain',
      message: `istiod finds no path from ${caCert.name} to a root that it trusts.`,
      hint: 'Keep one certificate of each CA in cert-chain.pem, lowest first, without certificates that sign each other.',
    },
  ];
}
