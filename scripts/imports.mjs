// Writes imports/: the CRDs of each supported minor version of Istio without their descriptions, and TypeScript
// classes for the resources of the newest one. Needs the istioctls of scripts/imports/istioctl.mjs on the PATH.
//
//   npm run imports
import { fileURLToPath } from 'node:url';
import { readNewestCrds, writeCrds } from './imports/crd-files.mjs';
import { renderReleases } from './imports/istioctl.mjs';
import { writeReadme } from './imports/readme.mjs';
import { writeResources } from './imports/resources.mjs';

const folder = fileURLToPath(new URL('../imports/', import.meta.url));
const releases = renderReleases();

writeCrds(folder, releases);
writeResources(folder, readNewestCrds(folder));
writeReadme(folder, releases);
console.log(
  `imports/ now holds the resources of Istio ${releases.map(({ version }) => version).join(', ')}.`,
);
