import { constructedTag, DerError, DerReader, tags, unsigned } from './der-reader';
import { readName } from './distinguished-name';
import { readSignatureAlgorithm, type Signature } from './signature';
import { readTime } from './time';

/** A parsed list of revoked certificates. */
export interface RevocationList {
  /** The issuer in DER. */
  readonly issuer: Buffer;
  /** The issuer on one line. */
  readonly issuerName: string;
  readonly signature: Signature;
  /** When the next list is due; undefined if none is announced. */
  readonly nextUpdate: Date | undefined;
  /** The serial numbers of the revoked certificates, in hexadecimal. */
  readonly revoked: ReadonlySet<string>;
}

/**
 * Reads a list of revoked certificates from DER, as strictly as Go does.
 *
 * @throws DerError if Go does not read it
 * @see https://pkg.go.dev/crypto/x509#ParseRevocationList
 */
export function readRevocationList(der: Buffer): RevocationList {
  const outer = new DerReader(der, 'structure').enter(tags.sequence);
  const content = outer.value(tags.sequence).element;
  const tbs = new DerReader(content, 'content').enter(tags.sequence);
  if (!tbs.hasNext(tags.integer) || tbs.number(31) !== 1n) throw new DerError('its version is not 2');
  const algorithm = tbs.content(tags.sequence);
  if (!algorithm.equals(outer.content(tags.sequence))) {
    throw new DerError('the algorithm of its signature is not the one that is signed');
  }
  const { bytes } = outer.bitString();
  const issuer = readName(tbs, 'issuer');
  readTime(tbs);
  const hasNext = tbs.hasNext(tags.utcTime) || tbs.hasNext(tags.generalizedTime);
  const nextUpdate = hasNext ? readTime(tbs) : undefined;
  const revoked = readEntries(tbs.enterOptional(tags.sequence, 'list'));
  readListExtensions(tbs.enterOptional(constructedTag(0), 'extensions'));
  return {
    issuer: issuer.der,
    issuerName: issuer.text,
    signature: { ...readSignatureAlgorithm(algorithm), content, bytes },
    nextUpdate,
    revoked,
  };
}

function readEntries(list: DerReader | undefined): ReadonlySet<string> {
  const serialNumbers = new Set<string>();
  while (list !== undefined && !list.isEmpty) {
    const entry = list.enter(tags.sequence);
    serialNumbers.add(unsigned(entry.integer()).toString(16));
    readTime(entry);
    const extensions = entry.enterOptional(tags.sequence);
    while (extensions !== undefined && !extensions.isEmpty) readExtension(extensions);
  }
  return serialNumbers;
}

function readListExtensions(explicit: DerReader | undefined): void {
  const extensions = explicit?.enter(tags.sequence);
  while (extensions !== undefined && !extensions.isEmpty) readExtension(extensions);
}

function readExtension(extensions: DerReader): void {
  const extension = extensions.enter(tags.sequence);
  extension.oid();
  if (extension.hasNext(tags.boolean)) extension.boolean();
  extension.content(tags.octetString);
}
