import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const cluster = "{ name: 'a', network: 'n' }";

/** Type-checks definitions in TypeScript, and returns the messages of the compiler for each. */
function compilerMessages(definitions: readonly string[]): string[][] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ['node'],
  };
  const fileOf = (index: number) => join(__dirname, `definition-${index}.ts`);
  const texts = new Map(
    definitions.map((definition, index) => [
      fileOf(index),
      `import { defineMesh } from '../../src/mesh/define-mesh';
       import type { MeshDefinition } from '../../src/mesh/definition';
       ${definition}
       export {};`,
    ]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => {
    const text = texts.get(file);
    return text === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, text, rest[0]);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return definitions.map((_, index) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(fileOf(index)))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}

const misspelled = 'values: { pilot: { autoscaleMn: 2 } }';
const refused: readonly string[] = [
  `defineMesh({ meshID: 'm', clusters: [${cluster}], istio: { ${misspelled} } });`,
  `defineMesh({ meshID: 'm', clusters: [${cluster}], istio: { controlPlane: 'native', ${misspelled} } });`,
  `defineMesh({ meshID: 'm', clusters: [${cluster}], istio: { canary: { revision: 'a', ${misspelled} } } });`,
  `defineMesh({ meshID: 'm', clusters: [{ name: 'a', network: 'n', istio: { ${misspelled} } }] });`,
  `const mesh: MeshDefinition = { meshID: 'm', clusters: [${cluster}], istio: { ${misspelled} } };`,
];
const accepted: readonly string[] = [
  `defineMesh({ meshID: 'm', clusters: [${cluster}], istio: { values: { pilot: { autoscaleMin: 2 } } } });`,
  `defineMesh({ meshID: 'm', clusters: [${cluster}], istio: { controlPlane: 'helm', ${misspelled} } });`,
  `defineMesh({
     meshID: 'm',
     istio: { controlPlane: 'istioctl' },
     clusters: [{ name: 'a', network: 'n', istio: { ${misspelled}, canary: 'disabled' } }],
   });`,
  `const mesh: MeshDefinition<'operator'> = {
     meshID: 'm',
     istio: { controlPlane: 'operator', canary: { revision: 'a', ${misspelled} } },
     clusters: [${cluster}],
   };
   defineMesh(mesh);`,
  `defineMesh({ meshID: 'm', clusters: [${cluster}], istio: { values: { meshConfig: { later: 1 } } } });`,
];

test('the compiler reports misspelled values in the format native, and only there', () => {
  const messages = compilerMessages([...refused, ...accepted]);
  const suggestion =
    /'autoscaleMn' does not exist in type 'PilotValues'. Did you mean to write 'autoscaleMin'\?$/;
  for (const [index, definition] of refused.entries()) {
    expect(messages[index], definition).toEqual([expect.stringMatching(suggestion)]);
  }
  for (const [index, definition] of accepted.entries()) {
    expect(messages[refused.length + index], definition).toEqual([]);
  }
});
