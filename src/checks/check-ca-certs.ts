import { MeshError } from '../mesh/mesh-error';
import type { Problem } from '../mesh/problem';
import { type CaCerts, caCertsFiles } from '../pki/ca-certs';
import { caConstraints } from './rules/ca-constraints';
import { chainOrder } from './rules/chain-order';
import { chainToRoot } from './rules/chain-to-root';
import { expiresSoon } from './rules/expires-soon';
import { extendedKeyUsage } from './rules/extended-key-usage';
import { keyOfCertificate } from './rules/key-of-certificate';
import { keyType } from './rules/key-type';
import { lineEnds } from './rules/line-ends';
import { newline } from './rules/newline';
import { noPrivateKeyBesideCertificates } from './rules/no-private-key-beside-certificates';
import { pathLength } from './rules/path-length';
import { readableKey } from './rules/readable-key';
import type { CaCertsRule } from './rules/rule';
import { type MeshFinding, sameRoot } from './rules/same-root';
import { signatureAlgorithm } from './rules/signature-algorithm';
import { validity } from './rules/validity';
import { wellFormedPem } from './rules/well-formed-pem';

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
export interface CheckCaCertsOptions {
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
export async function checkCaCerts(
  caCerts: Readonly<Record<string, CaCerts>>,
  options: CheckCaCertsOptions,
): Promise<Problem[]> {
  const { now, placeOf = (cluster, part) => `${cluster} ${caCertsFiles[part]}` } = options;
  if (Object.keys(caCerts).length === 0) return [];
  const { parseCaCerts } = await import('../pki/parsed-ca-certs.js');
  const clusters = parseCaCerts(caCerts, now);
  const findings = (rules: readonly CaCertsRule[]): MeshFinding[] =>
    clusters.flatMap((parsed) =>
      rules.flatMap((rule) => rule(parsed, now)).map((finding) => ({ ...finding, cluster: parsed.cluster })),
    );
  const toProblem = ({ code, cluster, part, found, remedy }: MeshFinding): Problem => ({
    code,
    place: { file: placeOf(cluster, part) },
    found,
    remedy,
  });
  MeshError.throwIfAny(once([...findings(errors), ...sameRoot(clusters)]).map(toProblem));
  return once(findings(warnings)).map(toProblem);
}

/** Leaves out what was found of a certificate before: a root has the same problem in every cluster. */
function once(findings: readonly MeshFinding[]): MeshFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ certificate, code, found }) => {
    if (certificate === undefined) return true;
    const problem = `${code} ${certificate.fingerprint} ${found}`;
    return !seen.has(problem) && seen.add(problem);
  });
}
