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

/** The number of scanned files, and the problems in them. */
export interface ScanResult {
  readonly files: number;
  /** The files that were skipped because of their size. */
  readonly skipped: readonly string[];
  readonly problems: readonly Problem[];
}

/** The result for an output folder. */
export interface OutputScanResult extends ScanResult {
  /** The files that hold Secrets in plain text, because their backend is `plain`. */
  readonly plainText: readonly string[];
}

/** The size limit in bytes. Files with keys and tokens of a mesh have a few kilobytes. */
const largest = 32 * 1024 * 1024;
/** The size limit of binary files in bytes. */
const largestBinary = 1024 * 1024;

const kinds: readonly SecretKind[] = ['cacerts', 'remoteSecrets'];

/** Scans every file of an output folder, including files that istio-mesh did not write. */
export function scanOutput(
  outdir: string,
  locations: SecretLocations,
  finder: KnownSecretFinder,
): OutputScanResult {
  const files = filesBelow(outdir);
  const skipped: string[] = [];
  const plainText: string[] = [];
  const problems = files.flatMap((path) => {
    const shown = join(outdir, path);
    const content = statSync(shown).size > largest ? undefined : readFileSync(shown);
    if (content === undefined || isLargeBinary(content)) {
      skipped.push(shown);
      return [];
    }
    const mayHold = kinds.filter((kind) => locations.isPlainOutput(path, kind));
    if (mayHold.length > 0 && content.includes('\nkind: Secret\n')) plainText.push(path);
    const file: ScannedFile = {
      shown,
      content,
      mayHold,
      privateKeys: mayHold.length > 0 ? 'tolerated' : 'refused',
      hint: 'Delete the file, and synthesize again. Rotate the key or token if others could read it.',
    };
    return exposedSecrets(file, finder);
  });
  return { files: files.length, skipped, problems, plainText };
}

/** Scans the staged content of every file in a git index. */
export async function scanGitIndex(
  index: GitIndex,
  locations: SecretLocations,
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
      const forbidden = locations.forbiddenInGit(file);
      if (forbidden !== undefined) problems.push(stagedFile(shown, forbidden));
      else if (content === undefined || isLargeBinary(content)) skipped.push(shown);
      else {
        const privateKeys = locations.isInput(file) ? 'refused' : 'tolerated';
        const hint = unstageHint(shown);
        problems.push(...exposedSecrets({ shown, content, mayHold: [], privateKeys, hint }, finder));
      }
    }
  }
  return { files, skipped, problems: problems.sort(byLocation) };
}

function stagedFile(shown: string, content: string): Problem {
  const message = `The git index contains ${content}.`;
  return { code: 'SECRET-EXPOSED', location: { file: shown }, message, hint: unstageHint(shown) };
}

function unstageHint(shown: string): string {
  return `Run git rm --cached -- ${shellWord(shown)}. Rotate the key or token if it was pushed.`;
}

/** Detects binary files as git does. */
function isLargeBinary(content: Buffer): boolean {
  return content.length > largestBinary && content.subarray(0, 8000).includes(0);
}

/** The index lists files by object ID, which is a random order. */
function byLocation({ location: a }: Problem, { location: b }: Problem): number {
  return (a.file ?? '') < (b.file ?? '')
    ? -1
    : (a.file ?? '') > (b.file ?? '')
      ? 1
      : (a.line ?? 0) - (b.line ?? 0);
}
