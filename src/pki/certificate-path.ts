import { type Certificate, isIssuedBy, isValidAt, maySign } from './certificate';
import type { GeneralNames } from './x509/general-names';
import { violation } from './x509/name-constraints';

/** The path from a certificate up to the root that workloads trust. */
export interface CertificatePath {
  /** The certificate, its issuer, the issuer of that, and so on, as far as issuers are available. */
  readonly certificates: readonly Certificate[];
  /** The root at the end of the path; undefined if the path does not reach a root. */
  readonly root?: Certificate;
}

/** Where the issuers of a path come from. */
export interface CertificatePools {
  readonly roots: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
}

/** The certificate whose issuers are looked for; that of a workload does not exist yet. */
type Subject = Pick<Certificate, 'issuer' | 'authorityKeyIdentifier'>;

/** A path search of Go ends after this many signatures, so that it cannot take forever. */
const mostSignatures = 100;

/** Searches for paths in the order of Go: roots first, and issuers with the right key identifier first. */
class PathSearch {
  private signatures = 0;

  /** @param accepts whether a certificate can issue the last one of a path, or the path's certificate if it is empty */
  constructor(
    private readonly pools: CertificatePools,
    private readonly accepts: (
      issuer: Certificate,
      path: readonly Certificate[],
      pool: keyof CertificatePools,
    ) => boolean,
  ) {}

  /** All paths that reach a root, and with `partial` also those that end before. */
  paths(subject: Subject, path: readonly Certificate[], partial: boolean): CertificatePath[] {
    const longer = (['roots', 'intermediates'] as const).flatMap((pool) =>
      candidates(subject, this.pools[pool]).flatMap((issuer): CertificatePath[] => {
        this.signatures += 1;
        if (this.signatures > mostSignatures) return [];
        if (isInPath(issuer, path) || !this.accepts(issuer, path, pool)) return [];
        const certificates = [...path, issuer];
        return pool === 'roots'
          ? [{ certificates, root: issuer }]
          : this.paths(issuer, certificates, partial);
      }),
    );
    return longer.length === 0 && partial ? [{ certificates: path }] : longer;
  }
}

function candidates(
  { issuer, authorityKeyIdentifier: expected }: Subject,
  pool: readonly Certificate[],
): Certificate[] {
  const rank = ({ subjectKeyIdentifier: actual }: Certificate): number => {
    if ((actual ?? Buffer.alloc(0)).equals(expected ?? Buffer.alloc(0))) return 0;
    return actual === undefined || expected === undefined ? 1 : 2;
  };
  return pool.filter(({ subject }) => subject.equals(issuer)).sort((one, other) => rank(one) - rank(other));
}

/** Whether a path already has a certificate with the same names and key, which prevents loops. */
function isInPath(candidate: Certificate, path: readonly Certificate[]): boolean {
  return path.some(
    ({ subject, publicKey, subjectAltNames }) =>
      subject.equals(candidate.subject) &&
      publicKey.der.equals(candidate.publicKey.der) &&
      (subjectAltNames?.der.toString('hex') ?? '') === (candidate.subjectAltNames?.der.toString('hex') ?? ''),
  );
}

/** What Go demands of a certificate in a path, besides its position. */
function isUsable(certificate: Certificate, now: Date): boolean {
  return certificate.unhandledCritical.length === 0 && isValidAt(certificate, now);
}

/** Whether a certificate can be above others in a path. `below` is the number of CA certificates below it. */
function canBeAbove(issuer: Certificate, below: number, pool: keyof CertificatePools, now: Date): boolean {
  const { basicConstraints } = issuer;
  if (!maySign(issuer) || !isUsable(issuer, now)) return false;
  // Before version 3, only roots need no basic constraints.
  if (pool === 'intermediates' && basicConstraints?.isCa !== true) return false;
  return below <= (basicConstraints?.pathLength ?? Number.POSITIVE_INFINITY);
}

/**
 * The path by which Go verifies the certificates that a CA issues to workloads and to istiod; undefined if Go
 * does not trust them.
 */
