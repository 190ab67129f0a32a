import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** What a file is read as. Each kind has its own limit of size. */
export type InputKind = keyof typeof limits;

const megabyte = 2 ** 20;

/** The largest size of each kind of file, in bytes. */
const limits = {
  /** A definition of thousands of clusters. */
  definition: 8 * megabyte,
  /** No Secret can be larger. */
  secret: megabyte,
  /** A kubeconfig of many clusters. */
  kubeconfig: 16 * megabyte,
  /** A list of files, or a file that this package wrote. */
  other: 64 * megabyte,
} as const;

/** Why a file that exists is no input. Its code is like that of an error of the operating system. */
export class InputFileError extends Error {
  override readonly name = 'InputFileError';

  constructor(
    readonly path: string,
    readonly code: 'EISDIR' | 'EFTYPE' | 'EFBIG' | 'EILSEQ',
    readonly reason: string,
  ) {
    super(`${code}: ${reason}`);
  }
}

/**
 * Reads a regular file of limited size. A pipe would block, and a device such as /dev/zero would never end.
 *
 * @throws InputFileError for another kind of file, or one that is too large; otherwise the error of the operating
 * system
 */
export function readBytes(file: string, kind: InputKind = 'other'): Buffer {
  // Without O_NONBLOCK, opening a pipe waits for a writer.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) throw new InputFileError(file, 'EISDIR', 'it is a folder');
    if (!stats.isFile()) throw new InputFileError(file, 'EFTYPE', 'it is not a regular file');
    if (stats.size > limits[kind]) throw tooLarge(file, kind);
    return readAll(file, descriptor, stats.size, kind);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a regular file of limited size; text that is not in UTF-8 gets replacement characters. */
export function readText(file: string, kind: InputKind = 'other'): string {
  return readBytes(file, kind).toString('utf8');
}

/**
 * Reads a regular file of limited size, without a byte order mark.
 *
 * @throws InputFileError also for a text that is not in UTF-8
 */
export function readUtf8(file: string, kind: InputKind = 'other'): string {
  const bytes = readBytes(file, kind);
  if (isUtf16(bytes)) throw new InputFileError(file, 'EILSEQ', 'its text is in UTF-16, not in UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputFileError(file, 'EILSEQ', 'its text is not in UTF-8');
  }
}

/** A file can grow while it is read, and those in /proc have the size 0. */
function readAll(file: string, descriptor: number, size: number, kind: InputKind): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(4096, size + 1 - total));
    const length = readSync(descriptor, chunk);
    if (length === 0) return Buffer.concat(chunks, total);
    total += length;
    if (total > limits[kind]) throw tooLarge(file, kind);
    chunks.push(chunk.subarray(0, length));
  }
}

function tooLarge(file: string, kind: InputKind): InputFileError {
  return new InputFileError(file, 'EFBIG', `it is larger than ${limits[kind] / megabyte} MB`);
}

/** Editors of Windows write UTF-16 with a byte order mark. In English text, every second byte is 0. */
function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  return mark === 0xfffe || mark === 0xfeff || (bytes.length > 3 && (bytes[0] === 0) !== (bytes[1] === 0));
}
