import type { Certificate } from './certificate';
import { type PemBlock, pemBlocks } from './pem';
import { readCertificate } from './read-certificate';

/** The certificates of a PEM text. */
export interface CertificateBundle {
  /** What each block holds, in order; undefined where it is not a certificate. */
  readonly blocks: readonly (Certificate | undefined)[];
  /** The certificates, in order. */
  readonly certificates: readonly Certificate[];
}

/**
 * Reads PEM texts with certificates, each certificate once however many texts it is in: the root of a
 * mesh is in two files of every cluster.
 */
export class CertificateReader {
  private readonly known = new Map<string, Certificate | undefined>();

  /** Reads a text; blocks that are not a certificate are told, not thrown. */
  read(text: string): CertificateBundle {
    const blocks = pemBlocks(text).map((block) => this.readBlock(block));
    return { blocks, certificates: blocks.filter((certificate) => certificate !== undefined) };
  }

  private readBlock({ label, text }: PemBlock): Certificate | undefined {
    // TRUSTED CERTIFICATE is OpenSSL's own: it has more than the certificate in it, and istiod refuses it.
    if (label !== 'CERTIFICATE') return undefined;
    if (!this.known.has(text)) this.known.set(text, tryToRead(text));
    return this.known.get(text);
  }
}

function tryToRead(text: string): Certificate | undefined {
  try {
    return readCertificate(text);
  } catch {
    return undefined;
  }
}
