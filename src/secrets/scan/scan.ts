import { join, relative, resolve } from 'node:path';
import type { Problem } from '../../problems/problem';
import { shellWord } from '../../problems/suggestion';
import type { Allowance, ExposedSecret, ExposedSecrets } from './exposed-secrets';
import { type GitIndex, readBlobs } from './git-index';
import type { SecretKind } from './known-secrets';
import { largestFile, ScannedFiles, type Unsearched } from './scanned-files';
import type { SecretLocations } from './secret-locations';

/** The number of searched files, the problems in them, and what could not be searched. */
export interface ScanResult {
  readonly files: number;
  readonly unsearched: readonly Unsearched[];
  readonly problems: readonly Problem[];
}

/** The result for an output folder. */
export interface OutputScanResult extends ScanResult {
  /** The files that hold Secrets in plain text, because their backend is `plain`. */
  readonly plainText: readonly string[];
}

const kinds: readonly SecretKind[] = ['cacerts', 'remoteSecrets'];

/** Searches every file of an output folder, including files that istio-mesh did not write. */
export function scanOutput(
  outdir: string,
  locations: SecretLocations,
  secrets: ExposedSecrets,
): OutputScanResult {
  const found = new ScannedFiles(outdir);
  const plainText: string[] = [];
  const problems: Problem[] = [];
  const searched = new Map<string, { exposed: readonly ExposedSecret[]; isPlain: boolean }>();
  for (const file of found.files) {
    const mayHold = kinds.filter((kind) => locations.isPlainOutput(file.path, kind));
    const key = `${mayHold} ${file.identity}`;
    let result = searched.get(key);
    if (result === undefined) {
      const content = found.read(file);
      if (content === undefined) continue;
      const allowance: Allowance = { mayHold, refusedKeys: mayHold.length > 0 ? 'none' : 'any' };
      const isPlain = mayHold.length > 0 && content.includes('\nkind: Secret\n');
      result = { exposed: secrets.in(content, allowance), isPlain };
      searched.set(key, result);
    }
    if (result.isPlain) plainText.push(file.path);
    problems.push(...problemsOf(result.exposed, join(outdir, file.path), outputHint));
  }
  return { files: found.files.length, unsearched: found.unsearched, problems, plainText };
}

const outputHint = 'Delete the file, and synthesize again. Rotate the key or token if others could read it.';

/** Searches the staged content of every file in a git index. */
export async function scanGitIndex(
  index: GitIndex,
  locations: SecretLocations,
  secrets: ExposedSecrets,
): Promise<ScanResult> {
  const unsearched: Unsearched[] = [];
  const problems: Problem[] = [];
  let files = 0;
  for await (const { paths, content } of readBlobs(index, largestFile)) {
    files += paths.length;
    for (const path of paths) {
      const file = resolve(index.root, path);
      const shown = relative(process.cwd(), file);
      const forbidden = locations.forbiddenInGit(file);
      if (forbidden !== undefined) problems.push(stagedFile(shown, forbidden));
      else if (content === undefined) unsearched.push({ path: shown, reason: 'it is larger than 256 MiB' });
      else {
        const refusedKeys = locations.isInput(file) ? 'any' : 'signing';
        problems.push(
          ...problemsOf(secrets.in(content, { mayHold: [], refusedKeys }), shown, unstageHint(shown)),
        );
      }
    }
  }
  return { files, unsearched, problems: problems.sort(byLocation) };
}

function problemsOf(exposed: readonly ExposedSecret[], file: string, hint: string): Problem[] {
  return exposed.map(({ line, message }) => ({
    code: 'SECRET-EXPOSED',
    location: { file, line },
    message,
    hint,
  }));
}

function stagedFile(shown: string, content: string): Problem {
  const message = `The git index contains ${content}.`;
  return { code: 'SECRET-EXPOSED', location: { file: shown }, message, hint: unstageHint(shown) };
}

function unstageHint(shown: string): string {
  return `Run git rm --cached -- ${shellWord(shown)}. Rotate the key or token if it was pushed.`;
}

/** The index lists files by object ID, which is a random order. */
function byLocation({ location: a }: Problem, { location: b }: Problem): number {
  return (a.file ?? '') < (b.file ?? '')
    ? -1
    : (a.file ?? '') > (b.file ?? '')
      ? 1
      : (a.line ?? 0) - (b.line ?? 0);
}
