import { type Certificate, readCertificate } from './certificate';
import { type PemBlock, pemBlocks } from './pem';
import { DerError } from './x509/der-reader';

/** A block of a PEM text that is not a certificate. The problem is a clause, such as `its serial number is negative`. */
interface UnreadableBlock {
  readonly label: string;
  /** The position of the block, from 1. */
  readonly position: number;
  readonly problem: string;
}

/** The certificates of a PEM text. */
export interface CertificateBundle {
  /** The first certificate; undefined if the first block is not one. */
  readonly first: Certificate | undefined;
  /** The certificates, in order. */
  readonly certificates: readonly Certificate[];
  readonly unreadable: readonly UnreadableBlock[];
}

/**
 * Reads PEM texts with certificates. Parses each certificate only once, because the root of a mesh is in
 * two files of every cluster.
 */
export class CertificateReader {
  private readonly known = new Map<string, Certificate | string>();

  /** Reads a text. */
  read(text: string): CertificateBundle {
    const blocks = pemBlocks(text).map((block) => ({ ...block, reading: this.readBlock(block) }));
    const certificates = blocks.flatMap(({ reading }) => (typeof reading === 'string' ? [] : reading));
    const unreadable = blocks.flatMap(({ label, reading }, index) =>
      typeof reading === 'string' ? { label, position: index + 1, problem: reading } : [],
    );
    const first = blocks[0]?.reading;
    return { first: typeof first === 'string' ? undefined : first, certificates, unreadable };
  }

  /** The certificate in a block, or the reason why Go does not read it. */
  private readBlock({ label, headers, der }: PemBlock): Certificate | string {
    // istiod rejects TRUSTED CERTIFICATE, a format of OpenSSL with additional data, and ignores blocks with headers.
    if (label !== 'CERTIFICATE') return 'only the label CERTIFICATE is';
    if (headers.size > 0) return 'it has headers, and istiod ignores it';
    const key = der.toString('latin1');
    const known = this.known.get(key) ?? tryToRead(der);
    this.known.set(key, known);
    return known;
  }
}

function tryToRead(der: Buffer): Certificate | string {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof DerError) return error.message;
    throw error;
  }
}
