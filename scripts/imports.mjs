// Writes imports/: the CRDs of each line of Istio without their prose, and TypeScript classes for the
// resources of the newest. Needs on the PATH the istioctl of each line (scripts/imports/istioctl.mjs).
//
//   npm run imports
import { fileURLToPath } from 'node:url';
import { readNewestCrds, writeCrds } from './imports/crd-files.mjs';
import { renderLines } from './imports/istioctl.mjs';
import { writeReadme } from './imports/readme.mjs';
import { writeResources } from './imports/resources.mjs';

const folder = fileURLToPath(new URL('../imports/', import.meta.url));
const lines = renderLines();

writeCrds(folder, lines);
writeResources(folder, readNewestCrds(folder));
writeReadme(folder, lines);
console.log(`imports/ now holds the resources of Istio ${lines.map(({ version }) => version).join(', ')}.`);
