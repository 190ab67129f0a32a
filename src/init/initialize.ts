import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { makeFolder } from '../files/make-folder';
import { readText } from '../files/read-file';
import { systemErrorReason } from '../files/system-error';
import { validateDefinition } from '../mesh/define-mesh';
import { MeshError, type Problem } from '../problems/problem';
import { shellWord } from '../problems/suggestion';
import { isExistingApp, manualSteps } from './existing-app';
import { type MeshTemplateOptions, meshTemplate, templateDefinition } from './mesh-template';

/** The result of `istio-mesh init`. */
export interface Initialization {
  /** The files that were created or extended. */
  readonly written: readonly string[];
  /** What the user must change in existing files, a paragraph for each. */
  readonly manualSteps: readonly string[];
  /** The commands to run next. */
  readonly next: readonly string[];
}

/** Entries of .gitignore for keys and tokens. The last ones match files that an interrupted run leaves. */
const ignoredSecrets = [
  ...['/node_modules/', '/certs/', '/remotes/', '*.kubeconfig'],
  ...['/.dist.*/', '/encrypted/*/.*'],
];
/** The output is committed only for a GitOps tool. */
const ignoredOutput = '/dist/';

/** The problems of the arguments of `istio-mesh init`, located at the argument or option. */
export function argumentProblems(options: MeshTemplateOptions): readonly Problem[] {
  const names: Readonly<Record<string, string>> = {
    clusters: 'argument clusters',
    gitops: 'option --gitops',
    dataPlane: 'option --data-plane',
    repository: 'option --repository',
  };
  try {
    validateDefinition(templateDefinition(options), {
      locate: ({ path }) => ({ file: names[String(path[0])] }),
    });
    return [];
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
}

/**
 * Writes a commented mesh.yaml, and adds the missing entries to .gitignore. Writes cdk8s.yaml, too, unless
 * the folder holds a cdk8s app.
 *
 * @param options valid ones, without {@link argumentProblems}
 * @param meshText the text of mesh.yaml, given the path of the JSON Schema; by default a template for the options
 * @throws MeshError if mesh.yaml exists or the folder cannot be written
 */
export function initialize(
  directory: string,
  options: MeshTemplateOptions,
  meshText: (schemaPath: string) => string = (path) => meshTemplate(options, path),
): Initialization {
  const meshFile = join(directory, 'mesh.yaml');
  refuseExisting(directory);
  const steps = manualSteps(directory);
  const written = writing(directory, () => [
    ...ignoreInGit(
      directory,
      options.gitops === undefined ? [ignoredOutput, ...ignoredSecrets] : ignoredSecrets,
    ),
    ...(isExistingApp(directory) ? [] : [create(join(directory, 'cdk8s.yaml'), cdk8sConfig)]),
    // Last, because init does not run again once it exists.
    create(meshFile, meshText(schemaPath(directory))),
  ]);
  return {
    written: written.reverse(),
    manualSteps: steps,
    next: [
      ...(resolve(directory) === process.cwd() ? [] : [`cd ${shellWord(directory)}`]),
      options.gitops === undefined ? 'npx istio-mesh synth' : 'npx istio-mesh join',
    ],
  };
}

/**
 * A mesh.yaml that exists is not written over.
 *
 * @throws MeshError if there is one in the folder
 */
export function refuseExisting(directory: string): void {
  const meshFile = join(directory, 'mesh.yaml');
  if (existsSync(meshFile)) throw initError('OUTPUT-EXISTS', meshFile, existsMessage, existsHint);
}

const cdk8sConfig = 'language: typescript\napp: npx istio-mesh synth\n';
const existsMessage = 'The file exists already.';
const existsHint = 'Remove it to start again, or write to another folder with --directory.';

/** Runs all writes, and reports why the folder cannot be written. */
function writing(directory: string, write: () => string[]): string[] {
  try {
    makeFolder(directory);
    return write();
  } catch (error) {
    const reason = systemErrorReason(error);
    const hint = 'Make the folder writable, or write to another folder with --directory.';
    throw initError('OUTPUT-WRITE', directory, `The folder cannot be written: ${reason}.`, hint);
  }
}

function create(file: string, content: string): string {
  writeFileSync(file, content, { flag: 'wx' });
  return file;
}

function ignoreInGit(directory: string, entries: readonly string[]): string[] {
  const file = join(directory, '.gitignore');
  const text = existsSync(file) ? readText(file) : '';
  const withoutSlashes = (entry: string): string => entry.trim().replace(/^\/|\/$/g, '');
  const present = new Set(text.split('\n').map(withoutSlashes));
  const missing = entries.filter((entry) => !present.has(withoutSlashes(entry)));
  if (missing.length === 0) return [];
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  appendFileSync(file, `${separator}${missing.join('\n')}\n`);
  return [file];
}

/** The path of the JSON Schema, relative to a folder: the package may be installed in a folder above. */
function schemaPath(directory: string): string {
  const start = resolve(directory);
  const installed = foldersUpFrom(start).find((folder) =>
    existsSync(join(folder, 'node_modules', 'cdk8s-istio-mesh')),
  );
  const up = relative(start, installed ?? start).replaceAll(sep, '/');
  return `${up === '' ? '.' : up}/node_modules/cdk8s-istio-mesh/lib/mesh.schema.json`;
}

function foldersUpFrom(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUpFrom(parent)];
}

function initError(
  code: 'OUTPUT-EXISTS' | 'OUTPUT-WRITE',
  file: string,
  message: string,
  hint: string,
): MeshError {
  return new MeshError([{ code, location: { file }, message, hint }]);
}
