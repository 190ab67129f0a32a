import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { temporaryFolder } from '../temporary-folder';

const program = `
const { defineMesh } = require('./src/mesh/define-mesh');
const { loadCaCerts } = require('./src/pki/certificates-folder');
const [directory, clusters] = process.argv.slice(2);
const mesh = defineMesh({
  meshID: 'mesh1',
  certificates: { keyAlgorithm: 'EC-P256' },
  clusters: clusters.split(',').map((name) => ({ name, network: name })),
});
const progress = (message) => process.stdout.write(message + '\\n');
loadCaCerts(mesh, { directory, progress }).then(({ issued }) => console.log(JSON.stringify(issued)));
`;

/**
 * Compiles the folders of src that issuing needs, so that tests can issue in separate processes.
 *
 * @returns a program whose arguments are the folder of a mesh and the comma-separated names of its
 * clusters; it prints the names of the issued files on the last line
 */
export function compiledPki(): string {
  const folder = temporaryFolder();
  for (const room of ['mesh', 'pki', 'problems', 'files', 'kubernetes']) {
    for (const name of readdirSync(join('src', room), { recursive: true, encoding: 'utf8' })) {
      if (name.endsWith('.ts') && !name.endsWith('.d.ts')) compile(join('src', room, name), folder);
    }
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'issue.js');
  writeFileSync(file, program);
  return file;
}

function compile(source: string, folder: string): void {
  const compilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions });
  const target = join(folder, source.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, outputText);
}
