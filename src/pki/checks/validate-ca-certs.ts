import { MeshError, type Problem } from '../../problems/problem';
import { type CaCerts, caCertsFiles } from '../ca-certs';
import { chainOrder, chainToRoot, pathLength } from './chain';
import { caConstraints, extendedKeyUsage, signatureAlgorithm } from './constraints';
import { keyOfCertificate, keyType, noPrivateKeyBesideCertificates, readableKey } from './keys';
import { lineEnds, newline, wellFormedPem } from './pem';
import type { CaCertsRule } from './rule';
import { type SharedRootProblem, sharedRoot } from './shared-root';
import { expiresSoon, validity } from './validity';

const errors: readonly CaCertsRule[] = [
  wellFormedPem,
  newline,
  noPrivateKeyBesideCertificates,
  readableKey,
  keyOfCertificate,
  keyType,
  chainToRoot,
  chainOrder,
  pathLength,
  caConstraints,
  extendedKeyUsage,
  signatureAlgorithm,
  validity,
];

const warnings: readonly CaCertsRule[] = [lineEnds, expiresSoon];

/** How CA certificates are checked. */
export interface ValidateCaCertsOptions {
  /** The time at which they must be valid. */
  readonly now: Date;
  /**
   * Says which file a part of a cluster's CA certificates is in, for problems to tell.
   * @default - `cluster1 ca-cert.pem`, and so on
   */
  readonly placeOf?: (cluster: string, part: keyof CaCerts) => string;
}

/**
 * Checks that istiod will accept the CA certificates of every cluster of a mesh, given by the clusters'
 * names, and that the workloads of all clusters will trust each other.
 *
 * @returns warnings, such as that a certificate expires soon
 * @throws MeshError with everything that is wrong with them
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export async function validateCaCerts(
  caCerts: Readonly<Record<string, CaCerts>>,
  options: ValidateCaCertsOptions,
): Promise<Problem[]> {
  const { now, placeOf = (cluster, part) => `${cluster} ${caCertsFiles[part]}` } = options;
  if (Object.keys(caCerts).length === 0) return [];
  const { parseCaCerts } = await import('../parsed-ca-certs.js');
  const clusters = parseCaCerts(caCerts, now);
  const findings = (rules: readonly CaCertsRule[]): SharedRootProblem[] =>
    clusters.flatMap((parsed) =>
      rules.flatMap((rule) => rule(parsed, now)).map((finding) => ({ ...finding, cluster: parsed.cluster })),
    );
  const toProblem = ({ code, cluster, part, message, hint }: SharedRootProblem): Problem => ({
    code,
    location: { file: placeOf(cluster, part) },
    message,
    hint,
  });
  MeshError.throwIfAny(once([...findings(errors), ...sharedRoot(clusters)]).map(toProblem));
  return once(findings(warnings)).map(toProblem);
}

/** Leaves out what was found of a certificate before: a root has the same problem in every cluster. */
function once(findings: readonly SharedRootProblem[]): SharedRootProblem[] {
  const seen = new Set<string>();
  return findings.filter(({ certificate, code, message }) => {
    if (certificate === undefined) return true;
    const problem = `${code} ${certificate.fingerprint} ${message}`;
    return !seen.has(problem) && seen.add(problem);
  });
}
