/** One block of a PEM text. */
export interface PemBlock {
  /** The label, such as CERTIFICATE. */
  readonly label: string;
  /** The lines before the content, such as `Proc-Type: 4,ENCRYPTED`. */
  readonly headers: ReadonlyMap<string, string>;
  /** The content. */
  readonly der: Buffer;
}

interface Decoded {
  readonly block: PemBlock;
  /** The text after the block. */
  readonly rest: string;
}

/**
 * The blocks of a PEM text, in order, that Go finds. It ignores the text around them, and blocks that are malformed;
 * see {@link pemProblem}. A block can also start directly after the one before; see {@link lacksNewline}.
 *
 * @see https://pkg.go.dev/encoding/pem#Decode
 */
export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  let rest = separate(text);
  for (let decoded = decode(rest); decoded !== undefined; decoded = decode(rest)) {
    blocks.push(decoded.block);
    rest = decoded.rest;
  }
  return blocks;
}

const joined = /(-----END [A-Z0-9 ]+-----)(-----BEGIN )/;

function separate(text: string): string {
  return text.replaceAll(new RegExp(joined, 'g'), '$1\n$2');
}

/** Finds the first block. */
function decode(text: string): Decoded | undefined {
  let rest = text;
  for (;;) {
    const end = rest.indexOf('\n-----END ');
    if (end < 0) return undefined;
    // The last BEGIN before an END counts, so that a block without its last line does not swallow the next one.
    const begin = rest.lastIndexOf('-----BEGIN ', end - 1);
    const decoded = begin === 0 || rest[begin - 1] === '\n' ? decodeBlock(rest.slice(begin)) : undefined;
    if (decoded !== undefined) return decoded;
    rest = rest.slice(end + '\n-----END '.length);
  }
}

/** Decodes the block at the start of a text. */
function decodeBlock(text: string): Decoded | undefined {
  const match = /^-----BEGIN ([^\n]*)-----[ \t]*\r?(\n[\s\S]*)$/.exec(text);
  if (match === null) return undefined;
  const [, label = '', afterLabel = ''] = match;
  const end = afterLabel.indexOf('\n-----END ');
  const lastLine = /^\n-----END ([^\n]*?)[ \t]*\r?(?:\n|$)/.exec(afterLabel.slice(end));
  if (lastLine?.[1] !== `${label}-----`) return undefined;
  const lines = afterLabel.slice(0, end).split('\n').slice(1);
  const content = lines.findIndex((line) => !line.includes(':'));
  const headers = new Map(lines.slice(0, content < 0 ? lines.length : content).map(readHeader));
  const base64 = (content < 0 ? [] : lines.slice(content)).join('').replace(/[ \t\r]/g, '');
  if (!isBase64(base64)) return undefined;
  const rest = afterLabel.slice(end + (lastLine?.[0].length ?? 0));
  return { block: { label, headers, der: Buffer.from(base64, 'base64') }, rest };
}

function readHeader(line: string): [key: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** Why Go does not find all blocks of a text; undefined if it finds them. */
export function pemProblem(text: string): string | undefined {
  const separated = separate(text);
  const begins = separated.match(/-----BEGIN /g)?.length ?? 0;
  const ends = separated.match(/-----END /g)?.length ?? 0;
  const found = pemBlocks(text).length;
  if (begins === 0 && ends === 0) return 'It contains no PEM block.';
  if (begins === found && ends === found) return undefined;
  if (/[^\n]-----BEGIN /.test(separated)) return 'A PEM block does not start at the beginning of a line.';
  if (begins !== ends) return 'The first or last line of a PEM block is missing.';
  return 'A PEM block is malformed: its labels differ, or its content is not base64.';
}

/** Whether a text has a private key, also one in a block that Go does not find. */
export function containsPrivateKey(text: string): boolean {
  return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text);
}

/** Whether a block starts on the line on which another one ends. Go then finds neither. */
export function hasJoinedBlocks(text: string): boolean {
  return joined.test(text);
}

/** Whether a newline is missing after a block or at the end of the text. */
export function lacksNewline(text: string): boolean {
  return /[^\n]$/.test(text) || /-----END [A-Z0-9 ]+-----[ \t]*\S/.test(text);
}

/** Whether a text mixes Windows and Unix line endings. */
export function hasMixedLineEnds(text: string): boolean {
  return new Set(text.match(/\r\n|\r|\n/g)).size > 1;
}
