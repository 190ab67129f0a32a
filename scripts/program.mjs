// Writes lib/bin/: the program istio-mesh in a few files, instead of 230 that Node would find, read and
// compile one by one. What it imports from packages stays there. Part of `npm run build`.
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

await build({
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  input: 'src/cli/istio-mesh.ts',
  platform: 'node',
  external: (id) => !id.startsWith('.') && !isAbsolute(id),
  output: { dir: 'lib/bin', format: 'cjs', chunkFileNames: '[name].js', cleanDir: true },
});
