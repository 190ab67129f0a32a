import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMesh } from '../mesh/mesh-file';
import { MeshError } from '../problems/problem';
import { meshTemplate, type TemplateGitOps } from './mesh-template';

/** What has been written, and what to do with it. */
export interface Initialization {
  readonly written: readonly string[];
  readonly next: string;
}

/** What must never be committed; last what a run was writing when it was killed. */
const neverCommitted = [
  ...['/node_modules/', '/certs/', '/remotes/', '*.kubeconfig'],
  ...['/.dist.*/', '/encrypted/*/.*'],
];
/** Made anew at each synthesis, and committed only where somebody applies it from there. */
const output = '/dist/';

/**
 * Writes the files that a new mesh starts from: a commented mesh.yaml, a cdk8s.yaml, and into
 * .gitignore what is not there yet.
 *
 * @param gitops undefined where the output is applied by hand
 * @throws MeshError where a file exists already, or a cluster cannot have the name that was given
 */
export function initialize(
  directory: string,
  clusters: readonly string[],
  gitops?: TemplateGitOps,
): Initialization {
  const mesh = meshTemplate(clusters, gitops);
  parseMesh(mesh, 'mesh.yaml');
  const files = [
    { name: 'mesh.yaml', content: mesh },
    { name: 'cdk8s.yaml', content: 'language: typescript\napp: npx istio-mesh synth\n' },
  ];
  MeshError.throwIfAny(
    files
      .filter(({ name }) => existsSync(join(directory, name)))
      .map(({ name }) => ({
        code: 'OUTPUT-EXISTS',
        location: { file: join(directory, name) },
        message: 'It exists already.',
        hint: 'Move it away, or write into another folder with --directory.',
      })),
  );
  mkdirSync(directory, { recursive: true });
  for (const { name, content } of files) writeFileSync(join(directory, name), content, { flag: 'wx' });
  const ignored = gitops === undefined ? [output, ...neverCommitted] : neverCommitted;
  const written = [...files.map(({ name }) => join(directory, name)), ...ignoreInGit(directory, ignored)];
  const first = gitops === undefined ? 'npx istio-mesh synth' : 'npx istio-mesh join';
  return { written, next: `Next: fill in mesh.yaml, then run\n  ${first}` };
}

function ignoreInGit(directory: string, ignored: readonly string[]): string[] {
  const file = join(directory, '.gitignore');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const bare = (entry: string): string => entry.trim().replace(/^\/|\/$/g, '');
  const present = new Set(text.split('\n').map(bare));
  const missing = ignored.filter((entry) => !present.has(bare(entry)));
  if (missing.length === 0) return [];
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  appendFileSync(file, `${separator}${missing.join('\n')}\n`);
  return [file];
}
