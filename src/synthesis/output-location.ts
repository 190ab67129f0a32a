import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, parse as parsePath, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { isSameOrWithin } from '../files/folder-relations';
import { readText } from '../files/read-file';
import type { Mesh } from '../mesh/mesh';
import type { ErrorCode } from '../problems/error-codes';
import type { Problem } from '../problems/problem';
import { outputListName } from './earlier-output';

/**
 * The folder that a command writes to or searches if none is named: `CDK8S_OUTDIR`, which `cdk8s synth` sets, or
 * `output` in the cdk8s.yaml of the current folder, or dist.
 */
export function defaultOutdir(): string {
  return process.env.CDK8S_OUTDIR ?? outputOfCdk8sYaml() ?? 'dist';
}

/**
 * The output folder of earlier runs of a mesh, if none is named. A mesh that is neither above nor below the working
 * directory, such as one that a test makes in a temporary folder, does not write to the dist of this project.
 */
export function earlierOutdir(directory: string): string | undefined {
  const isOfThisProject = isSameOrWithin(directory, '.') || isSameOrWithin('.', directory);
  return process.env.CDK8S_OUTDIR ?? (isOfThisProject ? defaultOutdir() : undefined);
}

/** What cdk8s itself cannot read is for cdk8s to report. */
function outputOfCdk8sYaml(): string | undefined {
  try {
    const { output } = parse(readText('cdk8s.yaml'));
    return typeof output === 'string' ? output : undefined;
  } catch {
    return undefined;
  }
}

/** The definition of a mesh, and the folder at which its relative paths start. */
export interface LocatedMesh {
  readonly mesh: Mesh;
  readonly directory: string;
}

/**
 * Why a folder cannot be the output. The output replaces its folder as a whole, and `cdk8s synth` empties that
 * folder before it starts the app, so it must hold nothing else.
 */
export function outputLocationProblems(outdir: string, located: LocatedMesh): Problem[] {
  const found = unusable(outdir, located);
  return found === undefined ? inputsWithin(outdir, located) : [folderProblem(outdir, found)];
}

/**
 * The inputs of a mesh in the default output folder. A command that writes inputs checks this too, because
 * `cdk8s synth` would delete what it has written.
 */
export function inputLocationProblems(located: LocatedMesh): Problem[] {
  const outdir = defaultOutdir();
  return unusable(outdir, located) === undefined ? inputsWithin(outdir, located) : [];
}

function inputsWithin(outdir: string, located: LocatedMesh): Problem[] {
  return [...inputFolders(located), ...foldersOfFiles(located)]
    .filter(({ path }) => isSameOrWithin(path, outdir))
    .map(({ name, shown, code }) => ({
      code,
      location: { file: shown },
      message: `${name} is the output folder ${outdir}, or lies in it. Writing the output would destroy it.`,
      hint: 'Choose another output folder, or move this out of it and change its path in mesh.yaml.',
    }));
}

function folderProblem(outdir: string, message: string): Problem {
  return {
    code: 'OUTPUT-FOLDER',
    location: outdir.trim() === '' ? {} : { file: outdir },
    message,
    hint: 'Name a folder for the output alone, such as dist, with --output, CDK8S_OUTDIR, output in cdk8s.yaml, or the prop outdir.',
  };
}

function unusable(outdir: string, located: LocatedMesh): string | undefined {
  if (outdir.trim() === '') return 'The name of the output folder is empty.';
  const contained = occupiedFolders(located).find(({ path }) => isSameOrWithin(path, outdir));
  if (contained !== undefined)
    return `The output folder is or contains ${contained.name}, which the output would replace.`;
  const around = inputFolders(located).find(
    ({ path }) => isSameOrWithin(outdir, path) && !isSameOrWithin(path, outdir),
  );
  if (around !== undefined) return `The output folder lies in an input of the mesh, ${around.shown}.`;
  if (gitFolders(outdir).length > 0) return 'The output folder lies in the data of a git repository.';
  return unusableFolder(outdir);
}

function unusableFolder(outdir: string): string | undefined {
  if (lstatSync(outdir, { throwIfNoEntry: false }) === undefined) return undefined;
  const stats = statSync(outdir, { throwIfNoEntry: false });
  if (stats === undefined) return 'The output folder is a symbolic link to something that does not exist.';
  if (!stats.isDirectory()) return 'The output folder is a file.';
  const names = readdirSync(outdir);
  if (names.includes('.git')) return 'The output folder is the root of a git repository.';
  if (names.length === 0 || names.includes(outputListName)) return undefined;
  const real = realpathSync(outdir);
  if (dirname(real) === parsePath(real).root) return 'The output folder is a folder of the system.';
  const definition = ['mesh.yaml', 'cdk8s.yaml', 'package.json'].find((name) => names.includes(name));
  return definition === undefined
    ? undefined
    : `The output folder is the folder of a project: it contains ${definition}.`;
}

/** Folders that every output would destroy. */
function occupiedFolders({ directory }: LocatedMesh): Pick<Input, 'path' | 'name'>[] {
  return [
    { path: '.', name: 'the current folder' },
    { path: directory, name: 'the folder of mesh.yaml' },
    { path: homedir(), name: 'your home' },
  ];
}

/** A folder with inputs of a mesh. */
interface Input {
  readonly path: string;
  /** The path in messages. */
  readonly shown: string;
  readonly name: string;
  readonly code: ErrorCode;
}

/** The folders that hold nothing but inputs. */
function inputFolders({ mesh, directory }: LocatedMesh): Input[] {
  const input = (shown: string, name: string, code: ErrorCode): Input => {
    return { path: resolve(directory, shown), shown, name, code };
  };
  return [
    input(mesh.certificates.directory, 'The certificates folder', 'OUTPUT-FOLDER'),
    input(mesh.remotes, 'The folder of remote kubeconfigs', 'OUTPUT-FOLDER'),
    input(mesh.secrets.directory, 'The encrypted Secrets folder', 'SECRET-FILE'),
  ];
}

/** The folders of single files that are inputs, each with one of these. Most clusters share them. */
function foldersOfFiles({ mesh, directory }: LocatedMesh): Input[] {
  const folders = new Map<string, Input>();
  const add = (file: string, name: string): void => {
    const path = resolve(directory, dirname(file));
    if (!folders.has(path)) folders.set(path, { path, shown: file, name, code: 'OUTPUT-FOLDER' });
  };
  for (const { name, kubeconfig, secrets } of mesh.clusters) {
    if (kubeconfig !== undefined) add(kubeconfig, `The kubeconfig of ${name}`);
    add(secrets.sealedSecrets.certificate, `The sealing certificate of ${name}`);
  }
  if (/[/\\]/.test(mesh.istio.istioctl)) add(mesh.istio.istioctl, 'The program istioctl');
  return [...folders.values()];
}

/** The folders with the data of git repositories that a path lies in. */
function gitFolders(outdir: string): string[] {
  const parts = resolve(outdir).split(sep);
  return parts.flatMap((part, index) => (part === '.git' ? parts.slice(0, index + 1).join(sep) : []));
}
