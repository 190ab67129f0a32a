// Writes imports/: Istio's CRDs without their prose, and TypeScript classes for their resources.
//
//   npm run imports                                 with the istioctl on the PATH
//   ISTIOCTL=~/istio-1.31.0/bin/istioctl npm run imports
import { fileURLToPath } from 'node:url';
import { readCrds, writeCrds } from './imports/crd-files.mjs';
import { istioctlProgram, istioctlVersion, renderCrds } from './imports/istioctl.mjs';
import { writeReadme } from './imports/readme.mjs';
import { writeResources } from './imports/resources.mjs';

const folder = fileURLToPath(new URL('../imports/', import.meta.url));
const istioctl = istioctlProgram();
const version = istioctlVersion(istioctl);

writeCrds(folder, renderCrds(istioctl));
writeResources(folder, readCrds(folder));
writeReadme(folder, version);
console.log(`imports/ now holds the resources of Istio ${version}.`);
