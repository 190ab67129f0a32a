import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Mesh } from '../../mesh/mesh';
import { git } from './git';
import type { KnownSecret } from './known-secrets';

/** Folders or files that hold keys or tokens in plain text, as they must, and that must not be committed. */
export interface PlainTextPlace {
  /** The folders or files, as messages show them. */
  readonly paths: readonly string[];
  /** What they hold, such as `private keys`. */
  readonly holds: string;
  /** Whether git ignores all of them; `outside` where they are in no repository. */
  readonly git: 'ignored' | 'not ignored' | 'outside';
}

/** Where to look for keys and tokens in plain text. */
export interface PlainTextSources {
  readonly mesh: Mesh;
  /** The folder at which the definition's relative paths start. */
  readonly directory: string;
  readonly secrets: readonly KnownSecret[];
  readonly outdir: string;
  /** The files of the output that hold plain text, as paths within it. */
  readonly output: readonly string[];
}

/** A place, and the files in it whose content is secret. */
interface Candidate extends Omit<PlainTextPlace, 'git'> {
  readonly files: readonly string[];
}

/**
 * Lists what must not be committed.
 *
 * @param root the folder of the work tree; undefined without a git repository
 */
export async function plainTextPlaces(
  sources: PlainTextSources,
  root: string | undefined,
): Promise<PlainTextPlace[]> {
  const candidates = [...inputPlaces(sources), outputPlace(sources)].filter(({ files }) => files.length > 0);
  const repository = root === undefined ? undefined : await Repository.open(root, candidates);
  return candidates.map(({ paths, holds, files }) => ({
    paths,
    holds,
    git: repository?.statusOf(files) ?? 'outside',
  }));
}

function inputPlaces({ mesh, directory, secrets }: PlainTextSources): Candidate[] {
  const inFolder = (folder: string, holds: string): Candidate => {
    const path = join(directory, folder);
    const files = secrets.map(({ file }) => resolve(directory, file));
    return { paths: [path], holds, files: files.filter((file) => file.startsWith(resolve(path) + sep)) };
  };
  const kubeconfigs = mesh.clusters.flatMap(({ kubeconfig }) => kubeconfig ?? []);
  const existing = [...new Set(kubeconfigs)].filter((file) => existsSync(resolve(directory, file)));
  return [
    inFolder(mesh.certificates.directory, 'private keys of CA certificates'),
    inFolder(mesh.remotes, 'credentials of joined clusters'),
    {
      paths: existing.map((file) => join(directory, file)),
      holds: 'your kubeconfigs',
      files: existing.map((file) => resolve(directory, file)),
    },
  ];
}

function outputPlace({ outdir, output }: PlainTextSources): Candidate {
  const folders = new Set(output.map((path) => join(outdir, dirname(path))));
  return {
    paths: [...folders],
    holds: 'Secrets in plain text, because secrets.backend is plain',
    files: output.map((path) => resolve(outdir, path)),
  };
}

/** Which files git would commit. */
class Repository {
  private constructor(
    /** The files of the work tree, as paths from its root, by their names elsewhere. */
    private readonly paths: ReadonlyMap<string, string>,
    private readonly ignored: ReadonlySet<string>,
  ) {}

  static async open(root: string, candidates: readonly Candidate[]): Promise<Repository> {
    const paths = new Map<string, string>();
    for (const file of candidates.flatMap(({ files }) => files)) {
      const path = relative(root, realpathSync(file));
      if (!path.startsWith('..') && !isAbsolute(path)) paths.set(file, path);
    }
    const input = [...paths.values()].map((path) => `${path}\0`).join('');
    const checked = await git(root, ['check-ignore', '--stdin', '-z'], input);
    return new Repository(paths, new Set(checked?.output.toString('utf8').split('\0')));
  }

  statusOf(files: readonly string[]): PlainTextPlace['git'] {
    const paths = files.flatMap((file) => this.paths.get(file) ?? []);
    if (paths.length === 0) return 'outside';
    return paths.every((path) => this.ignored.has(path)) ? 'ignored' : 'not ignored';
  }
}
