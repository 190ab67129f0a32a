import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatJson } from './format-json.mjs';
import { jsonPatch, patched } from './json-patch.mjs';
import { withoutProse } from './prose.mjs';

/**
 * Writes the CRDs of Istio's lines, without their prose, to `crds`, and removes those of earlier runs.
 * They differ little from line to line: the newest are written in full, a file each; those of every older
 * line as a JSON Patch of the next newer.
 *
 * @param lines each with its name, such as 1.31, and its CRDs; the newest first
 */
export function writeCrds(folder, lines) {
  const crdFolder = join(folder, 'crds');
  rmSync(crdFolder, { recursive: true, force: true });
  const [newest, ...older] = lines.map(({ line, crds }) => ({ line, crds: byName(crds.map(withoutProse)) }));
  mkdirSync(join(crdFolder, newest.line), { recursive: true });
  for (const [name, crd] of Object.entries(newest.crds)) {
    writeFileSync(join(crdFolder, newest.line, `${name}.json`), formatJson(crd));
  }
  let newer = newest.crds;
  for (const { line, crds } of older) {
    writeFileSync(join(crdFolder, `${line}.json`), formatPatch(jsonPatch(newer, crds)));
    newer = crds;
  }
}

/** What {@link writeCrds} wrote: lines, the newest first, each with its CRDs in the order of their names. */
export function readCrds(folder) {
  const crdFolder = join(folder, 'crds');
  const entries = readdirSync(crdFolder, { withFileTypes: true });
  const newest = entries.find((entry) => entry.isDirectory()).name;
  const patches = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  let crds = byName(readdirSync(join(crdFolder, newest)).map((file) => readJson(crdFolder, newest, file)));
  const lines = [{ line: newest, crds: Object.values(crds) }];
  for (const file of patches.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))) {
    crds = patched(crds, readJson(crdFolder, file));
    lines.push({ line: file.replace(/\.json$/, ''), crds: Object.values(byName(Object.values(crds))) });
  }
  return lines;
}

/** Of what {@link writeCrds} wrote, the CRDs of the newest line. */
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

/** An operation a line. */
function formatPatch(patch) {
  return `[\n${patch.map((operation) => ` ${JSON.stringify(operation)}`).join(',\n')}\n]\n`;
}
