import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { Certificate } from './certificate';
import {
  authorityKeyIdentifier,
  caConstraints,
  caKeyUsage,
  distinguishedName,
  dnsAltName,
  signCertificate,
  subjectKeyIdentifier,
} from './sign-certificate';
import { DerReader, tags } from './x509/der-reader';

/** Options of {@link issueRootCertificate}. */
export interface CaCertificateOptions {
  /** The private key of the new CA. */
  readonly privateKey: KeyObject;
  /** The current time. */
  readonly now: Date;
  /** For how many days from now the certificate is valid. */
  readonly validityDays: number;
  /** The serial number: a positive integer in DER, at most 20 bytes long; see {@link randomSerialNumber}. */
  readonly serialNumber: Buffer;
}

/** Options of {@link issueIntermediateCertificate}. */
export interface IntermediateCertificateOptions extends CaCertificateOptions {
  /** The name of the cluster. */
  readonly cluster: string;
  /** The root CA that issues the certificate. */
  readonly issuer: { readonly certificate: Certificate; readonly privateKey: KeyObject };
}

/**
 * Issues the self-signed certificate of a mesh's root CA, as a PEM text.
 *
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export function issueRootCertificate(options: CaCertificateOptions): string {
  const { privateKey, serialNumber } = options;
  const publicKey = createPublicKey(privateKey);
  const name = distinguishedName(['O', 'Istio'], ['CN', 'Root CA']);
  const extensions = [
    subjectKeyIdentifier(keyIdentifier(inDer(publicKey))),
    caConstraints(),
    caKeyUsage(publicKey),
  ];
  const content = { serialNumber, issuer: name, ...validity(options), subject: name, publicKey, extensions };
  return signCertificate(content, privateKey);
}

/**
 * Issues the certificate of a cluster's intermediate CA, as a PEM text. It expires no later than
 * its root.
 *
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export function issueIntermediateCertificate(options: IntermediateCertificateOptions): string {
  const { cluster, issuer, serialNumber } = options;
  const { certificate: root } = issuer;
  const publicKey = createPublicKey(options.privateKey);
  const { notBefore, notAfter } = validity(options);
  const content = {
    serialNumber,
    issuer: root.subject,
    notBefore,
    notAfter: new Date(Math.min(notAfter.getTime(), root.notAfter.getTime())),
    subject: distinguishedName(['O', 'Istio'], ['CN', 'Intermediate CA'], ['L', cluster]),
    publicKey,
    extensions: [
      subjectKeyIdentifier(keyIdentifier(inDer(publicKey))),
      caConstraints(0),
      caKeyUsage(publicKey),
      dnsAltName('istiod.istio-system.svc'),
      authorityKeyIdentifier(root.subjectKeyIdentifier ?? keyIdentifier(root.publicKey.der)),
    ],
  };
  return signCertificate(content, issuer.privateKey);
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** Starts two minutes early, so that clusters with slow clocks accept it. istiod does the same for workloads. */
function validity({ now, validityDays }: CaCertificateOptions): { notBefore: Date; notAfter: Date } {
  return {
    notBefore: new Date(now.getTime() - 2 * minute),
    notAfter: new Date(now.getTime() + validityDays * day),
  };
}

/** The SHA-1 hash of the bits of a public key, as RFC 5280 recommends. */
function keyIdentifier(publicKey: Buffer): Buffer {
  const info = new DerReader(publicKey, 'public key').enter(tags.sequence);
  info.any();
  return createHash('sha1').update(info.bitString().bytes).digest();
}

function inDer(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}
