import type { Mesh } from '../../mesh/mesh';
import { MeshError, type Problem } from '../../problems/problem';
import { type CaCerts, caCertsFile } from '../ca-certs';
import { issuedNamesOf } from '../issued-names';
import type { GeneralNames } from '../x509/general-names';
import { type CaCertsRule, type ClusterProblem, withoutRepetitions } from './ca-certs-problem';
import {
  caConstraints,
  expiresSoon,
  extendedKeyUsage,
  keyType,
  signatureAlgorithm,
  validity,
} from './certificates';
import { chainOrder, chainToRoot, pathLength, untrusted } from './chain';
import { criticalExtensions, nameConstraints, policies } from './constraints';
import {
  keyOfCertificate,
  lineEnds,
  newline,
  noPrivateKeyAmongCertificates,
  readableKey,
  wellFormedPem,
} from './pem-files';
import { listsOfOthers, revocationLists } from './revocation';
import { sharedRoot } from './shared-root';

const errors: readonly CaCertsRule[] = [
  wellFormedPem,
  newline,
  noPrivateKeyAmongCertificates,
  readableKey,
  keyOfCertificate,
  keyType,
  chainToRoot,
  chainOrder,
  pathLength,
  caConstraints,
  extendedKeyUsage,
  signatureAlgorithm,
  criticalExtensions,
  nameConstraints,
  policies,
  validity,
  revocationLists,
];

const warnings = (days: number): readonly CaCertsRule[] => [lineEnds, expiresSoon(days)];

/** Options of {@link validateCaCerts}. */
export interface ValidateCaCertsOptions {
  /** The time at which the certificates must be valid. */
  readonly now: Date;
  /**
   * The file with a part of a cluster's CA certificates, as messages show it.
   * @default - `cluster1 ca-cert.pem`, and so on
   */
  readonly fileOf?: (cluster: string, part: keyof CaCerts) => string;
  /**
   * How many days before a certificate expires there is a warning.
   * @default - 30
   */
  readonly warnBeforeExpiryDays?: number;
  /**
   * The names in the certificates that each cluster issues.
   * @default - those of the trust domain `cluster.local` and of the revision `default`
   */
  readonly namesOf?: (cluster: string) => GeneralNames;
}

/** What a mesh definition requires of its CA certificates. */
export function requirementsOf(mesh: Mesh): Pick<ValidateCaCertsOptions, 'namesOf' | 'warnBeforeExpiryDays'> {
  return { namesOf: issuedNamesOf(mesh), warnBeforeExpiryDays: mesh.certificates.warnBeforeExpiryDays };
}

/**
 * Checks that istiod accepts the CA certificates of every cluster of a mesh, and that the workloads of all
 * clusters trust each other.
 *
 * @param caCerts the CA certificates, by cluster name
 * @returns warnings, for example about a certificate that expires soon
 * @throws MeshError with every problem of the certificates
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export async function validateCaCerts(
  caCerts: Readonly<Record<string, CaCerts>>,
  options: ValidateCaCertsOptions,
): Promise<Problem[]> {
  const { now, fileOf = (cluster, part) => caCertsFile(cluster, part).replace('/', ' ') } = options;
  if (Object.keys(caCerts).length === 0) return [];
  const { parseCaCerts } = await import('../parsed-ca-certs.js');
  const clusters = parseCaCerts(caCerts, now, options.namesOf);
  const problemsOf = (rules: readonly CaCertsRule[]): ClusterProblem[] =>
    clusters.flatMap((parsed) =>
      rules.flatMap((rule) => rule(parsed, now)).map((problem) => ({ ...problem, cluster: parsed.cluster })),
    );
  const toProblem = ({ code, cluster, part, message, hint }: ClusterProblem): Problem => ({
    code,
    location: { file: fileOf(cluster, part) },
    message,
    hint,
  });
  const found = problemsOf(errors);
  const unexplained = clusters.filter(({ cluster }) => !found.some((problem) => problem.cluster === cluster));
  const problems = [
    ...found,
    ...unexplained.flatMap(untrusted),
    ...sharedRoot(clusters),
    ...listsOfOthers(unexplained),
  ];
  MeshError.throwIfAny(withoutRepetitions(problems).map(toProblem));
  return withoutRepetitions(problemsOf(warnings(options.warnBeforeExpiryDays ?? 30))).map(toProblem);
}
