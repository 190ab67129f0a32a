import { generateKeyPairSync } from 'node:crypto';
import type { CaCerts } from '../../../src/pki/ca-certs';
import {
  type CertificateParts,
  type CorpusCa,
  der,
  extension,
  generalName,
  integer,
  isCa,
  issue,
  name,
  octets,
  oid,
  pemOf,
  sequence,
  signs,
  spkiOf,
  text,
  yes,
} from '../der-writer';

/** CA certificates of one cluster. */
interface CorpusItem {
  readonly what: string;
  readonly caCerts: CaCerts;
}

const root = issue();
const ca = issue({}, root);

function keyOf({ key }: CorpusCa): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function bundle(lowest: CorpusCa, ...above: readonly CorpusCa[]): CaCerts {
  const chain = [lowest, ...above].map(({ certificate }) => pemOf(certificate));
  return {
    caCert: chain[0] ?? '',
    caKey: keyOf(lowest),
    rootCert: chain.at(-1) ?? '',
    certChain: chain.join(''),
  };
}

const sound = bundle(ca, root);

/** The same change of a certificate, in each place of a chain. */
function everywhere(
  what: string,
  parts: Partial<CertificateParts>,
  options: Parameters<typeof issue>[2] = {},
): CorpusItem[] {
  const special = issue({ subject: name('Root CA'), ...parts }, undefined, options);
  const between = issue({ subject: name('Between'), ...parts }, root, options);
  return [
    { what: `${what}, in ca-cert.pem`, caCerts: bundle(issue(parts, root, options), root) },
    { what: `${what}, in between`, caCerts: bundle(issue({}, between), between, root) },
    { what: `${what}, in root-cert.pem`, caCerts: bundle(issue({}, special), special) },
  ];
}

const withExtension = (what: string, ...extensions: readonly Buffer[]): CorpusItem[] =>
  everywhere(what, { extensions: [isCa, signs, ...extensions] });

const withSubject = (what: string, subject: Buffer): CorpusItem[] => everywhere(what, { subject });

const withValidity = (what: string, notBefore: Buffer, notAfter: Buffer): CorpusItem[] =>
  everywhere(what, { validity: sequence(notBefore, notAfter) });

const utc = (time: string): Buffer => text(0x17, time);
const generalized = (time: string): Buffer => text(0x18, time);
const [start, end] = [utc('250101000000Z'), generalized('20550101000000Z')];

const constraints = (
  kind: 'permitted' | 'excluded',
  tag: number,
  value: string | Buffer,
  critical = true,
): Buffer =>
  extension(
    '2.5.29.30',
    sequence(der(kind === 'permitted' ? 0xa0 : 0xa1, sequence(generalName(tag, value)))),
    critical,
  );

const [email, dns, uri, ip] = [1, 2, 6, 7] as const;

/** Cross-signed CAs: each one has a certificate from every other one. */
function crossSigned(count: number, reachesRoot: boolean): CaCerts {
  const cas = Array.from({ length: count }, (_, index) => issue({ subject: name(`CA ${index}`) }));
  const anchor = cas[0] as CorpusCa;
  const crossed = cas.flatMap((issuer) =>
    cas
      .filter((each) => each !== issuer)
      .map((each) => issue({ subject: each.subject, publicKey: spkiOf(each.key) }, issuer)),
  );
  const lowest = issue({}, cas.at(-1));
  const chain = [lowest, ...crossed].map(({ certificate }) => pemOf(certificate)).join('');
  return { ...bundle(lowest, reachesRoot ? anchor : root), certChain: chain };
}

const rsa = (modulusLength: number, publicExponent = 65537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent }).privateKey;

function rsaItems(): CorpusItem[] {
  const rsaRoot = (bits: number, algorithm: string, exponent?: number): CaCerts => {
    const identifier = sequence(oid(algorithm), der(0x05));
    const above = issue({ algorithm: identifier }, undefined, { key: rsa(bits, exponent) });
    return bundle(issue({ algorithm: identifier }, above), above);
  };
  const sha256 = '1.2.840.113549.1.1.11';
  return [
    { what: 'an RSA root', caCerts: rsaRoot(2048, sha256) },
    { what: 'an RSA root with the exponent 3', caCerts: rsaRoot(2048, sha256, 3) },
    { what: 'an RSA root with an exponent of 32 bits', caCerts: rsaRoot(2048, sha256, 2 ** 31 + 11) },
    { what: 'a root that says it signs with SHA-1', caCerts: rsaRoot(2048, '1.2.840.113549.1.1.5') },
    { what: 'a root with an unknown signature algorithm', caCerts: rsaRoot(2048, '1.2.840.113549.1.1.99') },
  ];
}

