import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** The part of Node's CommonJS loader that compiles and runs a file. */
interface Loader {
  _compile(this: NodeModule, source: string, file: string): unknown;
}

const digestLength = 32;

/**
 * Keeps the compiled code of the files in a folder between runs of a command, which otherwise spend up to a
 * third of their time on compiling.
 *
 * Node's own compile cache (`module.enableCompileCache`) saves less: it stores a file as it was first compiled,
 * without the functions that V8 compiles when they are first called. Node 20 has none.
 *
 * The code is kept below ~/.cache, or XDG_CACHE_HOME, in a folder to which only the user can write. Without one,
 * every run compiles. NODE_DISABLE_COMPILE_CACHE=1 turns this cache off, as it does Node's.
 *
 * @param folder the folder of the files
 * @param command the command that is run; each keeps its own code, because each calls other functions
 */
export function cacheCode(folder: string, command: string): void {
  const cache = cacheFolder(command);
  if (cache === undefined) return;
  const isReadable = isPrivate(cache);
  const compiled = new Map<string, { readonly script: Script; readonly source: string }>();
  const loader = Module.prototype as unknown as Loader;
  const compile = loader._compile;
  loader._compile = function (source, file) {
    if (!file.startsWith(folder)) return compile.call(this, source, file);
    const name = basename(file);
    const cachedData = isReadable ? readCode(join(cache, name), source) : undefined;
    const script = new Script(Module.wrap(source), { filename: file, cachedData });
    if (script.cachedDataRejected !== false) compiled.set(name, { script, source });
    const run = script.runInThisContext();
    return run.call(this.exports, this.exports, Module.createRequire(file), this, file, dirname(file));
  };
  process.once('exit', (code) => {
    // A command that failed has not called what it calls when it succeeds.
    if (code !== 0 || compiled.size === 0 || !makeFolder(cache)) return;
    for (const [name, { script, source }] of compiled) {
      writeCode(join(cache, name), source, script.createCachedData());
    }
  });
}

function cacheFolder(command: string): string | undefined {
  if (process.env.NODE_DISABLE_COMPILE_CACHE !== undefined || !/^[a-z]+$/.test(command)) return undefined;
  try {
    const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
    return join(base, 'cdk8s-istio-mesh', `${command}-${process.version}-${process.arch}`);
  } catch {
    // The user has no home.
    return undefined;
  }
}

/** Whether only the user can write to a folder; false where there is none. */
function isPrivate(folder: string): boolean {
  try {
    const { uid, mode } = statSync(folder);
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
  } catch {
    return false;
  }
}

/** Makes a folder in the user's cache, but not the user's home. */
function makeFolder(folder: string): boolean {
  try {
    const parent = dirname(folder);
    for (const level of [dirname(parent), parent, folder]) {
      if (!existsSync(level)) mkdirSync(level, { mode: 0o700 });
    }
    return isPrivate(folder);
  } catch {
    return false;
  }
}

function readCode(file: string, source: string): Buffer | undefined {
  try {
    const content = readFileSync(file);
    const code = content.subarray(digestLength);
    return digest(source, code).equals(content.subarray(0, digestLength)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Written beside, then renamed, so that another run never reads a part of it. */
function writeCode(file: string, source: string, code: Buffer): void {
  try {
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, Buffer.concat([digest(source, code), code]), { mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    // The next run compiles again.
  }
}

function digest(source: string, code: Buffer): Buffer {
  return createHash('sha256').update(source).update(code).digest();
}
