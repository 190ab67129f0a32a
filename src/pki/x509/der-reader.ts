/** The tags of DER values that certificates contain. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The context-specific tag of a primitive value. */
export const contextTag = (number: number): number => 0x80 | number;
/** The context-specific tag of a constructed value. */
export const constructedTag = (number: number): number => 0xa0 | number;

/** DER that Go does not read. The message is a clause, such as `its serial number is negative`. */
export class DerError extends Error {}

/** A value: its tag, its content, and all of its bytes. */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
  readonly element: Buffer;
}

/**
 * Reads DER as strictly as Go's crypto/x509 does. OpenSSL reads much more, and istiod, kubectl and the API
 * server are written in Go.
 *
 * Like the reader of Go, it ignores what follows the last value that a caller reads.
 */
export class DerReader {
  private rest: Buffer;

  /** @param what the value as messages name it, such as `validity` */
  constructor(
    der: Buffer,
    private readonly what: string,
  ) {
    this.rest = der;
  }

  get isEmpty(): boolean {
    return this.rest.length === 0;
  }

  /** Whether the next value has a tag. */
  hasNext(tag: number): boolean {
    return this.rest[0] === tag;
  }

  /** @throws DerError about what is read */
  fail(problem = `its ${this.what} is not valid DER`): never {
    throw new DerError(problem);
  }

  /** Reads the next value, with any tag. */
  any(): DerValue {
    const [tag, first] = this.rest;
    // Tags of several bytes do not occur in certificates.
    if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return this.fail();
    const { length, start } = first < 0x80 ? { length: first, start: 2 } : this.longLength(first & 0x7f);
    const end = start + length;
    if (end > this.rest.length) return this.fail();
    const element = this.rest.subarray(0, end);
    this.rest = this.rest.subarray(end);
    return { tag, content: element.subarray(start), element };
  }

  /** Reads the next value, which must have the tag. */
  value(tag: number): DerValue {
    const value = this.any();
    return value.tag === tag ? value : this.fail();
  }

  /** The content of the next value, which must have the tag. */
  content(tag: number): Buffer {
    return this.value(tag).content;
  }

  /** A reader of the parts of the next value, which must have the tag. */
  enter(tag: number, what = this.what): DerReader {
    return new DerReader(this.content(tag), what);
  }

  /** A reader of the parts of the next value; undefined if it has another tag. */
  enterOptional(tag: number, what = this.what): DerReader | undefined {
    return this.hasNext(tag) ? this.enter(tag, what) : undefined;
  }

  boolean(): boolean {
    const content = this.content(tags.boolean);
    if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) return this.fail();
    return content[0] === 0xff;
  }

  /** The bytes of an INTEGER, or of one with another tag, in two's complement. */
  integer(tag: number = tags.integer): Buffer {
    const content = this.content(tag);
    const [first, second = 0] = content;
    const isPadded =
      content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
    return first === undefined || isPadded ? this.fail() : content;
  }

  /** A number that is not negative, of at most `bits` bits. */
  number(bits: number, tag?: number): bigint {
    const content = this.integer(tag);
    const number = unsigned(content);
    return (content[0] ?? 0) >= 0x80 || number >> BigInt(bits) > 0n ? this.fail() : number;
  }

  oid(): string {
    return oidOf(this.content(tags.oid)) ?? this.fail();
  }

  /** The bytes of a BIT STRING. Bits that do not exist are 0, as they must be. */
  bitString(): { readonly bytes: Buffer; readonly unusedBits: number } {
    const content = this.content(tags.bitString);
    const unusedBits = content[0];
    const bytes = content.subarray(1);
    const last = bytes.at(-1);
    if (unusedBits === undefined || unusedBits > 7) return this.fail();
    if (last === undefined ? unusedBits > 0 : (last & ((1 << unusedBits) - 1)) !== 0) return this.fail();
    return { bytes, unusedBits };
  }

  /** The length that is written in several bytes. */
  private longLength(size: number): { length: number; start: number } {
    const start = 2 + size;
    if (size === 0 || size > 4 || this.rest.length < start) return this.fail();
    const length = this.rest.readUIntBE(2, size);
    // The shortest form is the only one.
    if (length < 0x80 || this.rest[2] === 0) return this.fail();
    return { length, start };
  }
}

/** The number in bytes without a sign. */
export function unsigned(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
}

/** The text of an OBJECT IDENTIFIER; undefined if Go cannot read it: its numbers have at most 31 bits. */
function oidOf(content: Buffer): string | undefined {
  const numbers: number[] = [];
  let number = 0;
  let size = 0;
  for (const byte of content) {
    if ((size === 0 && byte === 0x80) || size === 5 || number >= 2 ** 24) return undefined;
    number = number * 128 + (byte & 0x7f);
    size += 1;
    if (byte >= 0x80) continue;
    numbers.push(number);
    [number, size] = [0, 0];
  }
  const [first] = numbers;
  if (first === undefined || size > 0) return undefined;
  const top = Math.min(Math.floor(first / 40), 2);
  return [top, first - top * 40, ...numbers.slice(1)].join('.');
}
