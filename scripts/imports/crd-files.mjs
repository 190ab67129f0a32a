import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatJson } from './format-json.mjs';
import { withoutProse } from './prose.mjs';

/** Writes each CRD, without its prose, to a file of its own in `crds`, and removes those of earlier runs. */
export function writeCrds(folder, crds) {
  const crdFolder = join(folder, 'crds');
  rmSync(crdFolder, { recursive: true, force: true });
  mkdirSync(crdFolder, { recursive: true });
  for (const crd of crds) {
    writeFileSync(join(crdFolder, `${crd.metadata.name}.json`), formatJson(withoutProse(crd)));
  }
}

/** The CRDs that {@link writeCrds} wrote, in the order of their names. */
export function readCrds(folder) {
  const crdFolder = join(folder, 'crds');
  return readdirSync(crdFolder)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(crdFolder, file), 'utf8')));
}
