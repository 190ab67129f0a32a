// Writes lib/crds/: the CRDs of each minor version of Istio, such as 1.31.yaml, and of each version of the Gateway API,
// such as gateway-api-1.6.0.yaml, as the synthesis writes them, so that it does not have to serialize half a megabyte. Part of `npm run build`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Yaml } from 'cdk8s';
import { readCrds } from './imports/crd-files.mjs';

const folder = new URL('../lib/crds/', import.meta.url);

mkdirSync(folder, { recursive: true });
write('../imports/', '');
write('../imports/gateway-api/', 'gateway-api-');

function write(source, prefix) {
  for (const { minorVersion, crds } of readCrds(fileURLToPath(new URL(source, import.meta.url)))) {
    writeFileSync(new URL(`${prefix}${minorVersion}.yaml`, folder), Yaml.stringify(...crds));
  }
}
