import type { Readable } from 'node:stream';

/** A file as git holds it. */
export interface Blob {
  readonly size: number;
  /** Undefined for one that is above the limit. */
  readonly content: Buffer | undefined;
}

/** Reads what `git cat-file --batch` writes: for each object a line with its size, its content, a line end. */
export class BlobReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  /** @param limit the size in bytes above which a content is passed over instead of being held */
  constructor(
    output: Readable,
    private readonly limit: number,
  ) {
    this.chunks = output[Symbol.asyncIterator]();
  }

  /** The next object; undefined where there is none, or where it is missing. */
  async next(): Promise<Blob | undefined> {
    const header = await this.line();
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(header ?? '')?.[1] ?? Number.NaN);
    if (Number.isNaN(size)) return undefined;
    const content = await this.bytes(size, size <= this.limit);
    await this.bytes(1, false);
    return { size, content };
  }

  private async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.rest.indexOf(0x0a);
      if (end >= 0) {
        const line = this.rest.toString('utf8', 0, end);
        this.rest = this.rest.subarray(end + 1);
        return line;
      }
      const chunk = await this.chunk();
      if (chunk === undefined) return undefined;
      this.rest = Buffer.concat([this.rest, chunk]);
    }
  }

  private async bytes(count: number, keep: boolean): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    let left = count;
    while (left > 0) {
      if (this.rest.length === 0) {
        const chunk = await this.chunk();
        if (chunk === undefined) break;
        this.rest = chunk;
      }
      const part = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(part.length);
      left -= part.length;
      if (keep) parts.push(part);
    }
    return keep ? Buffer.concat(parts) : undefined;
  }

  private async chunk(): Promise<Buffer | undefined> {
    const { value, done } = await this.chunks.next();
    return done ? undefined : value;
  }
}
