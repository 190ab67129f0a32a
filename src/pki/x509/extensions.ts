import { constructedTag, contextTag, DerError, DerReader, tags } from './der-reader';
import { type GeneralNames, readGeneralNames } from './general-names';
import { type NameConstraints, readNameConstraints } from './name-constraints';
import { type PolicyConstraints, policyReaders } from './policies';

/** What the extensions of a certificate say, as far as Go reads it. */
export interface Extensions {
  /** Undefined without basic constraints. */
  readonly basicConstraints?: {
    readonly isCa: boolean;
    /** How many CA certificates are allowed below this one; undefined if there is no limit. */
    readonly pathLength: number | undefined;
  };
  /** Undefined if every use is allowed. */
  readonly keyUsage?: {
    readonly keyCertSign: boolean;
    readonly cRLSign: boolean;
    /** Whether the key may encrypt keys or data. */
    readonly encipherment: boolean;
  };
  /** The OIDs of the allowed purposes; undefined if there is no limit. */
  readonly extendedKeyUsage?: readonly string[];
  /** The identifier of the key, which issued certificates refer to. */
  readonly subjectKeyIdentifier?: Buffer;
  /** The identifier of the issuer's key. */
  readonly authorityKeyIdentifier?: Buffer;
  readonly subjectAltNames?: GeneralNames & { readonly der: Buffer };
  readonly nameConstraints?: NameConstraints;
  readonly policies: PolicyConstraints;
  /** The critical extensions that Go does not handle. It trusts no path with such a certificate. */
  readonly unhandledCritical: readonly string[];
}

type MutableExtensions = { -readonly [Key in keyof Extensions]: Extensions[Key] };

interface Extension {
  readonly isCritical: boolean;
  readonly value: Buffer;
}

/** Reads an extension. The result is `unhandled` if a critical one must be rejected. */
type ReadExtension = (der: DerReader, into: MutableExtensions, extension: Extension) => unknown;

/** The names of extensions in messages. */
const names: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.1.1': 'authorityInfoAccess',
  '2.5.29.9': 'subjectDirectoryAttributes',
  '2.5.29.14': 'subjectKeyIdentifier',
  '2.5.29.15': 'keyUsage',
  '2.5.29.16': 'privateKeyUsagePeriod',
  '2.5.29.17': 'subjectAltName',
  '2.5.29.18': 'issuerAltName',
  '2.5.29.19': 'basicConstraints',
  '2.5.29.30': 'nameConstraints',
  '2.5.29.31': 'cRLDistributionPoints',
  '2.5.29.32': 'certificatePolicies',
  '2.5.29.33': 'policyMappings',
  '2.5.29.35': 'authorityKeyIdentifier',
  '2.5.29.36': 'policyConstraints',
  '2.5.29.37': 'extKeyUsage',
  '2.5.29.46': 'freshestCRL',
  '2.5.29.54': 'inhibitAnyPolicy',
};

/** Reads the list of extensions. */
export function readExtensions(list: DerReader): Extensions {
  const into: MutableExtensions = { policies: {}, unhandledCritical: [] };
  const unhandled: string[] = [];
  const seen = new Map<string, Extension>();
  while (!list.isEmpty) {
    const fields = list.enter(tags.sequence);
    const oid = fields.oid();
    const isCritical = fields.hasNext(tags.boolean) && fields.boolean();
    const extension = { isCritical, value: fields.content(tags.octetString) };
    if (seen.has(oid)) throw new DerError(`it has the extension ${names[oid] ?? oid} twice`);
    seen.set(oid, extension);
  }
  for (const [oid, extension] of seen) {
    const name = names[oid] ?? oid;
    const read = readers[oid];
    const result =
      read === undefined
        ? 'unhandled'
        : read(new DerReader(extension.value, `extension ${name}`), into, extension);
    if (result === 'unhandled' && extension.isCritical) unhandled.push(name);
  }
  return { ...into, unhandledCritical: unhandled };
}

function refuseCritical({ isCritical }: Extension, name: string): void {
  if (isCritical) throw new DerError(`its extension ${name} is critical, which it must not be`);
}

const readers: Readonly<Record<string, ReadExtension>> = {
  '2.5.29.14': (der, into, extension) => {
    refuseCritical(extension, 'subjectKeyIdentifier');
    into.subjectKeyIdentifier = der.content(tags.octetString);
  },
  '2.5.29.15': (der, into) => {
    const { bytes } = der.bitString();
    const [first = 0, second = 0] = bytes;
    // A key usage without any use is ignored. Bits 5 and 6 from the left are keyCertSign and cRLSign.
    if (first === 0 && (second & 0x80) === 0) return;
    into.keyUsage = {
      keyCertSign: (first & 0x04) !== 0,
      cRLSign: (first & 0x02) !== 0,
      // keyEncipherment, dataEncipherment, and encipherOnly, which the Sealed Secrets controller sets.
      encipherment: (first & 0x31) !== 0,
    };
  },
  '2.5.29.17': (der, into, { value }) => {
    const altNames = readGeneralNames(der);
    into.subjectAltNames = { ...altNames, der: value };
    const { dns, emails, ips, uris } = altNames;
    return [dns, emails, ips, uris].every((list) => list.length === 0) ? 'unhandled' : undefined;
  },
  '2.5.29.19': (der, into) => {
    const fields = der.enter(tags.sequence);
    const isCa = fields.hasNext(tags.boolean) && fields.boolean();
    const pathLength = fields.hasNext(tags.integer) ? Number(fields.number(63)) : undefined;
    into.basicConstraints = { isCa, pathLength };
  },
  '2.5.29.30': (der, into) => {
    into.nameConstraints = readNameConstraints(der);
    return into.nameConstraints.hasOtherNames ? 'unhandled' : undefined;
  },
  '2.5.29.31': (der) => readDistributionPoints(der),
  '2.5.29.35': (der, into, extension) => {
    refuseCritical(extension, 'authorityKeyIdentifier');
    const fields = der.enter(tags.sequence);
    if (fields.hasNext(contextTag(0))) into.authorityKeyIdentifier = fields.content(contextTag(0));
  },
  '2.5.29.37': (der, into) => {
    const list = der.enter(tags.sequence);
    const purposes: string[] = [];
    while (!list.isEmpty) purposes.push(list.oid());
    if (purposes.length > 0) into.extendedKeyUsage = purposes;
  },
  '1.3.6.1.5.5.7.1.1': (der, _, extension) => {
    refuseCritical(extension, 'authorityInfoAccess');
    const list = der.enter(tags.sequence);
    while (!list.isEmpty) {
      const access = list.enter(tags.sequence);
      access.oid();
      if (access.hasNext(contextTag(6))) access.content(contextTag(6));
    }
  },
  ...Object.fromEntries(
    Object.entries(policyReaders).map(([oid, read]): [string, ReadExtension] => [
      oid,
      (der, into) => {
        into.policies = { ...into.policies, ...read(der) };
      },
    ]),
  ),
};

function readDistributionPoints(der: DerReader): void {
  const points = der.enter(tags.sequence);
  while (!points.isEmpty) {
    const point = points.enter(tags.sequence);
    const fullName = point.enterOptional(constructedTag(0))?.enter(constructedTag(0));
    while (fullName?.hasNext(contextTag(6))) fullName.content(contextTag(6));
  }
}
