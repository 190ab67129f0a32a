import { readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Problem } from '../mesh/problem';
import { shellWord } from '../mesh/shell-word';
import { type ExaminedFile, exposedSecrets } from './exposed-secrets';
import { filesBelow } from './files-below';
import { type GitIndex, readBlobs } from './git-index';
import type { SecretKind } from './known-secret';
import type { KnownSecretFinder } from './known-secret-finder';
import type { SecretPlaces } from './secret-places';

/** What was looked into, and what was found. */
export interface Examination {
  readonly files: number;
  /** The files that were passed over because of their size. */
  readonly skipped: readonly string[];
  readonly problems: readonly Problem[];
}

/** Above this, files are passed over: what holds our keys and tokens has kilobytes. */
const largest = 32 * 1024 * 1024;
/** Above this, files that are no text are. */
const largestBinary = 1024 * 1024;

const kinds: readonly SecretKind[] = ['cacerts', 'remoteSecrets'];

/** Looks into every file of an output folder, whoever wrote it. */
export function examineOutput(outdir: string, places: SecretPlaces, finder: KnownSecretFinder): Examination {
  const files = filesBelow(outdir);
  const skipped: string[] = [];
  const problems = files.flatMap((path) => {
    const shown = join(outdir, path);
    const content = statSync(shown).size > largest ? undefined : readFileSync(shown);
    if (content === undefined || isLargeBinary(content)) {
      skipped.push(shown);
      return [];
    }
    const mayHold = kinds.filter((kind) => places.isPlainOutput(path, kind));
    const file: ExaminedFile = {
      shown,
      content,
      mayHold,
      privateKeys: mayHold.length > 0 ? 'tolerated' : 'refused',
      remedy: 'Remove it, and synthesize again. Replace it in the mesh where others may have seen it.',
    };
    return exposedSecrets(file, finder);
  });
  return { files: files.length, skipped, problems };
}

/** Looks into every file of a git index, as it is staged. */
export async function examineIndex(
  index: GitIndex,
  places: SecretPlaces,
  finder: KnownSecretFinder,
): Promise<Examination> {
  const skipped: string[] = [];
  const problems: Problem[] = [];
  let files = 0;
  for await (const { paths, content } of readBlobs(index, largest)) {
    files += paths.length;
    for (const path of paths) {
      const file = resolve(index.root, path);
      const shown = relative(process.cwd(), file);
      const never = places.neverCommitted(file);
      if (never !== undefined) problems.push(staged(shown, never));
      else if (content === undefined || isLargeBinary(content)) skipped.push(shown);
      else {
        const privateKeys = places.isInput(file) ? 'refused' : 'tolerated';
        const remedy = takeOut(shown);
        problems.push(...exposedSecrets({ shown, content, mayHold: [], privateKeys, remedy }, finder));
      }
    }
  }
  return { files, skipped, problems: problems.sort(byPlace) };
}

function staged(shown: string, what: string): Problem {
  const found = `It is in the git index, and is ${what}.`;
  return { code: 'SECRET-EXPOSED', place: { file: shown }, found, remedy: takeOut(shown) };
}

function takeOut(shown: string): string {
  return `Run git rm --cached -- ${shellWord(shown)}. Replace it in the mesh where it has been pushed.`;
}

/** As git tells text from other files. */
function isLargeBinary(content: Buffer): boolean {
  return content.length > largestBinary && content.subarray(0, 8000).includes(0);
}

/** The index lists files by their objects, whose names are as good as random. */
function byPlace({ place: a }: Problem, { place: b }: Problem): number {
  return (a.file ?? '') < (b.file ?? '')
    ? -1
    : (a.file ?? '') > (b.file ?? '')
      ? 1
      : (a.line ?? 0) - (b.line ?? 0);
}
