import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const upToGitops = [
  'kubernetes',
  'files',
  'mesh',
  'pki',
  'remotes',
  'control-plane',
  'secrets',
  'constructs',
  'gitops',
];

/** The folders of src, each with those that its files may import. Every folder may import `problems`. */
const allowedFolders: Readonly<Record<string, readonly string[]>> = {
  problems: [],
  kubernetes: [],
  files: [],
  mesh: ['files', 'kubernetes'],
  pki: ['mesh', 'files'],
  remotes: ['mesh', 'pki', 'files', 'kubernetes'],
  'control-plane': ['mesh', 'kubernetes'],
  secrets: ['mesh', 'pki', 'remotes', 'files', 'kubernetes'],
  constructs: ['mesh', 'control-plane', 'secrets', 'pki', 'remotes', 'kubernetes'],
  gitops: ['mesh', 'control-plane', 'constructs', 'kubernetes', 'files'],
  synthesis: upToGitops,
  init: ['mesh', 'files', 'kubernetes'],
  live: [...upToGitops, 'synthesis', 'init'],
  cli: [...upToGitops, 'synthesis', 'init', 'live'],
};

/** The folders whose files may load cdk8s: all others are plain data and functions. */
const foldersWithConstructs = ['constructs', 'synthesis'];

const root = join(__dirname, '../../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

interface Import {
  /** A file of src, such as mesh/mesh.ts, or a package. */
  readonly target: string;
  /** Whether the import is there when the program runs, as imports of types alone are not. */
  readonly isLoaded: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const loaded = new Set(loadedAtStart(text, file));
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName }) => ({
    target: fileName.startsWith('.') ? sourceFile(join(dirname(file), fileName)) : fileName,
    isLoaded: loaded.has(fileName),
  }));
}

/** What the import and export declarations of a file load; not what `import()` loads later. */
function loadedAtStart(text: string, file: string): string[] {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    return moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) && !isOfTypes(statement)
      ? [moduleSpecifier.text]
      : [];
  });
}

function isOfTypes(declaration: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(declaration)) return declaration.isTypeOnly;
  const clause = declaration.importClause;
  if (clause === undefined || clause.name !== undefined) return false;
  const bindings = clause.namedBindings;
  const areAllTypes =
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every((element) => element.isTypeOnly);
  return clause.isTypeOnly || areAllTypes;
}

/** The file of src that an import names; any other file keeps its relative path. */
function sourceFile(path: string): string {
  const file = `${normalize(path).replace(/\.js$/, '')}.ts`;
  return existsSync(join(root, file)) ? file : path;
}

function folderOf(file: string): string {
  return file.split('/')[0] ?? '';
}

test('every folder of src is in the table', () => {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(allowedFolders).sort());
});

test('files import only from the folders that the table allows', () => {
  const forbidden = [...imports].flatMap(([file, targets]) => {
    const folder = folderOf(file);
    const others = allowedFolders[folder];
    if (others === undefined) return [];
    const allowed = ['problems', ...others];
    return targets
      .filter(({ target }) => imports.has(target) && ![folder, ...allowed].includes(folderOf(target)))
      .map(({ target }) => `src/${file} imports src/${target}. ${folder} may import: ${allowed.join(', ')}.`);
  });
  expect(forbidden).toEqual([]);
});

test('only constructs and what synthesizes them load cdk8s', () => {
  const forbidden = [...imports].flatMap(([file, targets]) =>
    targets
      .filter(({ target }) => /^(cdk8s|constructs|cdk8s-plus-27)$/.test(target))
      .filter(() => !foldersWithConstructs.includes(folderOf(file)))
      .map(({ target }) => `src/${file} imports ${target}.`),
  );
  expect(forbidden).toEqual([]);
});

test('no file loads itself through other files', () => {
  const visited = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (visited.has(file)) return;
    visited.add(file);
    for (const { target, isLoaded } of imports.get(file) ?? []) {
      if (isLoaded && imports.has(target)) visit(target, [...path, file]);
    }
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});
