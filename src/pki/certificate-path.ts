import { type Certificate, isIssuedBy, isValidAt } from './certificate';

/** The way from a certificate up to the root that workloads trust. */
export interface CertificatePath {
  /** The certificate, its issuer, that one's issuer, and so on; as far as the issuers are at hand. */
  readonly certificates: readonly Certificate[];
  /** The root at the end; undefined where the path does not reach one. */
  readonly root?: Certificate;
}

/**
 * Finds the path by names and signatures. Where certificates were renewed or signed by several CAs there
 * are several; then one that is valid now is taken, as istiod does.
 */
export function findPath(
  certificate: Certificate,
  intermediates: readonly Certificate[],
  roots: readonly Certificate[],
  now: Date,
): CertificatePath {
  const isRoot = ({ fingerprint }: Certificate): boolean =>
    roots.some((root) => root.fingerprint === fingerprint);
  const extend = (path: readonly Certificate[], last: Certificate): (readonly Certificate[])[] => {
    const issuers = isRoot(last) ? [] : issuersOf(last, [...roots, ...intermediates], path);
    return issuers.length === 0 ? [path] : issuers.flatMap((issuer) => extend([...path, issuer], issuer));
  };
  const paths = extend([certificate], certificate).map((certificates): CertificatePath => {
    const last = certificates.at(-1);
    return { certificates, root: last && isRoot(last) ? last : undefined };
  });
  const reaching = paths.filter(({ root }) => root !== undefined);
  const valid = reaching.find((path) => path.certificates.every((each) => isValidAt(each, now)));
  return valid ?? reaching[0] ?? paths[0] ?? { certificates: [certificate] };
}

function issuersOf(
  certificate: Certificate,
  candidates: readonly Certificate[],
  path: readonly Certificate[],
): Certificate[] {
  const seen = new Set(path.map(({ fingerprint }) => fingerprint));
  return candidates.filter((candidate) => {
    if (seen.has(candidate.fingerprint) || !isIssuedBy(certificate, candidate)) return false;
    seen.add(candidate.fingerprint);
    return true;
  });
}
