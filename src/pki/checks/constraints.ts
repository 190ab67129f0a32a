import { nameViolations, requiresPolicy } from '../certificate-path';
import type { CaCertsRule } from './ca-certs-problem';

/** Name constraints are checked against the names of workloads, of istiod, and of the CAs below. */
export const nameConstraints: CaCertsRule = ({ path, inUse, names }) =>
  nameViolations(path.certificates, names).map(({ certificate, reason }) => ({
    code: 'CA-NAMES',
    part: inUse.find((each) => each.certificate === certificate)?.part ?? 'certChain',
    certificate,
    message: `The name constraints of ${certificate.name} ${reason}.`,
    hint: 'Issue the CA certificate without name constraints, or permit the URIs of the trust domain and the DNS names of istiod.',
  }));

/** Go trusts no path with a critical extension that it does not handle. */
export const criticalExtensions: CaCertsRule = ({ inUse }) =>
  inUse.flatMap(({ certificate, part }) =>
    certificate.unhandledCritical.map((extension) => ({
      code: 'CA-EXTENSION' as const,
      part,
      certificate,
      message: `${certificate.name} has the critical extension ${extension}, which istiod cannot handle.`,
      hint: 'Issue the certificate without this extension, or mark it as not critical.',
    })),
  );

/** The certificates of workloads have no certificate policies. */
export const policies: CaCertsRule = ({ path }) => {
  if (!requiresPolicy(path.certificates)) return [];
  return [
    {
      code: 'CA-EXTENSION',
      part: 'caCert',
      message:
        'A CA certificate requires certificate policies, which the certificates of workloads do not have.',
      hint: 'Issue the CA certificates without the extensions policyConstraints and policyMappings.',
    },
  ];
};
