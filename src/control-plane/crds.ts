import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IstioMinorVersion } from '../mesh/istio-version';
import type { ClusterIstio } from '../mesh/mesh';

const texts = new Map<IstioMinorVersion, string>();

/**
 * The CustomResourceDefinitions that Istio installs, as YAML. They depend on nothing but Istio's line.
 *
 * It reads a file of this package, which `npm run build` writes, at the first call for a line: like
 * loading a module, and once for all clusters.
 */
export function crdManifests(line: IstioMinorVersion): string {
  const text = texts.get(line) ?? readFileSync(join(packageFolder(), 'lib', 'crds', `${line}.yaml`), 'utf8');
  texts.set(line, text);
  return text;
}

/** The folder above this file that has a package.json: in the sources and in the bundle at different depths. */
function packageFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/**
 * The newer version of a cluster's control planes, whose CustomResourceDefinitions the cluster gets: older
 * control planes work with the definitions of newer ones, but not the other way round.
 */
export function newestVersion({ version, canary }: ClusterIstio): string {
  // Only with a canary: comparing loads the collation of the language, which takes 10 ms.
  return canary !== undefined && isNewer(canary.version, version) ? canary.version : version;
}

function isNewer(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) > 0;
}
