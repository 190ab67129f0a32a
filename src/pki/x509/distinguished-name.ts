import { DerError, DerReader, type DerValue, tags } from './der-reader';

/** A distinguished name. */
export interface DistinguishedName {
  /** The name in DER. Two names are equal if their bytes are. */
  readonly der: Buffer;
  /** The name on one line, such as `O=Istio, CN=Root CA`. */
  readonly text: string;
}

/** Reads a name; `what` is the name's name in messages, such as `subject`. */
export function readName(der: DerReader, what: string): DistinguishedName {
  const { element } = der.value(tags.sequence);
  const names = new DerReader(element, what).enter(tags.sequence);
  const attributes: string[] = [];
  while (!names.isEmpty) {
    const set = names.enter(tags.set);
    while (!set.isEmpty) attributes.push(readAttribute(set.enter(tags.sequence), what));
  }
  return { der: element, text: attributes.join(', ') || '(no name)' };
}

function readAttribute(attribute: DerReader, what: string): string {
  const type = attribute.oid();
  const value = attribute.any();
  const string = strings[value.tag];
  if (string === undefined) throw new DerError(`its ${what} has a value that is not a string`);
  const text = string.read(value.content);
  if (text === undefined) {
    throw new DerError(`its ${what} has characters that a ${string.name} must not have`);
  }
  return `${attributeNames[type] ?? type}=${printable(text)}`;
}

/** Control characters in a name must not reach a terminal. */
function printable(text: string): string {
  return text.replace(
    /\p{Cc}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const attributeNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

interface StringType {
  readonly name: string;
  /** The text; undefined if there are characters that the type does not have. */
  readonly read: (content: DerValue['content']) => string | undefined;
}

const matching = (characters: RegExp) => (content: Buffer) => {
  const text = content.toString('latin1');
  return characters.test(text) ? text : undefined;
};

const strings: Readonly<Record<number, StringType>> = {
  [tags.utf8String]: { name: 'UTF8String', read: readUtf8 },
  // Wildcards and ampersands are not part of the type, but many certificates have them.
  [tags.printableString]: { name: 'PrintableString', read: matching(/^[a-zA-Z0-9'()+,\-./ :=?*&]*$/) },
  [tags.numericString]: { name: 'NumericString', read: matching(/^[0-9 ]*$/) },
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are part of the type
  [tags.ia5String]: { name: 'IA5String', read: matching(/^[\x00-\x7f]*$/) },
  [tags.t61String]: { name: 'T61String', read: (content) => content.toString('latin1') },
  [tags.bmpString]: { name: 'BMPString', read: readBmp },
};

function readUtf8(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** Two bytes a character, which are neither surrogates nor reserved. */
function readBmp(content: Buffer): string | undefined {
  if (content.length % 2 !== 0) return undefined;
  const text = Buffer.from(content).swap16().toString('utf16le').replace(/\0$/, '');
  return /[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/.test(text) ? undefined : text;
}
