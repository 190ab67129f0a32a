import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { Certificate } from './certificate';
import { bytes, fromDer, parts } from './der';
import {
  authorityKeyIdentifier,
  caConstraints,
  caKeyUsage,
  distinguishedName,
  dnsAltName,
  signCertificate,
  subjectKeyIdentifier,
} from './sign-certificate';

/** What the certificate of a new CA needs. */
export interface CaCertificateOptions {
  /** The CA's own key. */
  readonly privateKey: KeyObject;
  /** The current time. */
  readonly now: Date;
  /** For how many days from now the certificate is valid. */
  readonly validityDays: number;
  /** A positive integer in DER, at most 20 bytes long; see {@link randomSerialNumber}. */
  readonly serialNumber: Buffer;
}

/** What the certificate of a cluster's intermediate CA needs. */
export interface IntermediateCertificateOptions extends CaCertificateOptions {
  /** The name of the cluster. */
  readonly cluster: string;
  /** The root CA that issues the certificate. */
  readonly issuer: { readonly certificate: Certificate; readonly privateKey: KeyObject };
}

/**
 * Issues the certificate of a mesh's root CA, signed by its own key, as a PEM text.
 *
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export function issueRootCertificate(options: CaCertificateOptions): string {
  const { privateKey, serialNumber } = options;
  const publicKey = createPublicKey(privateKey);
  const name = distinguishedName(['O', 'Istio'], ['CN', 'Root CA']);
  const extensions = [subjectKeyIdentifier(keyIdentifier(publicKey)), caConstraints(), caKeyUsage()];
  const content = { serialNumber, issuer: name, ...validity(options), subject: name, publicKey, extensions };
  return signCertificate(content, privateKey);
}

/**
 * Issues the certificate of a cluster's intermediate CA, as a PEM text. It never outlives its root.
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
      subjectKeyIdentifier(keyIdentifier(publicKey)),
      caConstraints(0),
      caKeyUsage(),
      dnsAltName('istiod.istio-system.svc'),
      authorityKeyIdentifier(root.subjectKeyIdentifier ?? keyIdentifier(root.publicKey)),
    ],
  };
  return signCertificate(content, issuer.privateKey);
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** Clusters whose clocks are two minutes behind accept it at once; istiod grants workloads the same. */
function validity({ now, validityDays }: CaCertificateOptions): { notBefore: Date; notAfter: Date } {
  return {
    notBefore: new Date(now.getTime() - 2 * minute),
    notAfter: new Date(now.getTime() + validityDays * day),
  };
}

/** The SHA-1 of the bits of a public key, which RFC 5280 proposes to name a key by. */
function keyIdentifier(publicKey: KeyObject): Buffer {
  const [, bits] = parts(fromDer(publicKey.export({ type: 'spki', format: 'der' })));
  // The first byte counts unused bits, of which there are none.
  return createHash('sha1').update(bytes(bits).subarray(1)).digest();
}
