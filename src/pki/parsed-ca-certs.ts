import type { CaCerts, CertificatePart } from './ca-certs';
import type { Certificate } from './certificate';
import { type CertificatePath, isTrusted, likelyPath, trustedPath } from './certificate-path';
import { type CertificateBundle, CertificateReader } from './certificate-reader';
import { issuedNames } from './issued-names';
import { type PrivateKeyResult, readPrivateKey } from './private-key';
import type { GeneralNames } from './x509/general-names';

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
  /** The names in the certificates that istiod issues. */
  readonly names: GeneralNames;
  /** The path from `caCert` to the root; empty if there is no certificate. */
  readonly path: CertificatePath;
  /** Whether Go trusts `caCert` and what it issues. If not, `path` shows why. */
  readonly isTrusted: boolean;
  /** Every certificate that workloads depend on, with the part that contains it. */
  readonly inUse: readonly { readonly certificate: Certificate; readonly part: CertificatePart }[];
}

/**
 * Parses the CA certificates of a mesh's clusters, by cluster name.
 *
 * @param namesOf the names that each cluster issues; see {@link issuedNames}
 */
export function parseCaCerts(
  caCerts: Readonly<Record<string, CaCerts>>,
  now: Date,
  namesOf: (cluster: string) => GeneralNames = () => issuedNames(),
): ParsedCaCerts[] {
  const reader = new CertificateReader();
  return Object.entries(caCerts).map(([cluster, texts]) => {
    const bundles = {
      caCert: reader.read(texts.caCert),
      rootCert: reader.read(texts.rootCert),
      certChain: reader.read(texts.certChain),
    };
    const caCert = bundles.caCert.first;
    const names = namesOf(cluster);
    const caKey = readPrivateKey(texts.caKey);
    return { cluster, texts, bundles, caCert, caKey, names, ...findPath(caCert, bundles, names, now) };
  });
}

function findPath(
  caCert: Certificate | undefined,
  { rootCert, certChain }: ParsedCaCerts['bundles'],
  names: GeneralNames,
  now: Date,
): Pick<ParsedCaCerts, 'path' | 'isTrusted' | 'inUse'> {
  const pools = { roots: unique(rootCert.certificates), intermediates: unique(certChain.certificates) };
  const trusted =
    caCert && isTrusted(caCert, pools, now) ? trustedPath(caCert, pools, names, now) : undefined;
  const path = trusted ?? (caCert === undefined ? { certificates: [] } : likelyPath(caCert, pools, now));
  return { path, isTrusted: trusted !== undefined, inUse: certificatesInUse(caCert, path, pools.roots) };
}

function unique(certificates: readonly Certificate[]): Certificate[] {
  return [...new Map(certificates.map((certificate) => [certificate.fingerprint, certificate])).values()];
}

/** The certificates of the path; if the path reaches no root, all roots as well. */
function certificatesInUse(
  caCert: Certificate | undefined,
  { certificates, root }: CertificatePath,
  roots: readonly Certificate[],
): ParsedCaCerts['inUse'] {
  const above = certificates.filter(({ fingerprint }) => fingerprint !== caCert?.fingerprint);
  const others = root === undefined ? roots : [];
  return [
    ...(caCert === undefined ? [] : [{ certificate: caCert, part: 'caCert' as const }]),
    ...above.map((certificate) => ({
      certificate,
      part: certificate === root ? ('rootCert' as const) : ('certChain' as const),
    })),
    ...others.map((certificate) => ({ certificate, part: 'rootCert' as const })),
  ];
}
