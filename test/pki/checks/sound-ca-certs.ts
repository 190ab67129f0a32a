import type { CaCerts } from '../../../src/pki/ca-certs';
import { caCertsOf, newKey, openssl, opensslCa } from '../openssl';

const root = opensslCa();
const ca = opensslCa({ issuer: root });
const sound = caCertsOf(ca, root);
const between = opensslCa({ issuer: root, subject: '/CN=Between' });
const rsaKey = newKey('-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048');
const isCa = 'basicConstraints=critical,CA:TRUE';
const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

/** Unusual CA certificates of one cluster that istiod accepts. */
export const soundCaCerts: Readonly<Record<string, CaCerts>> = {
  'the layout of Istio': sound,
  'a CA between the root and that of the cluster': caCertsOf(opensslCa({ issuer: between }), root, [between]),
  'a chain without the root': { ...sound, certChain: ca.cert },
  'the whole chain in ca-cert.pem': { ...sound, caCert: sound.certChain },
  'the root itself as the CA of the cluster': caCertsOf(root, root),
  'path lengths that are just sufficient': (() => {
    const limited = opensslCa({ extensions: [`${isCa},pathlen:2`] });
    const next = opensslCa({ issuer: limited, subject: '/CN=Between', extensions: [`${isCa},pathlen:1`] });
    return caCertsOf(opensslCa({ issuer: next, extensions: [`${isCa},pathlen:0`] }), limited, [next]);
  })(),
  'an additional root': { ...sound, rootCert: opensslCa({ subject: '/CN=Next Root CA' }).cert + root.cert },
  'an additional root of the same name': { ...sound, rootCert: opensslCa().cert + root.cert },
  'a renewed root together with the old one': (() => {
    const old = opensslCa({ key: root.key, days: 1 });
    return { ...sound, rootCert: old.cert + root.cert, certChain: ca.cert + old.cert + root.cert };
  })(),
  'a root that is self-signed with SHA-1': (() => {
    const ancient = opensslCa({ digest: 'sha1' });
    return caCertsOf(opensslCa({ issuer: ancient }), ancient);
  })(),
  'a root on a curve that Istio does not support for clusters': (() => {
    const strong = opensslCa({ key: newKey('-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521') });
    return caCertsOf(opensslCa({ issuer: strong }), strong);
  })(),
  'an Ed25519 root': (() => {
    const modern = opensslCa({ key: newKey('-algorithm', 'ED25519') });
    return caCertsOf(opensslCa({ issuer: modern }), modern);
  })(),
  'a key in PKCS#1': (() => {
    const ofRsa = opensslCa({ key: rsaKey, issuer: root });
    return { ...caCertsOf(ofRsa, root), caKey: openssl(['rsa', '-traditional'], rsaKey) };
  })(),
  'a key in SEC 1': { ...sound, caKey: openssl(['ec'], ca.key) },
  'signatures with SHA-512': caCertsOf(opensslCa({ issuer: root, digest: 'sha512' }), root),
  'signatures with RSASSA-PSS': (() => {
    const issuer = opensslCa({ key: rsaKey });
    const signature = ['rsa_padding_mode:pss', 'rsa_pss_saltlen:digest'];
    return caCertsOf(opensslCa({ issuer, signature }), issuer);
  })(),
  'extended key usage for both sides': caCertsOf(
    opensslCa({ issuer: root, extensions: [isCa, 'extendedKeyUsage=clientAuth,serverAuth'] }),
    root,
  ),
  'comments before the certificates': {
    ...sound,
    caCert: openssl(['x509', '-text'], ca.cert),
    certChain: `# The cluster\n${ca.cert}# The root\n${root.cert}`,
  },
  'Windows line endings': {
    caCert: crlf(sound.caCert),
    caKey: crlf(sound.caKey),
    rootCert: crlf(sound.rootCert),
    certChain: crlf(sound.certChain),
  },
};
