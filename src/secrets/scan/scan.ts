import { readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { filesBelow } from '../../files/existing-files';
import type { Problem } from '../../problems/problem';
import { shellWord } from '../../problems/suggestion';
import { exposedSecrets, type ScannedFile } from './exposed-secrets';
import { type GitIndex, readBlobs } from './git-index';
import type { KnownSecretFinder } from './known-secret-finder';
import type { SecretKind } from './known-secrets';
import type { SecretLocations } from './secret-locations';

/** What was looked into, and what was found. */
export interface ScanResult {
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
export function scanOutput(outdir: string, places: SecretLocations, finder: KnownSecretFinder): ScanResult {
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
    const file: ScannedFile = {
      shown,
      content,
      mayHold,
      privateKeys: mayHold.length > 0 ? 'tolerated' : 'refused',
      hint: 'Remove it, and synthesize again. Replace it in the mesh where others may have seen it.',
    };
    return exposedSecrets(file, finder);
  });
  return { files: files.length, skipped, problems };
}

/** Looks into every file of a git index, as it is staged. */
export async function scanGitIndex(
  index: GitIndex,
  places: SecretLocations,
  finder: KnownSecretFinder,
): Promise<ScanResult> {
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
        const hint = takeOut(shown);
        problems.push(...exposedSecrets({ shown, content, mayHold: [], privateKeys, hint }, finder));
      }
    }
  }
  return { files, skipped, problems: problems.sort(byPlace) };
}

function staged(shown: string, what: string): Problem {
  const message = `It is in the git index, and is ${what}.`;
  return { code: 'SECRET-EXPOSED', location: { file: shown }, message, hint: takeOut(shown) };
}

function takeOut(shown: string): string {
  return `Run git rm --cached -- ${shellWord(shown)}. Replace it in the mesh where it has been pushed.`;
}

/** As git tells text from other files. */
function isLargeBinary(content: Buffer): boolean {
  return content.length > largestBinary && content.subarray(0, 8000).includes(0);
}

/** The index lists files by their objects, whose names are as good as random. */
function byPlace({ location: a }: Problem, { location: b }: Problem): number {
  return (a.file ?? '') < (b.file ?? '')
    ? -1
    : (a.file ?? '') > (b.file ?? '')
      ? 1
      : (a.line ?? 0) - (b.line ?? 0);
}
