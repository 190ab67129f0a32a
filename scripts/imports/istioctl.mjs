import { execFileSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';

/** The names of the istioctls on the PATH, one for each supported minor version, newest first. */
export const istioctls = ['istioctl', 'istioctl-1.30.3', 'istioctl-1.29.6'];

/** The version of an istioctl, such as 1.31.0. */
export function istioctlVersion(istioctl) {
  return JSON.parse(run(istioctl, ['version', '--remote=false', '-o', 'json'])).clientVersion.version;
}

/** The supported releases of Istio, newest first: minor version, version, and the CRDs that istioctl installs. */
export function renderReleases() {
  return istioctls.map((istioctl) => {
    const version = istioctlVersion(istioctl);
    return { minorVersion: version.split('.').slice(0, 2).join('.'), version, crds: renderCrds(istioctl) };
  });
}

/** The CustomResourceDefinitions that an istioctl installs. */
export function renderCrds(istioctl) {
  // The profile changes nothing about the CRDs; this one renders the least besides.
  return parseAllDocuments(run(istioctl, ['manifest', 'generate', '--set', 'profile=minimal']))
    .map((document) => document.toJS())
    .filter((manifest) => manifest?.kind === 'CustomResourceDefinition');
}

function run(istioctl, args) {
  try {
    return execFileSync(istioctl, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(`${istioctl} is not on the PATH: npm run imports needs ${istioctls.join(', ')}.`);
  }
}
