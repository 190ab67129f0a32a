import type { CaCerts, CertificatePart } from './ca-certs';
import {
  type Certificate,
  type CertificateBundle,
  CertificateReader,
  isIssuedBy,
  isValidAt,
} from './certificate';
import { type PrivateKeyResult, readPrivateKey } from './pem';

/** The path from a certificate up to the root that workloads trust. */
interface CertificatePath {
  /** The certificate, its issuer, the issuer of that, and so on, as far as issuers are available. */
  readonly certificates: readonly Certificate[];
  /** The root at the end of the path; undefined if the path does not reach a root. */
  readonly root?: Certificate;
}

/**
 * Finds the path by names and signatures. There can be several if certificates were renewed or signed by
 * several CAs; like istiod, this prefers a path that is valid now.
 */
function findPath(
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

/** The CA certificates of one cluster, parsed as far as possible. */
export interface ParsedCaCerts {
  /** The name of the cluster. */
  readonly cluster: string;
  /** The original texts. */
  readonly texts: CaCerts;
  readonly bundles: Readonly<Record<CertificatePart, CertificateBundle>>;
  /** The certificate that istiod signs with: the first block of ca-cert.pem. */
  readonly caCert: Certificate | undefined;
  readonly caKey: PrivateKeyResult;
  /** The path from `caCert` to the root; empty if there is no certificate. */
  readonly path: CertificatePath;
  /** Every certificate that workloads depend on, with the part that contains it. */
  readonly inUse: readonly { readonly certificate: Certificate; readonly part: CertificatePart }[];
}

/** Parses the CA certificates of a mesh's clusters, by cluster name. */
export function parseCaCerts(caCerts: Readonly<Record<string, CaCerts>>, now: Date): ParsedCaCerts[] {
  const reader = new CertificateReader();
  return Object.entries(caCerts).map(([cluster, texts]) => {
    const bundles = {
      caCert: reader.read(texts.caCert),
      rootCert: reader.read(texts.rootCert),
      certChain: reader.read(texts.certChain),
    };
    const caCert = bundles.caCert.blocks[0];
    const roots = bundles.rootCert.certificates;
    const path: CertificatePath =
      caCert === undefined
        ? { certificates: [] }
        : findPath(caCert, bundles.certChain.certificates, roots, now);
    const inUse = certificatesInUse(path, roots);
    return { cluster, texts, bundles, caCert, caKey: readPrivateKey(texts.caKey), path, inUse };
  });
}

/** The certificates of the path; if the path reaches no root, all roots as well. */
function certificatesInUse(
  { certificates, root }: CertificatePath,
  roots: readonly Certificate[],
): ParsedCaCerts['inUse'] {
  const inPath = certificates.map((certificate, index) => {
    const part: CertificatePart = index === 0 ? 'caCert' : certificate === root ? 'rootCert' : 'certChain';
    return { certificate, part };
  });
  const others = root === undefined ? roots : [];
  return [...inPath, ...others.map((certificate) => ({ certificate, part: 'rootCert' as const }))];
}
