import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatJson } from './format-json.mjs';
import { jsonPatch, patched } from './json-patch.mjs';
import { withoutProse } from './prose.mjs';

/**
 * Writes the CRDs of the supported releases of Istio to `crds`, without their descriptions, and removes those
 * of earlier runs. They differ little: the CRDs of the newest release are complete, one in a file. Those of each
 * older release are a JSON Patch of the next newer ones.
 *
 * @param releases each with its minor version, such as 1.31, and its CRDs; the newest first
 */
export function writeCrds(folder, releases) {
  const crdFolder = join(folder, 'crds');
  rmSync(crdFolder, { recursive: true, force: true });
  const [newest, ...older] = releases.map(({ minorVersion, crds }) => ({
    minorVersion,
    crds: byName(crds.map(withoutProse)),
  }));
  mkdirSync(join(crdFolder, newest.minorVersion), { recursive: true });
  for (const [name, crd] of Object.entries(newest.crds)) {
    writeFileSync(join(crdFolder, newest.minorVersion, `${name}.json`), formatJson(crd));
  }
  let newer = newest.crds;
  for (const { minorVersion, crds } of older) {
    writeFileSync(join(crdFolder, `${minorVersion}.json`), formatPatch(jsonPatch(newer, crds)));
    newer = crds;
  }
}

/** Reads the files of {@link writeCrds}: the releases, newest first, each with its CRDs sorted by name. */
export function readCrds(folder) {
  const crdFolder = join(folder, 'crds');
  const entries = readdirSync(crdFolder, { withFileTypes: true });
  const newest = entries.find((entry) => entry.isDirectory()).name;
  const patches = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  let crds = byName(readdirSync(join(crdFolder, newest)).map((file) => readJson(crdFolder, newest, file)));
  const releases = [{ minorVersion: newest, crds: Object.values(crds) }];
  for (const file of patches.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))) {
    crds = patched(crds, readJson(crdFolder, file));
    releases.push({
      minorVersion: file.replace(/\.json$/, ''),
      crds: Object.values(byName(Object.values(crds))),
    });
  }
  return releases;
}

/** Reads the CRDs of the newest release. */
export function readNewestCrds(folder) {
  return readCrds(folder)[0].crds;
}

function byName(crds) {
  const entries = crds.map((crd) => [crd.metadata.name, crd]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readJson(...path) {
  return JSON.parse(readFileSync(join(...path), 'utf8'));
}

/** One operation on each line. */
function formatPatch(patch) {
  return `[\n${patch.map((operation) => ` ${JSON.stringify(operation)}`).join(',\n')}\n]\n`;
}
