import { createHash } from 'node:crypto';
import { constructedTag, contextTag, DerError, DerReader, tags, unsigned } from './x509/der-reader';
import { readName } from './x509/distinguished-name';
import { type Extensions, readExtensions } from './x509/extensions';
import { type PublicKey, readPublicKey } from './x509/public-key';
import { isSignedBy, readSignatureAlgorithm, type Signature } from './x509/signature';
import { readTime } from './x509/time';

/** A parsed X.509 certificate. */
export interface Certificate extends Extensions {
  readonly der: Buffer;
  readonly version: number;
  /** The serial number in hexadecimal. */
  readonly serialNumber: string;
  /** The subject in DER. Two names are equal if their bytes are. */
  readonly subject: Buffer;
  /** The issuer in DER. */
  readonly issuer: Buffer;
  /** The subject on one line, such as `O=Istio, CN=Root CA`. */
  readonly name: string;
  /** The issuer on one line. */
  readonly issuerName: string;
  readonly publicKey: PublicKey;
  readonly signature: Signature;
  /** The SHA-256 hash of the DER, in hexadecimal. Two certificates are equal if their fingerprints are. */
  readonly fingerprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Whether a certificate names another one as its issuer and was signed with its key. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  return certificate.issuer.equals(issuer.subject) && isSignedBy(certificate.signature, issuer.publicKey);
}

/** Whether the basic constraints of a certificate make it one of a CA. Before version 3 there were none. */
export function isCa({ version, basicConstraints }: Certificate): boolean {
  return basicConstraints === undefined ? version < 3 : basicConstraints.isCa;
}

/** Whether the extensions of a certificate allow it to sign others. */
export function maySign(certificate: Certificate): boolean {
  return isCa(certificate) && (certificate.keyUsage === undefined || certificate.keyUsage.keyCertSign);
}

/** Whether a certificate is valid at a point in time. */
export function isValidAt({ notBefore, notAfter }: Certificate, now: Date): boolean {
  return notBefore <= now && now <= notAfter;
}

/** Whether istiod, like every Go program, accepts the signature algorithm of a certificate. */
export function hasVerifiableSignature({ signature }: Certificate): boolean {
  return signature.verification !== undefined;
}

/**
 * Reads a certificate from DER, as strictly as Go does.
 *
 * @throws DerError if Go does not read it
 * @see https://pkg.go.dev/crypto/x509#ParseCertificate
 */
export function readCertificate(der: Buffer): Certificate {
  const input = new DerReader(der, 'structure');
  const outer = input.enter(tags.sequence);
  if (!input.isEmpty) throw new DerError('data follows its end');
  const content = outer.value(tags.sequence).element;
  const tbs = new DerReader(content, 'content').enter(tags.sequence);
  const version = readVersion(tbs);
  const serialNumber = readSerialNumber(tbs);
  const algorithm = tbs.content(tags.sequence);
  if (!algorithm.equals(outer.content(tags.sequence))) {
    throw new DerError('the algorithm of its signature is not the one that is signed');
  }
  const signature = readSignatureAlgorithm(algorithm);
  const issuer = readName(tbs, 'issuer');
  const validity = tbs.enter(tags.sequence, 'validity');
  const [notBefore, notAfter] = [readTime(validity), readTime(validity)];
  const subject = readName(tbs, 'subject');
  const publicKey = readPublicKey(tbs);
  const extensions = readOptionalFields(tbs, version);
  const { bytes } = outer.bitString();
  return {
    der,
    version,
    serialNumber,
    subject: subject.der,
    issuer: issuer.der,
    name: subject.text,
    issuerName: issuer.text,
    publicKey,
    signature: { ...signature, content, bytes },
    fingerprint: fingerprintOf(der),
    notBefore,
    notAfter,
    ...extensions,
  };
}

function readVersion(tbs: DerReader): number {
  const explicit = tbs.enterOptional(constructedTag(0), 'version');
  const version = explicit === undefined ? 1 : Number(explicit.number(31)) + 1;
  if (explicit?.isEmpty === false || version > 3) throw new DerError('its version is not valid');
  return version;
}

function readSerialNumber(tbs: DerReader): string {
  const bytes = tbs.integer();
  if ((bytes[0] ?? 0) >= 0x80) throw new DerError('its serial number is negative');
  return unsigned(bytes).toString(16);
}

/** The fields that newer versions have. */
function readOptionalFields(tbs: DerReader, version: number): Extensions {
  const none = { policies: {}, unhandledCritical: [] };
  if (version === 1) return none;
  for (const uniqueId of [contextTag(1), contextTag(2)]) if (tbs.hasNext(uniqueId)) tbs.any();
  const list = version === 3 ? tbs.enterOptional(constructedTag(3), 'extensions') : undefined;
  return list === undefined ? none : readExtensions(list.enter(tags.sequence));
}

/** In the format of OpenSSL: pairs of digits with colons between. */
function fingerprintOf(der: Buffer): string {
  return createHash('sha256')
    .update(der)
    .digest('hex')
    .toUpperCase()
    .replace(/..(?!$)/g, '$&:');
}
