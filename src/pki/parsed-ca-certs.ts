import type { CaCerts, CertificatePart } from './ca-certs';
import {
  type Certificate,
  type CertificateBundle,
  CertificateReader,
  isIssuedBy,
  isValidAt,
} from './certificate';
import { type PrivateKeyReading, readPrivateKey } from './pem';

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

/** The CA certificates of one cluster, read as far as they can be. */
export interface ParsedCaCerts {
  /** The name of the cluster. */
  readonly cluster: string;
  /** What was read. */
  readonly texts: CaCerts;
  readonly bundles: Readonly<Record<CertificatePart, CertificateBundle>>;
  /** The certificate that istiod signs with: the first block of ca-cert.pem. */
  readonly caCert: Certificate | undefined;
  readonly caKey: PrivateKeyReading;
  /** The way from that certificate to the root; empty where there is no certificate. */
  readonly path: CertificatePath;
  /** Every certificate that workloads come to depend on, with the part that it is in. */
  readonly inUse: readonly { readonly certificate: Certificate; readonly part: CertificatePart }[];
}

/** Reads the CA certificates of a mesh's clusters, given by the clusters' names. */
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

/** Those of the path; and all roots, where the path leads to none. */
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
