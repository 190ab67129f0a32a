import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const file = join(process.cwd(), 'lib/index.d.ts');
const program = ts.createProgram([file], {
  target: ts.ScriptTarget.ES2022,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  module: ts.ModuleKind.ESNext,
  strict: true,
  types: [],
});
const declarations = program.getSourceFile(file);

test('everything in a public signature is exported', () => {
  // The file contains every declaration that a public one mentions, and no other.
  const declared = declarations?.statements.flatMap((statement) => namesOf(statement)) ?? [];
  expect(declared.length).toBeGreaterThan(500);
  const exported = exportedNames();
  expect(declared.filter((name) => !exported.has(name))).toEqual([]);
});

test('public signatures mention no types but those of this package and of its peers', () => {
  const mentioned = ts.preProcessFile(declarations?.text ?? '').importedFiles.map(({ fileName }) => fileName);
  expect([...new Set(mentioned)].sort()).toEqual(['cdk8s', 'constructs']);
  const errors = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
  expect(errors).toEqual([]);
});

test('no function is public by accident', () => {
  const isFunction = /^[a-z]/;
  const values = Object.entries(require('../../lib/index.js') as Readonly<Record<string, unknown>>);
  const functions = values.filter(([name, value]) => isFunction.test(name) && typeof value === 'function');
  expect(functions.map(([name]) => name).sort()).toEqual([
    ...['acceptRecipients', 'defineMesh', 'join', 'loadInputs', 'loadMesh', 'parseMesh', 'verify'],
  ]);
});

function exportedNames(): Set<string> {
  const checker = program.getTypeChecker();
  const module = declarations && checker.getSymbolAtLocation(declarations);
  const declared = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exports = module === undefined ? [] : checker.getExportsOfModule(module).map(declared);
  // The export gatewayApi is a module of its own: Istio's resources have some of its names.
  const ofModules = exports
    .filter(({ flags }) => flags & ts.SymbolFlags.Module)
    .flatMap((symbol) => checker.getExportsOfModule(symbol).map(declared));
  return new Set([...exports, ...ofModules].map(({ name }) => name));
}

function namesOf(statement: ts.Statement): string[] {
  const declarations = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations
    : [statement as ts.DeclarationStatement];
  return declarations.flatMap(({ name }) => (name !== undefined && ts.isIdentifier(name) ? [name.text] : []));
}
