import type { Problem } from '../../problems/problem';
import type { CaCerts } from '../ca-certs';
import type { Certificate } from '../certificate';
import type { ParsedCaCerts } from '../parsed-ca-certs';

/** A problem of the CA certificates of one cluster. */
interface CaCertsProblem extends Omit<Problem, 'location'> {
  /** The part that has the problem. */
  readonly part: keyof CaCerts;
  /**
   * The certificate that has the problem. A certificate that several clusters use, such as their root, is
   * reported once.
   * @default - the problem concerns the part as a whole
   */
  readonly certificate?: Certificate;
}

/** A check of the CA certificates of one cluster, at a point in time. */
export type CaCertsRule = (caCerts: ParsedCaCerts, now: Date) => CaCertsProblem[];

/** A problem, with the cluster that has it. */
export interface ClusterProblem extends CaCertsProblem {
  /** The name of the cluster. */
  readonly cluster: string;
}

/** Reports each problem of a certificate only for the first cluster that uses the certificate. */
export function withoutRepetitions(problems: readonly ClusterProblem[]): ClusterProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ certificate, code, message }) => {
    if (certificate === undefined) return true;
    const key = `${code} ${certificate.fingerprint} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
