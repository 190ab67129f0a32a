import { execFileSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';

/** The istioctl that the user names, else the one on the PATH. */
export function istioctlProgram() {
  return process.env.ISTIOCTL || 'istioctl';
}

/** The version of an istioctl, such as 1.31.0. */
export function istioctlVersion(istioctl) {
  return JSON.parse(run(istioctl, ['version', '--remote=false', '-o', 'json'])).clientVersion.version;
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
    throw new Error(`${istioctl} is not on the PATH: install it, or name its path in ISTIOCTL.`);
  }
}
