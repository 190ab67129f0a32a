import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { MeshError } from '../../problems/problem';
import { git, gitEnvironment } from './git';

/** The content of a file in git. */
interface Blob {
  readonly size: number;
  /** Undefined for a file above the size limit. */
  readonly content: Buffer | undefined;
}

/** Reads the output of `git cat-file --batch`: for each object a line with its size, its content and a line break. */
class BlobReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  /** @param limit the size in bytes above which a content is skipped */
  constructor(
    output: Readable,
    private readonly limit: number,
  ) {
    this.chunks = output[Symbol.asyncIterator]();
  }

  /** The next object; undefined at the end, or for a missing object. */
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

/** The index of a git repository: the content of the next commit. */
export interface GitIndex {
  /** The folder of the work tree. */
  readonly root: string;
  /** The paths of the files, relative to the root, by object ID. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

/** A file of the index. Several paths can have the same content. */
export interface IndexedBlob {
  readonly paths: readonly string[];
  readonly size: number;
  /** Undefined for a file that is too large to scan. */
  readonly content: Buffer | undefined;
}

/** The reason why there is no index to scan. */
export interface NoIndex {
  readonly reason: string;
}

/**
 * Opens the index of the git repository that contains a folder.
 *
 * @throws MeshError where git cannot read the repository
 */
export async function openGitIndex(folder: string): Promise<GitIndex | NoIndex> {
  const top = await git(folder, ['rev-parse', '--show-toplevel']);
  if (top === undefined) {
    if (!isInRepository(folder)) return { reason: 'there is no git on the PATH, and no repository' };
    throw unreadable(folder, 'there is no git on the PATH');
  }
  if (top.status !== 0) {
    if (/not a git repository/i.test(top.errors) && !isInRepository(folder))
      return { reason: 'mesh.yaml is in no git repository' };
    throw unreadable(folder, top.errors);
  }
  const root = top.output.toString('utf8').replace(/\r?\n$/, '');
  const listed = await git(root, ['ls-files', '--stage', '-z']);
  if (listed === undefined || listed.status !== 0) throw unreadable(root, listed?.errors ?? '');
  const paths = new Map<string, string[]>();
  for (const entry of listed.output.toString('utf8').split('\0')) {
    const [, mode, object, path] = /^(\d+) ([0-9a-f]+) \d\t([\s\S]+)$/.exec(entry) ?? [];
    // A submodule is a commit of another repository.
    if (object === undefined || path === undefined || mode === '160000') continue;
    paths.set(object, [...(paths.get(object) ?? []), path]);
  }
  return { root, paths };
}

/**
 * Reads the staged files of an index one after the other.
 *
 * @param limit the size in bytes above which the content of a file is skipped
 */
export async function* readBlobs({ root, paths }: GitIndex, limit: number): AsyncGenerator<IndexedBlob> {
  const child = spawn('git', ['cat-file', '--batch'], {
    cwd: root,
    env: gitEnvironment(),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const closed = once(child, 'close');
  child.stdin.on('error', () => {});
  child.stdin.end([...paths.keys()].map((object) => `${object}\n`).join(''));
  const reader = new BlobReader(child.stdout, limit);
  for (const [object, names] of paths) {
    const blob = await reader.next();
    if (blob === undefined) throw unreadable(root, `object ${object} of ${names[0]} is missing`);
    yield { paths: names, ...blob };
  }
  await closed;
}

/** Without git, a repository is recognized by its folder. */
function isInRepository(folder: string): boolean {
  if (process.env.GIT_DIR !== undefined) return true;
  for (let current = resolve(folder); ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return true;
    if (current === dirname(current)) return false;
  }
}

function unreadable(root: string, errors: string): MeshError {
  return new MeshError([
    {
      code: 'SECRET-INDEX',
      location: { file: root },
      message: `git cannot read the staged files: ${errors.replace(/\s+/g, ' ') || 'git gives no reason'}.`,
      hint: 'Install git or repair the repository, and run istio-mesh check again.',
    },
  ]);
}
