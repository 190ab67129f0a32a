import type { Problem } from '../../problems/problem';
import type { CaCerts } from '../ca-certs';
import type { Certificate } from '../certificate';
import type { ParsedCaCerts } from '../parsed-ca-certs';

/** A problem of a cluster's CA certificates, before its place is known. */
export interface CaCertsProblem extends Omit<Problem, 'location'> {
  /** The part that it was found in. */
  readonly part: keyof CaCerts;
  /**
   * The certificate that has the problem. One that several clusters use, such as their root, is
   * reported once.
   * @default - the problem is of the part as a whole
   */
  readonly certificate?: Certificate;
}

/** Something that must hold of each cluster's CA certificates. */
export type CaCertsRule = (caCerts: ParsedCaCerts, now: Date) => CaCertsProblem[];
