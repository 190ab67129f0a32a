// Writes lib/crds/: the CRDs of each minor version of Istio, such as 1.31.yaml, as the synthesis writes them, so
// that it does not have to serialize half a megabyte. Part of `npm run build`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Yaml } from 'cdk8s';
import { readCrds } from './imports/crd-files.mjs';

const imports = fileURLToPath(new URL('../imports/', import.meta.url));
const folder = new URL('../lib/crds/', import.meta.url);

mkdirSync(folder, { recursive: true });
for (const { minorVersion, crds } of readCrds(imports)) {
  writeFileSync(new URL(`${minorVersion}.yaml`, folder), Yaml.stringify(...crds));
}
