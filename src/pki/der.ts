import type { asn1 as types } from 'node-forge';
import asn1 from 'node-forge/lib/asn1.js';

/** An ASN.1 value. */
export type Asn1 = types.Asn1;

const { Class, Type } = asn1;

/** Decodes a value from DER. */
export function fromDer(der: Buffer): Asn1 {
  return asn1.fromDer(der.toString('latin1'), decoding);
}

// The type declarations only know an older boolean parameter. BIT STRINGs are not decoded: a key or
// signature can look like DER by chance.
const decoding = { strict: true, parseAllBytes: true, decodeBitStrings: false } as unknown as boolean;

/** Encodes a value as DER. */
export function toDer(value: Asn1): Buffer {
  return Buffer.from(asn1.toDer(value).getBytes(), 'latin1');
}

/** A SEQUENCE of values. */
export function sequence(...values: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, values);
}

/** A SET of values. */
export function set(...values: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, values);
}

/** A primitive value of a universal type. */
export function primitive(type: keyof typeof Type, content: Buffer): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type[type], false, content.toString('latin1'));
}

/** A BIT STRING of whole bytes. */
export function bitString(content: Buffer): Asn1 {
  return primitive('BITSTRING', Buffer.concat([Buffer.of(0), content]));
}

/** An OBJECT IDENTIFIER from its text. */
export function oid(identifier: string): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(identifier).getBytes());
}

/** A value within a context-specific tag. */
export function explicit(tag: number, value: Asn1): Asn1 {
  return asn1.create(Class.CONTEXT_SPECIFIC, tag, true, [value]);
}

/** A primitive value whose tag is replaced by a context-specific tag. */
export function implicit(tag: number, content: Buffer): Asn1 {
  return asn1.create(Class.CONTEXT_SPECIFIC, tag, false, content.toString('latin1'));
}

/** A point in time as RFC 5280 requires: UTCTime until 2049, GeneralizedTime from 2050 on. */
export function time(date: Date): Asn1 {
  return date.getUTCFullYear() < 2050
    ? asn1.create(Class.UNIVERSAL, Type.UTCTIME, false, asn1.dateToUtcTime(date))
    : asn1.create(Class.UNIVERSAL, Type.GENERALIZEDTIME, false, asn1.dateToGeneralizedTime(date));
}
