import type { CaCerts } from '../../../src/pki/ca-certs';
import type { ErrorCode } from '../../../src/problems/error-codes';
import { caCertsOf, newKey, type OpensslCaOptions, openssl, opensslCa } from '../openssl';

/** Invalid CA certificates of one cluster, and all problems in them. */
export interface BrokenCaCerts {
  readonly what: string;
  readonly caCerts: CaCerts;
  readonly problems: readonly [code: ErrorCode, file: string, message: string][];
  /** The number of days from now when they are validated. */
  readonly inDays?: number;
}

const root = opensslCa();
const ca = opensslCa({ issuer: root });
const sound = caCertsOf(ca, root);
const between = opensslCa({ issuer: root, subject: '/CN=Between' });
const below = opensslCa({ issuer: between });

const rsa = (bits: number): string => newKey('-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`);
const ec = (curve: string): string => newKey('-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`);

const signs = 'keyUsage=critical,keyCertSign';
const isCa = 'basicConstraints=critical,CA:TRUE';

/** A cluster with a special intermediate certificate. */
const withCa = (options: OpensslCaOptions): CaCerts =>
  caCertsOf(opensslCa({ issuer: root, ...options }), root);

/** A cluster with a special root. */
function withRoot(options: OpensslCaOptions): CaCerts {
  const unlike = opensslCa(options);
  return caCertsOf(opensslCa({ issuer: unlike }), unlike);
}

/** A cluster with a special certificate between its intermediate and the root. */
function withBetween(options: OpensslCaOptions): CaCerts {
  const unlike = opensslCa({ issuer: root, subject: '/CN=Between', ...options });
  return caCertsOf(opensslCa({ issuer: unlike }), root, [unlike]);
}

export const brokenCaCerts: readonly BrokenCaCerts[] = [
  {
    what: 'an empty ca-cert.pem',
    caCerts: { ...sound, caCert: '' },
    problems: [['CA-PEM', 'ca-cert.pem', 'It contains no PEM block.']],
  },
  {
    what: 'a root-cert.pem in DER',
    caCerts: { ...sound, rootCert: openssl(['x509', '-outform', 'DER'], root.cert) },
    problems: [
      ['CA-PEM', 'root-cert.pem', 'It contains no PEM block.'],
      ['CA-NEWLINE', 'root-cert.pem', 'A newline is missing at its end'],
    ],
  },
  {
    what: 'a truncated cert-chain.pem',
    caCerts: { ...sound, certChain: sound.certChain.slice(0, -100) },
    problems: [
      ['CA-PEM', 'cert-chain.pem', 'The first or last line of a PEM block is missing.'],
      ['CA-NEWLINE', 'cert-chain.pem', 'A newline is missing at its end'],
    ],
  },
  {
    what: 'a certificate with a wrong letter',
    caCerts: { ...sound, caCert: ca.cert.replace(/MII/, 'MIA') },
    problems: [
      [
        'CA-PEM',
        'ca-cert.pem',
        'PEM block 1, labelled CERTIFICATE, is not a valid certificate: its structure',
      ],
    ],
  },
  {
    what: 'a root in the TRUSTED CERTIFICATE format of OpenSSL',
    caCerts: { ...sound, rootCert: openssl(['x509', '-trustout', '-addtrust', 'serverAuth'], root.cert) },
    problems: [
      [
        'CA-PEM',
        'root-cert.pem',
        'PEM block 1, labelled TRUSTED CERTIFICATE, is not a valid certificate: only',
      ],
    ],
  },
  {
    what: 'a byte order mark',
    caCerts: { ...sound, caCert: `\uFEFF${ca.cert}` },
    problems: [['CA-PEM', 'ca-cert.pem', 'A PEM block does not start at the beginning of a line.']],
  },
  {
    what: 'no newline at the end of ca-cert.pem, and so none inside cert-chain.pem',
    caCerts: { ...sound, caCert: ca.cert.trimEnd(), certChain: ca.cert.trimEnd() + root.cert },
    problems: [
      ['CA-NEWLINE', 'ca-cert.pem', 'A newline is missing at its end'],
      ['CA-NEWLINE', 'cert-chain.pem', 'A newline is missing at its end, or between'],
    ],
  },
  {
    what: 'a private key in cert-chain.pem',
    caCerts: { ...sound, certChain: sound.certChain + ca.key },
    problems: [['CA-KEY-EXPOSED', 'cert-chain.pem', 'It contains a private key, and every workload']],
  },
  {
    what: 'an empty ca-key.pem',
    caCerts: { ...sound, caKey: '' },
    problems: [['CA-KEY', 'ca-key.pem', 'It contains no PEM block.']],
  },
  {
    what: 'an encrypted key in PKCS#8',
    caCerts: { ...sound, caKey: openssl(['pkcs8', '-topk8', '-passout', 'pass:secret'], ca.key) },
    problems: [['CA-KEY', 'ca-key.pem', 'Its first PEM block is labelled ENCRYPTED PRIVATE KEY.']],
  },
  {
    what: 'an encrypted key in SEC 1',
    caCerts: { ...sound, caKey: openssl(['ec', '-aes128', '-passout', 'pass:secret'], ca.key) },
    problems: [['CA-KEY', 'ca-key.pem', 'The private key is encrypted.']],
  },
  {
    what: 'parameters before the key, as openssl ecparam writes them',
    caCerts: { ...sound, caKey: openssl(['ecparam', '-name', 'prime256v1', '-genkey']) },
    problems: [['CA-KEY', 'ca-key.pem', 'Its first PEM block is labelled EC PARAMETERS.']],
  },
  {
    what: 'a key with a missing line',
    caCerts: { ...sound, caKey: ca.key.replace(/\n[^\n]+\n(?=-----END)/, '\n') },
    problems: [['CA-KEY', 'ca-key.pem', 'Its PRIVATE KEY cannot be parsed: its structure is not valid DER.']],
  },
  {
    what: 'the key of another certificate',
    caCerts: { ...sound, caKey: newKey() },
    problems: [
      ['CA-KEY-MISMATCH', 'ca-key.pem', 'does not belong to the certificate O=Istio, CN=Intermediate CA'],
    ],
  },
  {
    what: 'a key of another type than the certificate',
    caCerts: { ...sound, caKey: rsa(2048) },
    problems: [['CA-KEY-MISMATCH', 'ca-key.pem', 'does not belong to the certificate']],
  },
  {
    what: 'a short RSA key',
    caCerts: withCa({ key: rsa(1024) }),
    problems: [['CA-KEY-TYPE', 'ca-cert.pem', 'is of type rsa, 1024 bits.']],
  },
  {
    what: 'a key on a curve that Istio does not support',
    caCerts: withCa({ key: ec('P-521') }),
    problems: [['CA-KEY-TYPE', 'ca-cert.pem', 'is of type ec, secp521r1.']],
  },
  {
    what: 'an Ed25519 key',
    caCerts: withCa({ key: newKey('-algorithm', 'ED25519') }),
    problems: [['CA-KEY-TYPE', 'ca-cert.pem', 'is of type ed25519.']],
  },
  {
    what: 'a root with a short RSA key',
    caCerts: withRoot({ key: rsa(1024) }),
    problems: [
      ['CA-KEY-TYPE', 'root-cert.pem', 'The key of the certificate O=Istio, CN=Root CA is of type rsa'],
    ],
  },
  {
    what: 'a root with the name but not the key of the issuer',
    caCerts: { ...sound, rootCert: opensslCa().cert, certChain: ca.cert },
    problems: [['CA-CHAIN', 'ca-cert.pem', 'but not with the key of the certificate of that name.']],
  },
  {
    what: 'a chain without the certificate in between',
    caCerts: caCertsOf(below, root),
    problems: [
      ['CA-CHAIN', 'ca-cert.pem', 'was issued by CN=Between, which is neither in cert-chain.pem nor'],
    ],
  },
  {
    what: 'a chain without its upper part',
    caCerts: { ...caCertsOf(below, between), rootCert: opensslCa({ subject: '/CN=Other' }).cert },
    problems: [
      ['CA-CHAIN', 'cert-chain.pem', 'CN=Between was issued by O=Istio, CN=Root CA, which is neither'],
    ],
  },
  {
    what: 'a chain to a root that is not trusted',
    caCerts: { ...sound, rootCert: opensslCa({ subject: '/CN=Other' }).cert },
    problems: [
      ['CA-CHAIN', 'cert-chain.pem', 'The chain ends at the self-signed certificate O=Istio, CN=Root CA'],
    ],
  },
  {
    what: 'a chain in reverse order',
    caCerts: { ...sound, certChain: root.cert + ca.cert },
    problems: [
      [
        'CA-CHAIN-ORDER',
        'cert-chain.pem',
        'Its first certificate is O=Istio, CN=Root CA, not the certificate',
      ],
    ],
  },
  {
    what: 'a chain without the certificate of the cluster',
    caCerts: { ...sound, certChain: root.cert },
    problems: [
      [
        'CA-CHAIN-ORDER',
        'cert-chain.pem',
        'Its first certificate is O=Istio, CN=Root CA, not the certificate',
      ],
    ],
  },
  {
    what: 'a root that allows no CA below it',
    caCerts: withRoot({ extensions: [`${isCa},pathlen:0`, signs] }),
    problems: [
      ['CA-PATH-LENGTH', 'root-cert.pem', 'The path length of O=Istio, CN=Root CA is 0, but there are 1'],
    ],
  },
  {
    what: 'a certificate in between that allows no CA below it',
    caCerts: withBetween({ extensions: [`${isCa},pathlen:0`, signs] }),
    problems: [['CA-PATH-LENGTH', 'cert-chain.pem', 'The path length of CN=Between is 0']],
  },
  {
    what: 'a root that allows one CA below it, and two CAs below it',
    caCerts: (() => {
      const limited = opensslCa({ extensions: [`${isCa},pathlen:1`, signs] });
      const next = opensslCa({ issuer: limited, subject: '/CN=Between' });
      return caCertsOf(opensslCa({ issuer: next }), limited, [next]);
    })(),
    problems: [['CA-PATH-LENGTH', 'root-cert.pem', 'is 1, but there are 2 CA certificates below it.']],
  },
  {
    what: 'a certificate that is not a CA',
    caCerts: withCa({ extensions: ['basicConstraints=critical,CA:FALSE'] }),
    problems: [['CA-NOT-A-CA', 'ca-cert.pem', 'O=Istio, CN=Intermediate CA is not a CA']],
  },
  {
    what: 'a certificate without basic constraints',
    caCerts: withCa({ extensions: ['keyUsage=critical,digitalSignature,keyCertSign'] }),
    problems: [['CA-NOT-A-CA', 'ca-cert.pem', 'O=Istio, CN=Intermediate CA is not a CA']],
  },
  {
    what: 'a certificate in between that is not a CA',
    caCerts: withBetween({ extensions: ['basicConstraints=critical,CA:FALSE'] }),
    problems: [['CA-NOT-A-CA', 'cert-chain.pem', 'CN=Between is not a CA']],
  },
  {
    what: 'a key usage without keyCertSign',
    caCerts: withCa({ extensions: [isCa, 'keyUsage=critical,digitalSignature,cRLSign'] }),
    problems: [['CA-KEY-USAGE', 'ca-cert.pem', 'The key usage of O=Istio, CN=Intermediate CA']],
  },
  {
    what: 'a root whose key usage has no keyCertSign',
    caCerts: withRoot({ extensions: [isCa, 'keyUsage=digitalSignature'] }),
    problems: [['CA-KEY-USAGE', 'root-cert.pem', 'The key usage of O=Istio, CN=Root CA']],
  },
  {
    what: 'an extended key usage for one side only',
    caCerts: withCa({ extensions: [isCa, signs, 'extendedKeyUsage=serverAuth'] }),
    problems: [['CA-KEY-USAGE', 'ca-cert.pem', 'The extended key usage of O=Istio, CN=Intermediate CA']],
  },
  {
    what: 'an extended key usage that names no side',
    caCerts: withCa({ extensions: [isCa, signs, 'extendedKeyUsage=anyExtendedKeyUsage'] }),
    problems: [['CA-KEY-USAGE', 'ca-cert.pem', 'The extended key usage of O=Istio, CN=Intermediate CA']],
  },
  ...(['sha1', 'md5'] as const).map((digest): BrokenCaCerts => {
    const name = `${digest}WithRSAEncryption`;
    const issuer = opensslCa({ key: rsa(2048) });
    return {
      what: `a signature with RSA and ${digest}`,
      caCerts: caCertsOf(opensslCa({ issuer, digest }), issuer),
      problems: [['CA-SIGNATURE', 'ca-cert.pem', `is signed with ${name}, which istiod does not verify.`]],
    };
  }),
  {
    what: 'a signature with ECDSA and SHA-1',
    caCerts: withCa({ digest: 'sha1' }),
    problems: [
      ['CA-SIGNATURE', 'ca-cert.pem', 'is signed with ecdsa-with-SHA1, which istiod does not verify.'],
    ],
  },
  {
    what: 'a signature with RSASSA-PSS and SHA-1',
    caCerts: (() => {
      const issuer = opensslCa({ key: rsa(2048) });
      return caCertsOf(opensslCa({ issuer, digest: 'sha1', signature: ['rsa_padding_mode:pss'] }), issuer);
    })(),
    problems: [['CA-SIGNATURE', 'ca-cert.pem', 'is signed with RSASSA-PSS with SHA1, which istiod does not']],
  },
  {
    what: 'a signature with an unknown algorithm',
    caCerts: withBetween({ digest: 'sha3-256' }),
    problems: [['CA-SIGNATURE', 'cert-chain.pem', 'CN=Between is signed with 2.16.840.1.101.3.4.3.10']],
  },
  {
    what: 'name constraints that exclude the trust domain',
    caCerts: withRoot({ extensions: [isCa, signs, 'nameConstraints=critical,excluded;URI:cluster.local'] }),
    problems: [
      [
        'CA-NAMES',
        'root-cert.pem',
        'O=Istio, CN=Root CA exclude spiffe://cluster.local/ns/istio-system/sa/istiod.',
      ],
    ],
  },
  {
    what: 'name constraints that do not permit istiod',
    caCerts: withCa({ extensions: [isCa, signs, 'nameConstraints=critical,permitted;DNS:example.com'] }),
    problems: [['CA-NAMES', 'ca-cert.pem', 'do not permit istiod.istio-system.svc.']],
  },
  {
    what: 'a critical extension that Go does not know',
    caCerts: withBetween({ extensions: [isCa, signs, '1.2.3.4=critical,ASN1:NULL'] }),
    problems: [['CA-EXTENSION', 'cert-chain.pem', 'CN=Between has the critical extension 1.2.3.4, which']],
  },
  {
    what: 'a requirement of certificate policies',
    caCerts: withCa({ extensions: [isCa, signs, 'policyConstraints=critical,requireExplicitPolicy:0'] }),
    problems: [['CA-EXTENSION', 'ca-cert.pem', 'A CA certificate requires certificate policies']],
  },
  {
    what: 'a certificate that has expired',
    caCerts: withCa({ days: 10 }),
    inDays: 11,
    problems: [['CA-EXPIRED', 'ca-cert.pem', 'O=Istio, CN=Intermediate CA expired at']],
  },
  {
    what: 'a certificate in between that has expired',
    caCerts: withBetween({ days: 10 }),
    inDays: 11,
    problems: [['CA-EXPIRED', 'cert-chain.pem', 'CN=Between expired at']],
  },
  {
    what: 'a root that has expired',
    caCerts: withRoot({ days: 10 }),
    inDays: 11,
    problems: [['CA-EXPIRED', 'root-cert.pem', 'O=Istio, CN=Root CA expired at']],
  },
  {
    what: 'certificates that are not valid yet',
    caCerts: sound,
    inDays: -1,
    problems: [
      ['CA-NOT-YET-VALID', 'ca-cert.pem', 'O=Istio, CN=Intermediate CA is not valid before'],
      ['CA-NOT-YET-VALID', 'root-cert.pem', 'O=Istio, CN=Root CA is not valid before'],
    ],
  },
  {
    what: 'several independent problems',
    caCerts: {
      ...withCa({ days: 10, extensions: ['basicConstraints=critical,CA:FALSE'] }),
      caKey: newKey(),
      certChain: root.cert.trimEnd(),
    },
    inDays: 11,
    problems: [
      ['CA-NEWLINE', 'cert-chain.pem', 'A newline is missing'],
      ['CA-KEY-MISMATCH', 'ca-key.pem', 'The private key does not belong'],
      ['CA-CHAIN-ORDER', 'cert-chain.pem', 'Its first certificate'],
      ['CA-NOT-A-CA', 'ca-cert.pem', 'is not a CA'],
      ['CA-EXPIRED', 'ca-cert.pem', 'expired at'],
    ],
  },
];
