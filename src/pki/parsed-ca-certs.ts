import type { CaCerts, CertificatePart } from './ca-certs';
import type { Certificate } from './certificate';
import { type CertificateBundle, CertificateReader } from './certificate-bundle';
import { type CertificatePath, findPath } from './certificate-path';
import { type PrivateKeyReading, readPrivateKey } from './private-key';

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
