// Writes imports/: the CRDs of each supported minor version of Istio without their descriptions, and TypeScript
// classes for the resources of the newest one. Needs the istioctls of scripts/imports/istioctl.mjs on the PATH. With a clone
// of https://github.com/kubernetes-sigs/gateway-api it does the same for the Gateway API; without, those files stay.
//
//   npm run imports
//   npm run imports -- ../gateway-api
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readNewestCrds, writeCrds } from './imports/crd-files.mjs';
import { readGatewayApi } from './imports/gateway-api.mjs';
import { renderReleases } from './imports/istioctl.mjs';
import { writeReadme } from './imports/readme.mjs';
import { writeResources } from './imports/resources.mjs';

const folder = fileURLToPath(new URL('../imports/', import.meta.url));
const releases = renderReleases();

writeCrds(folder, releases);
writeResources(folder, readNewestCrds(folder));
const [clone] = process.argv.slice(2);
if (clone !== undefined) {
  const gatewayApi = join(folder, 'gateway-api');
  writeCrds(gatewayApi, readGatewayApi(clone));
  writeResources(gatewayApi, readNewestCrds(gatewayApi));
}
writeReadme(folder, releases);
console.log(
  `imports/ now holds the resources of Istio ${releases.map(({ version }) => version).join(', ')}.`,
);
