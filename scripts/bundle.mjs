// Writes lib/: the library with its types, and the program istio-mesh, in a few files instead of hundreds that
// Node would find, read and compile one by one. Part of `npm run build`, after the compiler.
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import manifest from '../package.json' with { type: 'json' };
import { thirdPartyNotice } from './bundle/third-party.mjs';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const library = 'lib/index.js';

/**
 * The files of CommonJS, and the module from which each is bundled together with all that this imports. Modules
 * that several files import, and packages that few runs load, have files of their own.
 */
const files = {
  'lib/vendor/yaml.js': 'yaml',
  'lib/vendor/constructs.js': 'constructs',
  'lib/vendor/cdk8s.js': 'cdk8s',
  'lib/vendor/kubernetes-objects.js': 'cdk8s-plus-27/lib/imports/k8s',
  'lib/vendor/kubernetes-client.js': 'src/live/kubernetes-client.ts',
  'lib/vendor/age-encryption.js': 'age-encryption',
  'lib/bin/istio-mesh.js': 'src/cli/istio-mesh.ts',
  'lib/bin/program.js': 'src/cli/program.ts',
  [library]: 'src/index.ts',
  // What other scripts and tests run.
  'build/internals.js': 'scripts/internals.ts',
};

const checks = { pluginTimings: false };

for (const folder of ['lib', 'build/internals.js'])
  rmSync(join(cwd, folder), { recursive: true, force: true });
const modules = [];
for (const [file, input] of Object.entries(files)) {
  const { output } = await build({
    cwd,
    input,
    checks,
    platform: 'node',
    plugins: [imports(file)],
    output: { file, format: 'cjs', codeSplitting: false, dynamicImportInCjs: false },
  });
  if (file.startsWith('lib/')) modules.push(...output.flatMap(({ moduleIds }) => moduleIds));
}
await build({
  cwd,
  input: 'build/types/src/index.d.ts',
  checks,
  external: isPeer,
  plugins: [dts({ dtsOnly: true })],
  output: { file: 'lib/index.d.ts', codeSplitting: false },
});
writeFileSync(join(cwd, 'lib/THIRD-PARTY.txt'), thirdPartyNotice(modules));

/** What a file imports instead of containing it. */
function imports(file) {
  return {
    name: 'imports',
    resolveId(id, importer) {
      if (importer === undefined) return undefined;
      // The library shares these with the app that uses it; the program has its own.
      if (file === library && isPeer(id)) return { id, external: true };
      const module = id.startsWith('.') ? sourceFile(id, importer) : id;
      const other = Object.keys(files).find((name) => files[name] === module);
      if (other === undefined || other === file) return undefined;
      const path = relative(dirname(file), other);
      return { id: path.startsWith('.') ? path : `./${path}`, external: true };
    },
  };
}

function isPeer(id) {
  return Object.keys(manifest.peerDependencies).some((name) => id === name || id.startsWith(`${name}/`));
}

/** The path of a module of TypeScript in the repository. */
function sourceFile(id, importer) {
  return `${relative(cwd, join(dirname(importer), id)).replace(/\.js$/, '')}.ts`;
}
