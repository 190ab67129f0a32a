import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { OutputFile } from '../files/output-file';
import { MeshError } from '../problems/problem';

/** Lists, within an output folder, the files that we wrote: only these are ever removed. */
const listName = '.istio-mesh-files';

/**
 * Writes an output folder as a whole: beside the earlier one, then moved into its place. Whatever stops
 * it leaves the earlier output as it was. What an earlier run wrote and this one does not is gone
 * afterwards; everything else in the folder stays.
 *
 * @throws MeshError where the folder cannot be written
 */
export function writeOutput(outdir: string, files: readonly OutputFile[]): void {
  const target = existsSync(outdir) ? realpathSync(outdir) : resolve(outdir);
  const next = besides(target, 'next');
  try {
    mkdirSync(dirname(target), { recursive: true });
    finishInterrupted(target);
    writeFiles(next, files);
    if (existsSync(target)) keepForeign(target, next, new Set(files.map(({ path }) => path)));
    replace(target, next);
  } catch (error) {
    rmSync(next, { recursive: true, force: true });
    throw notWritable(outdir, error as NodeJS.ErrnoException);
  }
}

/** A name beside the folder, on the same file system, that belongs to this process alone. */
function besides(target: string, state: 'next' | 'previous'): string {
  return join(dirname(target), `.${basename(target)}.${state}-${process.pid}`);
}

/** Puts back what a run that was killed had moved away, and clears what it left. */
function finishInterrupted(target: string): void {
  const left = new RegExp(`^\\.${escapeRegExp(basename(target))}\\.(next|previous)-(\\d+)$`);
  for (const name of readdirSync(dirname(target))) {
    const [, state, pid] = left.exec(name) ?? [];
    if (pid === undefined || (Number(pid) !== process.pid && isRunning(Number(pid)))) continue;
    const path = join(dirname(target), name);
    if (state === 'previous' && !existsSync(target)) renameSync(path, target);
    else rmSync(path, { recursive: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function writeFiles(folder: string, files: readonly OutputFile[]): void {
  const list = files.map(({ path }) => `${path}\n`).sort();
  const made = new Set<string>();
  for (const { path, content, secrecy } of files) {
    const file = join(folder, path);
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    made.add(dirname(file));
    writeFileSync(file, content, { mode: secrecy === 'secret' ? 0o600 : 0o644, flag: 'wx' });
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, listName), list.join(''));
}

/** Carries over what others put into the folder: by links, so that nothing is copied. */
function keepForeign(from: string, to: string, written: ReadonlySet<string>): void {
  const list = join(from, listName);
  // git may have given it the line ends of another system.
  const ours = new Set(existsSync(list) ? readFileSync(list, 'utf8').split(/\r?\n/) : []);
  const keep = (folder: string): void => {
    const entries = readdirSync(join(from, folder));
    // We leave no empty folder, so that one is somebody else's.
    if (entries.length === 0) mkdirSync(join(to, folder), { recursive: true });
    for (const entry of entries) {
      const path = folder === '' ? entry : `${folder}/${entry}`;
      if (lstatSync(join(from, path)).isDirectory()) keep(path);
      else if (path !== listName && !ours.has(path) && !written.has(path)) {
        mkdirSync(join(to, folder), { recursive: true });
        carry(join(from, path), join(to, path));
      }
    }
  };
  keep('');
}

function carry(from: string, to: string): void {
  if (lstatSync(from).isSymbolicLink()) {
    symlinkSync(readlinkSync(from), to);
    return;
  }
  try {
    linkSync(from, to);
  } catch {
    // Some file systems have no links.
    copyFileSync(from, to);
  }
}

function replace(target: string, next: string): void {
  const previous = besides(target, 'previous');
  if (existsSync(target)) renameSync(target, previous);
  try {
    renameSync(next, target);
  } catch (error) {
    if (existsSync(previous)) renameSync(previous, target);
    throw error;
  }
  rmSync(previous, { recursive: true, force: true });
}

function notWritable(outdir: string, error: NodeJS.ErrnoException): MeshError {
  const isMount = error.code === 'EBUSY' || error.code === 'EXDEV';
  return new MeshError([
    {
      code: 'OUTPUT-WRITE',
      location: { file: outdir },
      message: `The output cannot be written: ${error.message}.`,
      hint: isMount
        ? 'The folder is a mount point and cannot be replaced as a whole: write to a folder inside it.'
        : 'Make the folder and the one that holds it writable, or choose another with CDK8S_OUTDIR.',
    },
  ]);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
