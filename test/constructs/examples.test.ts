import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = join(__dirname, '..', '..');
const index = join(root, 'src', 'index.ts');
const examplesFile = join(root, 'src', 'examples.ts');
const options = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
).options;

interface PublicConstruct {
  readonly name: string;
  readonly tags: ReadonlyMap<string, string>;
  /** The optional props without `@default`. */
  readonly undocumentedDefaults: readonly string[];
}

const program = ts.createProgram([index], options);
const checker = program.getTypeChecker();
const exported = checker.getExportsOfModule(
  checker.getSymbolAtLocation(program.getSourceFile(index) as ts.SourceFile) as ts.Symbol,
);

function resolved(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function isConstruct(type: ts.Type): boolean {
  const bases = type.isClass() ? checker.getBaseTypes(type) : [];
  return type.symbol?.name === 'Construct' || bases.some((base) => isConstruct(base));
}

/** The constructs that this package exports, without the generated ones of Istio's resources. */
function publicConstructs(): PublicConstruct[] {
  return exported.flatMap((symbol) => {
    const target = resolved(symbol);
    const file = target.declarations?.[0]?.getSourceFile().fileName ?? '';
    if (!(target.flags & ts.SymbolFlags.Class) || file.startsWith(join(root, 'imports'))) return [];
    if (!isConstruct(checker.getDeclaredTypeOfSymbol(target))) return [];
    const tags = target
      .getJsDocTags(checker)
      .map(({ name, text }) => [name, ts.displayPartsToString(text)] as const);
    return [{ name: symbol.name, tags: new Map(tags), undocumentedDefaults: undocumentedDefaults(symbol) }];
  });
}

/** The optional props of a construct without `@default`. */
function undocumentedDefaults({ name }: ts.Symbol): string[] {
  const props = exported.find((symbol) => symbol.name === `${name}Props`);
  if (props === undefined) return [];
  return checker
    .getDeclaredTypeOfSymbol(resolved(props))
    .getProperties()
    .filter((prop) => prop.flags & ts.SymbolFlags.Optional)
    .filter((prop) => !prop.getJsDocTags(checker).some((tag) => tag.name === 'default'))
    .map((prop) => `${name}Props.${prop.name}`);
}

/** Compiles examples, each in a function of its own, in a file beside the public exports. */
function compile(examples: readonly string[]): string[] {
  const names = exported
    .map(({ name }) => name)
    .filter((name) => examples.some((text) => text.includes(name)));
  const source = [
    "import { readFileSync } from 'node:fs';",
    "import { ApiObject, App, Chart } from 'cdk8s';",
    `import { ${names.join(', ')} } from './index';`,
    ...examples.map((example, position) => `export async function example${position}() {\n${example}\n}`),
  ].join('\n');
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === examplesFile || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    file === examplesFile
      ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2022)
      : (program.getSourceFile(file) ?? getSourceFile(file, ...rest));
  const unused = { noUnusedLocals: false, noUnusedParameters: false };
  const compiled = ts.createProgram([examplesFile], { ...options, ...unused, noEmit: true }, host);
  const file = compiled.getSourceFile(examplesFile);
  return [...compiled.getSyntacticDiagnostics(file), ...compiled.getSemanticDiagnostics(file)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
  );
}

const constructs = publicConstructs();

describe('the documentation of public constructs', () => {
  test('exists for all of them', () => {
    expect(constructs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ControlPlane', 'IstioMeshCluster']),
    );
  });

  test.each(constructs.map((construct) => [construct.name, construct] as const))(
    'of %s has an example, its errors and a source',
    (_, { tags, undocumentedDefaults: missing }) => {
      expect([...tags.keys()]).toEqual(expect.arrayContaining(['example', 'throws', 'see']));
      expect(tags.get('throws')).toMatch(/^MeshError if /);
      expect(missing).toEqual([]);
    },
  );

  test('has examples that compile', () => {
    const examples = constructs.flatMap(({ tags }) => tags.get('example') ?? []);
    expect(compile(examples)).toEqual([]);
  });
});
