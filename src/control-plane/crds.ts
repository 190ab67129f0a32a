import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareVersions, type IstioMinorVersion } from '../mesh/istio-version';
import type { ClusterIstio } from '../mesh/mesh';
import type { IstioRelease } from './istio-release';

const texts = new Map<string, string>();

/**
 * The CustomResourceDefinitions that Istio installs, as YAML. They depend only on the minor version of Istio.
 *
 * The first call for a minor version reads a file of this package, which `npm run build` writes.
 */
export function crdManifests(minorVersion: IstioMinorVersion): string {
  return crdText(minorVersion);
}

/**
 * The CustomResourceDefinitions of the Gateway API's standard channel, as YAML.
 *
 * The first call for a version reads a file of this package, which `npm run build` writes.
 */
export function gatewayApiManifests(version: IstioRelease['gatewayApi']): string {
  return crdText(`gateway-api-${version}`);
}

function crdText(name: string): string {
  const text = texts.get(name) ?? readFileSync(join(packageFolder(), 'lib', 'crds', `${name}.yaml`), 'utf8');
  texts.set(name, text);
  return text;
}

/** The closest folder above this file with a package.json. Its depth differs between sources and bundle. */
function packageFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/**
 * The newest version of a cluster's control planes. The cluster gets its CustomResourceDefinitions, because
 * older control planes work with newer definitions, but not the other way round.
 */
export function newestVersion({ version, canary }: ClusterIstio): string {
  return canary !== undefined && compareVersions(canary.version, version) > 0 ? canary.version : version;
}
