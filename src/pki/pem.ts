/** One block of a PEM text. */
export interface PemBlock {
  /** What it says it is, such as CERTIFICATE. */
  readonly label: string;
  /** The block from its first dash to its last, without a line end. */
  readonly text: string;
}

/** The blocks of a PEM text, in order. Text around them is passed over, as PEM readers do. */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(block)].map((match) => ({ label: match[1] ?? '', text: match[0] }));
}

/**
 * Why readers do not find all blocks of a PEM text, or none at all; undefined where they do. Go, which
 * istiod is written in, sees a block only where it begins a line.
 */
export function blockFault(text: string): string | undefined {
  if (pemBlocks(text).length === 0) return 'It holds no PEM block.';
  if (/-----(BEGIN|END) /.test(text.replaceAll(block, '')))
    return 'A PEM block has only one of its two ends.';
  if (/[^\n-]-----BEGIN /.test(text)) return 'Something stands before a PEM block, in the same line.';
  return undefined;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*(?:-(?!----)[^-]*)*-----END \1-----/g;

/** Whether a text, or a block within it, ends in the middle of a line, so that what follows is lost. */
export function lacksNewline(text: string): boolean {
  return /[^\n]$/.test(text) || /-----END [A-Z0-9 ]+-----[ \t]*\S/.test(text);
}

/** Whether some lines of a text end as on Windows, and others as on Unix. */
export function hasMixedLineEnds(text: string): boolean {
  return new Set(text.match(/\r\n|\r|\n/g)).size > 1;
}