const encodeWith = (tbs: (content: Buffer) => Buffer) => ({ change: tbs });
/** Writes the length of a SEQUENCE with a byte more than needed. */
const longLength = (value: Buffer): Buffer =>
  Buffer.concat([value.subarray(0, 1), Buffer.of(0x83, 0), value.subarray(2)]);

/** Replaces the key of P-256 in a certificate by the same point in its short form. */
function compressPoint(tbs: Buffer): Buffer {
  const hex = tbs
    .toString('hex')
    .replace(/(03)4200(04)(.{64})(.{64})/, (_, tag, __, x) => `${tag}220002${x}`);
  const changed = Buffer.from(hex, 'hex');
  const body = changed.subarray(tbs[1] === 0x82 ? 4 : 3);
  return sequence(
    Buffer.from(
      body.toString('hex').replace('3059301306072a8648ce3d0201', '3039301306072a8648ce3d0201'),
      'hex',
    ),
  );
}

export const corpus: readonly CorpusItem[] = [
  { what: 'an ordinary chain', caCerts: sound },
  { what: 'a root that signs itself, without a chain', caCerts: { ...bundle(root), certChain: '' } },
  { what: 'an intermediate without a chain', caCerts: { ...sound, certChain: '' } },
  { what: 'a chain of white space', caCerts: { ...bundle(root), certChain: '\n' } },
  { what: 'an intermediate as trust anchor', caCerts: { ...bundle(ca), rootCert: pemOf(ca.certificate) } },

  ...everywhere('a negative serial number', { serialNumber: integer(0x80, 1) }),
  ...everywhere('the serial number zero', { serialNumber: integer(0) }),
  ...everywhere('an empty serial number', { serialNumber: integer() }),
  ...everywhere('a serial number with a zero too many', { serialNumber: integer(0, 1) }),
  ...everywhere('a serial number of 40 bytes', { serialNumber: integer(...Array(40).fill(0x55)) }),

  ...everywhere('version 1', { version: Buffer.alloc(0), extensions: [] }),
  ...everywhere('version 2', { version: der(0xa0, integer(1)), extensions: [] }),
  ...everywhere('version 4', { version: der(0xa0, integer(3)) }),
  ...everywhere('version 1 with extensions', { version: Buffer.alloc(0) }),
  ...everywhere('version 3 without extensions', { extensions: [] }),

  ...withSubject('an underscore in a PrintableString', name('team_a', 0x13)),
  ...withSubject('an at sign in a PrintableString', name('a@b', 0x13)),
  ...withSubject('a star and an ampersand in a PrintableString', name('*&', 0x13)),
  ...withSubject('an invalid UTF8String', name(Buffer.of(0xc3, 0x28))),
  ...withSubject('an overlong UTF8String', name(Buffer.of(0xc0, 0x80))),
  ...withSubject('a surrogate in a UTF8String', name(Buffer.of(0xed, 0xa0, 0x80))),
  ...withSubject('a T61String', name(Buffer.of(0x47, 0xf6), 0x14)),
  ...withSubject('an IA5String that is not ASCII', name(Buffer.of(0xe9), 0x16)),
  ...withSubject('a NumericString with letters', name('a', 0x12)),
  ...withSubject('a BMPString of odd length', name(Buffer.of(0, 0x41, 0), 0x1e)),
  ...withSubject('a BMPString with a surrogate', name(Buffer.of(0xd8, 0), 0x1e)),
  ...withSubject('a BMPString', name(Buffer.of(0, 0x41, 0, 0), 0x1e)),
  ...withSubject('a UniversalString', name(Buffer.of(0, 0, 0, 0x41), 0x1c)),
  ...withSubject('an attribute type of huge numbers', name('x', 0x0c, '1.2.4294967296')),
  ...withSubject('a value that is not a string', sequence(der(0x31, sequence(oid('2.5.4.3'), integer(1))))),
  ...withSubject('an empty name', sequence()),
  ...withSubject('an empty set in a name', sequence(der(0x31))),

  ...withValidity('UTCTime without seconds', utc('2501010000Z'), end),
  ...withValidity('UTCTime with an offset', utc('250101000000+0100'), end),
  ...withValidity('UTCTime with the offset zero', utc('250101000000+0000'), end),
  ...withValidity('UTCTime without a time zone', utc('250101000000'), end),
  ...withValidity('a month 13', utc('251301000000Z'), end),
  ...withValidity('the 30th of February', utc('250230000000Z'), end),
  ...withValidity('GeneralizedTime with fractions', start, generalized('20550101000000.5Z')),
  ...withValidity('GeneralizedTime without seconds', start, generalized('205501010000Z')),
  ...withValidity(
    'GeneralizedTime before 2050',
    generalized('20250101000000Z'),
    generalized('20400101000000Z'),
  ),
  ...withValidity('the year 1950', utc('500101000000Z'), end),
  ...withValidity('a time that is not one', der(0x04), end),
  ...withValidity('the end of time', start, generalized('99991231235959Z')),
  ...withValidity('an end that has passed', utc('200101000000Z'), utc('210101000000Z')),
  ...withValidity('a start in the future', generalized('20540101000000Z'), end),

  ...withExtension('an unknown critical extension', extension('1.2.3.4', octets(), true)),
  ...withExtension('an unknown extension', extension('1.2.3.4', octets())),
  ...withExtension(
    'the same extension twice',
    extension('1.2.3.4', octets()),
    extension('1.2.3.4', octets()),
  ),
  ...withExtension('key usage twice', signs),
  ...withExtension(
    'a critical flag that is neither 0 nor 255',
    sequence(oid('1.2.3.4'), der(1, Buffer.of(1)), octets()),
  ),
  ...withExtension('a critical flag that is 0', sequence(oid('1.2.3.4'), der(1, Buffer.of(0)), octets())),
  ...withExtension('policyConstraints', extension('2.5.29.36', sequence(der(0x80, Buffer.of(0))), true)),
  ...withExtension(
    'policyConstraints that start later',
    extension('2.5.29.36', sequence(der(0x80, Buffer.of(1)))),
  ),
  ...withExtension(
    'policyConstraints that start much later',
    extension('2.5.29.36', sequence(der(0x80, Buffer.of(9)))),
  ),
  ...withExtension('malformed policyConstraints', extension('2.5.29.36', sequence(der(0x80)), true)),
  ...withExtension('an inhibited anyPolicy', extension('2.5.29.54', integer(0), true)),
  ...withExtension('policies', extension('2.5.29.32', sequence(sequence(oid('1.2.3'))), true)),
  ...withExtension(
    'the same policy twice',
    extension('2.5.29.32', sequence(sequence(oid('1.2.3')), sequence(oid('1.2.3')))),
  ),
  ...withExtension(
    'a mapping of anyPolicy',
    extension('2.5.29.33', sequence(sequence(oid('2.5.29.32.0'), oid('1.2.3')))),
  ),
  ...withExtension('an empty alternative name', extension('2.5.29.17', sequence())),
  ...withExtension('a critical empty alternative name', extension('2.5.29.17', sequence(), true)),
  ...withExtension(
    'an alternative name that is not ASCII',
    extension('2.5.29.17', sequence(generalName(dns, 'ü'))),
  ),
  ...withExtension(
    'an IP address of 5 bytes',
    extension('2.5.29.17', sequence(generalName(ip, Buffer.alloc(5)))),
  ),
  ...withExtension(
    'a URI that cannot be parsed',
    extension('2.5.29.17', sequence(generalName(uri, 'http://a b/'))),
  ),
  ...withExtension(
    'a URI with a wrong escape',
    extension('2.5.29.17', sequence(generalName(uri, 'spiffe://a/%zz'))),
  ),
  ...withExtension('a URI', extension('2.5.29.17', sequence(generalName(uri, 'spiffe://cluster.local/ca')))),
  ...withExtension('a malformed alternative name', extension('2.5.29.17', octets())),
  ...withExtension('a critical key identifier', extension('2.5.29.14', octets(Buffer.of(1)), true)),
  ...withExtension('a malformed key identifier', extension('2.5.29.14', Buffer.of(1))),
  ...withExtension('an empty key identifier', extension('2.5.29.14', octets())),
  ...withExtension('a key identifier', extension('2.5.29.14', octets(Buffer.of(1)))),
  ...withExtension('a critical authority key identifier', extension('2.5.29.35', sequence(), true)),
  ...withExtension('a malformed authority key identifier', extension('2.5.29.35', octets())),
  ...withExtension(
    'an authority key identifier of another key',
    extension('2.5.29.35', sequence(der(0x80, Buffer.of(9)))),
  ),
  ...withExtension('a critical authorityInfoAccess', extension('1.3.6.1.5.5.7.1.1', sequence(), true)),
  ...withExtension('a malformed authorityInfoAccess', extension('1.3.6.1.5.5.7.1.1', sequence(sequence()))),
  ...withExtension('malformed distribution points', extension('2.5.29.31', sequence(octets()))),
  ...withExtension(
    'critical distribution points',
    extension('2.5.29.31', sequence(sequence(der(0xa0, der(0xa0, generalName(uri, 'http://a/'))))), true),
  ),
  ...withExtension('malformed extended key usage', extension('2.5.29.37', sequence(octets()))),
  ...withExtension('empty extended key usage', extension('2.5.29.37', sequence())),
  ...withExtension(
    'extended key usage for e-mail',
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.4'))),
  ),
  ...withExtension(
    'data after an extension',
    extension('2.5.29.14', Buffer.concat([octets(Buffer.of(1)), octets()])),
  ),

  ...everywhere('a path length of 0', {
    extensions: [extension('2.5.29.19', sequence(yes, integer(0)), true)],
  }),
  ...everywhere('a path length of 1', {
    extensions: [extension('2.5.29.19', sequence(yes, integer(1)), true)],
  }),
  ...everywhere('a negative path length', {
    extensions: [extension('2.5.29.19', sequence(yes, integer(0xff)))],
  }),
  ...everywhere('a huge path length', {
    extensions: [extension('2.5.29.19', sequence(yes, integer(0x7f, ...Array(7).fill(0xff))))],
  }),
  ...everywhere('a path length that is too large', {
    extensions: [extension('2.5.29.19', sequence(yes, integer(0x7f, ...Array(8).fill(0xff))))],
  }),
  ...everywhere('no CA', { extensions: [extension('2.5.29.19', sequence(), true), signs] }),
  ...everywhere('no key usage', { extensions: [isCa] }),
  ...everywhere('a key usage of nothing', {
    extensions: [isCa, extension('2.5.29.15', der(3, Buffer.of(0)))],
  }),
  ...everywhere('a key usage without keyCertSign', {
    extensions: [isCa, extension('2.5.29.15', der(3, Buffer.of(7, 0x80)))],
  }),
  ...everywhere('a key usage with bits that do not exist', {
    extensions: [isCa, extension('2.5.29.15', der(3, Buffer.of(2, 0xe7)))],
  }),

  ...withExtension('excluded URIs', constraints('excluded', uri, 'cluster.local')),
  ...withExtension(
    'excluded URIs that are not critical',
    constraints('excluded', uri, 'cluster.local', false),
  ),
  ...withExtension('excluded URIs of a parent domain', constraints('excluded', uri, 'local')),
  ...withExtension('excluded URIs of subdomains', constraints('excluded', uri, '.cluster.local')),
  ...withExtension('excluded URIs of another domain', constraints('excluded', uri, 'example.com')),
  ...withExtension('all URIs excluded', constraints('excluded', uri, '')),
  ...withExtension('permitted URIs', constraints('permitted', uri, 'CLUSTER.local')),
  ...withExtension('permitted URIs of another domain', constraints('permitted', uri, 'example.com')),
  ...withExtension('permitted URIs of an IP address', constraints('permitted', uri, '10.0.0.1')),
  ...withExtension('excluded DNS names', constraints('excluded', dns, 'istiod.istio-system.svc')),
  ...withExtension(
    'excluded DNS names of istiod-remote',
    constraints('excluded', dns, 'istiod-remote.istio-system.svc'),
  ),
  ...withExtension('excluded DNS names of svc', constraints('excluded', dns, 'svc')),
  ...withExtension('permitted DNS names of svc', constraints('permitted', dns, 'svc')),
  ...withExtension(
    'permitted DNS names of istiod alone',
    constraints('permitted', dns, 'istiod.istio-system.svc'),
  ),
  ...withExtension('permitted DNS names with a dot', constraints('permitted', dns, '.istio-system.svc')),
  ...withExtension('permitted DNS names of vc', constraints('permitted', dns, 'vc')),
  ...withExtension('a DNS constraint that ends with a dot', constraints('permitted', dns, 'svc.')),
  ...withExtension('permitted e-mail addresses', constraints('permitted', email, 'a@example.com')),
  ...withExtension('a malformed e-mail constraint', constraints('permitted', email, '@@')),
  ...withExtension(
    'permitted IP addresses',
    constraints('permitted', ip, Buffer.of(10, 0, 0, 0, 255, 0, 0, 0)),
  ),
  ...withExtension(
    'an IP mask with a gap',
    constraints('permitted', ip, Buffer.of(10, 0, 0, 0, 255, 0, 255, 0)),
  ),
  ...withExtension('an IP constraint of 5 bytes', constraints('permitted', ip, Buffer.alloc(5))),
  ...withExtension(
    'critical constraints of directories',
    extension('2.5.29.30', sequence(der(0xa0, sequence(der(0xa4, name('a'))))), true),
  ),
  ...withExtension(
    'constraints of directories',
    extension('2.5.29.30', sequence(der(0xa0, sequence(der(0xa4, name('a')))))),
  ),
  ...withExtension('empty constraints', extension('2.5.29.30', sequence(), true)),
  ...withExtension('constraints without subtrees', extension('2.5.29.30', sequence(der(0xa0)), true)),
  ...(['cluster.local', 'example.com'] as const).map((domain): CorpusItem => {
    // The constraints of the root apply to the names of the intermediate, too.
    const limited = issue({
      extensions: [
        isCa,
        signs,
        constraints('permitted', dns, 'svc'),
        constraints('excluded', uri, 'example.com'),
      ].slice(0, 3),
    });
    const names = extension('2.5.29.17', sequence(generalName(dns, domain)));
    return {
      what: `an intermediate whose own name is ${domain}`,
      caCerts: bundle(issue({ extensions: [isCa, signs, names] }, limited), limited),
    };
  }),

  ...everywhere(
    'a length with a byte too many',
    {},
    encodeWith((tbs) =>
      tbs[1] === 0x82
        ? Buffer.concat([tbs.subarray(0, 1), Buffer.of(0x83, 0), tbs.subarray(2)])
        : longLength(tbs),
    ),
  ),
  ...everywhere(
    'data after the certificate',
    {},
    { outer: (certificate) => Buffer.concat([certificate, Buffer.of(0)]) },
  ),
  ...everywhere(
    'an indefinite length',
    {},
    {
      outer: (certificate) =>
        Buffer.concat([Buffer.of(0x30, 0x80), certificate.subarray(4), Buffer.of(0, 0)]),
    },
  ),
  ...everywhere(
    'another outer algorithm',
    {},
    {
      outer: (certificate) =>
        Buffer.from(
          certificate
            .toString('hex')
            .replace(/06082a8648ce3d040302(?!.*06082a8648ce3d040302)/, '06082a8648ce3d040303'),
          'hex',
        ),
    },
  ),

  ...(['P-224', 'P-384', 'P-521', 'brainpoolP256r1', 'secp256k1'] as const).flatMap((namedCurve) => {
    const { privateKey: key } = generateKeyPairSync('ec', { namedCurve });
    return everywhere(`a key on the curve ${namedCurve}`, {}, { key }).slice(1);
  }),
  ...everywhere(
    'explicit EC parameters',
    {},
    { key: generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }).privateKey },
  ),
  ...everywhere('a compressed point', {}, encodeWith(compressPoint)),
  ...rsaItems(),

  { what: 'two cross-signed CAs', caCerts: crossSigned(2, true) },
  { what: 'five cross-signed CAs', caCerts: crossSigned(5, true) },
  { what: 'five cross-signed CAs that do not reach the root', caCerts: crossSigned(5, false) },
  { what: 'nine cross-signed CAs', caCerts: crossSigned(9, true) },

  {
    what: 'comments around the blocks',
    caCerts: { ...sound, rootCert: `# A: b\n\n${sound.rootCert}\ntext\n` },
  },
  { what: 'headers in ca-cert.pem', caCerts: { ...sound, caCert: sound.caCert.replace('\n', '\nA: b\n\n') } },
  {
    what: 'headers in root-cert.pem',
    caCerts: { ...sound, rootCert: sound.rootCert.replace('\n', '\nA: b\n\n') },
  },
  {
    what: 'the label X509 CERTIFICATE',
    caCerts: { ...sound, caCert: sound.caCert.replaceAll('CERTIFICATE', 'X509 CERTIFICATE') },
  },
  {
    what: 'white space after the lines',
    caCerts: { ...sound, caCert: sound.caCert.replaceAll('\n', ' \t\n') },
  },
  {
    what: 'white space before the lines',
    caCerts: { ...sound, caCert: sound.caCert.replaceAll('\n', '\n ') },
  },
  { what: 'a dash too many', caCerts: { ...sound, rootCert: sound.rootCert.replace('-----\n', '------\n') } },
  {
    what: 'labels that differ',
    caCerts: { ...sound, rootCert: sound.rootCert.replace('END CERTIFICATE', 'END CERT') },
  },
  { what: 'one long line', caCerts: { ...sound, rootCert: sound.rootCert.replace(/(?<!-)\n(?!-)/g, '') } },
  { what: 'old Macintosh line ends', caCerts: { ...sound, rootCert: sound.rootCert.replaceAll('\n', '\r') } },
  { what: 'a star in the content', caCerts: { ...sound, rootCert: sound.rootCert.replace('MII', 'M*I') } },
];
