import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaCerts } from '../../src/pki/ca-certs';
import { temporaryFolder } from '../temporary-folder';

/** Runs openssl, and returns its output. */
export function openssl(args: readonly string[], input = ''): string {
  return execFileSync('openssl', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
}

/** A private key in PKCS #8: P-256, unless options of `openssl genpkey` are passed. */
export function newKey(...options: string[]): string {
  if (options.length > 0) return openssl(['genpkey', ...options]);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A CA that openssl created. */
export interface OpensslCa {
  readonly key: string;
  readonly cert: string;
}

/** Options of {@link opensslCa}; the defaults are those of Istio's CAs. */
export interface OpensslCaOptions {
  readonly subject?: string;
  readonly key?: string;
  readonly extensions?: readonly string[];
  readonly days?: number;
  readonly digest?: string;
  /** Such as rsa_padding_mode:pss. */
  readonly signature?: readonly string[];
  readonly issuer?: OpensslCa;
}

const caExtensions = [
  'subjectKeyIdentifier=hash',
  'basicConstraints=critical,CA:TRUE',
  'keyUsage=critical,digitalSignature,nonRepudiation,keyEncipherment,keyCertSign',
];

/** Issues a CA certificate with openssl, self-signed unless there is an issuer. */
export function opensslCa(options: OpensslCaOptions = {}): OpensslCa {
  const {
    key = newKey(),
    extensions = caExtensions,
    days = 3650,
    digest = 'sha256',
    signature = [],
    issuer,
  } = options;
  const folder = temporaryFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const name = issuer === undefined ? 'Root CA' : 'Intermediate CA';
  const { subject = `/O=Istio/CN=${name}` } = options;
  const signer =
    issuer === undefined
      ? []
      : ['-CA', file('ca.pem', issuer.cert), '-CAkey', file('ca-key.pem', issuer.key)];
  const settings = ['[req]', 'distinguished_name = name', '[name]', '[ca]', ...extensions];
  const cert = openssl([
    ...['req', '-x509', '-new', '-utf8', '-key', file('key.pem', key), '-subj', subject],
    ...['-config', file('settings.cnf', settings.join('\n')), '-extensions', 'ca'],
    ...[`-${digest}`, '-days', `${days}`, ...signature.flatMap((option) => ['-sigopt', option])],
    ...signer,
  ]);
  return { key, cert };
}

/** The CA certificates of a cluster, combined as in Istio's Makefile. */
export function caCertsOf(ca: OpensslCa, root: OpensslCa, between: readonly OpensslCa[] = []): CaCerts {
  const chain = [ca, ...between, root].map(({ cert }) => cert);
  return { caCert: ca.cert, caKey: ca.key, rootCert: root.cert, certChain: chain.join('') };
}

/** Verifies a cluster's files with openssl as workloads would; throws if that fails. */
export function opensslVerify(folder: string, cluster: string): void {
  const file = (name: string): string => join(folder, cluster, name);
  const result = openssl([
    ...['verify', '-x509_strict', '-CAfile', file('root-cert.pem')],
    ...['-untrusted', file('cert-chain.pem'), file('ca-cert.pem')],
  ]);
  if (!result.endsWith(': OK\n')) throw new Error(result);
  const key = createPrivateKey(readFileSync(file('ca-key.pem')));
  if (!new X509Certificate(readFileSync(file('ca-cert.pem'))).checkPrivateKey(key)) {
    throw new Error(`The key of ${cluster} does not belong to its certificate.`);
  }
}
