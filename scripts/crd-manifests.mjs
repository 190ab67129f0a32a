// Writes lib/crds/: the CRDs of each line of Istio, such as 1.31.yaml, in the form that synthesis writes
// them, which thus never has to serialize half a megabyte. Part of `npm run build`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Yaml } from 'cdk8s';
import { readCrds } from './imports/crd-files.mjs';

const imports = fileURLToPath(new URL('../imports/', import.meta.url));
const folder = new URL('../lib/crds/', import.meta.url);

mkdirSync(folder, { recursive: true });
for (const { line, crds } of readCrds(imports)) {
  writeFileSync(new URL(`${line}.yaml`, folder), Yaml.stringify(...crds));
}