export function trustedPath(
  ca: Certificate,
  pools: CertificatePools,
  names: GeneralNames,
  now: Date,
): CertificatePath | undefined {
  const search = new PathSearch(pools, (issuer, path, pool) => {
    const last = path.at(-1);
    const isIssuer =
      last === undefined ? issuer.publicKey.der.equals(ca.publicKey.der) : isIssuedBy(last, issuer);
    return isIssuer && issuer.publicKey.key !== undefined && canBeAbove(issuer, path.length, pool, now);
  });
  const issued: Subject = { issuer: ca.subject, authorityKeyIdentifier: ca.subjectKeyIdentifier };
  return search.paths(issued, [], false).find((path) => isAllowed(path, names));
}

/** Whether istiod trusts the certificate of its own CA when it starts. */
export function isTrusted(ca: Certificate, pools: CertificatePools, now: Date): boolean {
  if (!isUsable(ca, now)) return false;
  const isRoot = pools.roots.some(({ fingerprint }) => fingerprint === ca.fingerprint);
  if (isRoot) return allowsBothSides(ca);
  const search = new PathSearch(pools, (issuer, path, pool) => {
    const last = path.at(-1) ?? ca;
    return isIssuedBy(last, issuer) && canBeAbove(issuer, path.length - 1, pool, now);
  });
  return search.paths(ca, [ca], false).some((path) => isAllowed(path, undefined));
}

/**
 * A path by names and signatures alone, which shows why no path is trusted. It reaches a root, and is valid now, if
 * there is such a path.
 */
export function likelyPath(ca: Certificate, pools: CertificatePools, now: Date): CertificatePath {
  const isRoot = pools.roots.find(({ fingerprint }) => fingerprint === ca.fingerprint);
  if (isRoot !== undefined) return { certificates: [ca], root: ca };
  const search = new PathSearch(pools, (issuer, path) => isIssuedBy(path.at(-1) ?? ca, issuer));
  const paths = search.paths(ca, [ca], true);
  const reaching = paths.filter(({ root }) => root !== undefined);
  const valid = reaching.find(({ certificates }) => certificates.every((each) => isValidAt(each, now)));
  return valid ?? reaching[0] ?? paths[0] ?? { certificates: [ca] };
}

function isAllowed({ certificates }: CertificatePath, names: GeneralNames | undefined): boolean {
  return (
    certificates.every(allowsBothSides) &&
    nameViolations(certificates, names).length === 0 &&
    (names === undefined || !requiresPolicy(certificates))
  );
}

const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';

/**
 * Whether the extended key usage allows both sides of a connection. Envoy checks it in the whole path, and does not
 * take anyExtendedKeyUsage for it.
 */
export function allowsBothSides({ extendedKeyUsage }: Certificate): boolean {
  return (
    extendedKeyUsage === undefined ||
    [serverAuth, clientAuth].every((side) => extendedKeyUsage.includes(side))
  );
}

/** Each certificate whose constraints do not allow a name below it, with the reason. */
export function nameViolations(
  path: readonly Certificate[],
  issued: GeneralNames | undefined,
): { readonly certificate: Certificate; readonly reason: string }[] {
  return path.flatMap((certificate, index) => {
    const constraints = certificate.nameConstraints;
    if (constraints === undefined) return [];
    const below = [issued, ...path.slice(0, index).map(({ subjectAltNames }) => subjectAltNames)];
    const reason = below
      .map((names) => names && violation(constraints, names))
      .find((found) => found !== undefined);
    return reason === undefined ? [] : { certificate, reason };
  });
}

/**
 * Whether a certificate in the path requires a certificate policy below it: istiod issues certificates without.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc5280#section-6.1
 */
export function requiresPolicy(path: readonly Certificate[]): boolean {
  let required = Number.POSITIVE_INFINITY;
  let mapping = path.length + 1;
  let haveAllPolicies = true;
  // The constraints of the root count for nothing.
  for (const { policies, subject, issuer } of path.slice(0, -1).reverse()) {
    haveAllPolicies &&= policies.hasPolicies === true;
    if (required === 0 && !haveAllPolicies) return true;
    if (haveAllPolicies && mapping > 0 && policies.mapsAnyPolicy) return true;
    if (!subject.equals(issuer)) {
      required = Math.max(required - 1, 0);
      mapping = Math.max(mapping - 1, 0);
    }
    required = Math.min(required, policies.requireExplicitPolicy ?? required);
    mapping = Math.min(mapping, policies.inhibitPolicyMapping ?? mapping);
  }
  // The certificate of a workload is one more.
  return required <= 1;
}
