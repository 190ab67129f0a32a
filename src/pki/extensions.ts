import { type Asn1, explicit, implicit, oid, primitive, sequence, toDer } from './der';

/** The object identifiers of the extensions that matter to a CA. */
export const extensionOids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

/** Extension subjectKeyIdentifier. */
export function subjectKeyIdentifier(keyIdentifier: Buffer): Asn1 {
  return extension('subjectKeyIdentifier', 'not critical', primitive('OCTETSTRING', keyIdentifier));
}

/** Extension authorityKeyIdentifier. */
export function authorityKeyIdentifier(keyIdentifier: Buffer): Asn1 {
  return extension('authorityKeyIdentifier', 'not critical', sequence(implicit(0, keyIdentifier)));
}

/** Extension basicConstraints of a CA; the path length counts the CA certificates that may follow below. */
export function caConstraints(pathLength?: number): Asn1 {
  const limit = pathLength === undefined ? [] : [primitive('INTEGER', Buffer.of(pathLength))];
  return extension('basicConstraints', 'critical', sequence(primitive('BOOLEAN', Buffer.of(0xff)), ...limit));
}

/** Extension keyUsage as Istio's CA certificates have it. */
export function caKeyUsage(): Asn1 {
  // digitalSignature, nonRepudiation, keyEncipherment and keyCertSign: bits 0, 1, 2 and 5 from the left,
  // after the number of bits, 2, that are not used.
  return extension('keyUsage', 'critical', primitive('BITSTRING', Buffer.of(2, 0b1110_0100)));
}

/** Extension subjectAltName with one DNS name. */
export function dnsAltName(name: string): Asn1 {
  return extension('subjectAltName', 'not critical', sequence(implicit(2, Buffer.from(name, 'ascii'))));
}

/** The extensions of a certificate, as the field of it that holds them. */
export function extensionsField(extensions: readonly Asn1[]): Asn1 {
  return explicit(3, sequence(...extensions));
}

function extension(name: keyof typeof extensionOids, weight: 'critical' | 'not critical', value: Asn1): Asn1 {
  const critical = weight === 'critical' ? [primitive('BOOLEAN', Buffer.of(0xff))] : [];
  return sequence(oid(extensionOids[name]), ...critical, primitive('OCTETSTRING', toDer(value)));
}
