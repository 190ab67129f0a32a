import { readFileSync } from 'node:fs';
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

/** Found by the package's own name, from the sources and from the compiled files alike. */
function packageFolder(): string {
  return dirname(require.resolve('cdk8s-istio-mesh/package.json'));
}

/**
 * The newer version of a cluster's control planes, whose CustomResourceDefinitions the cluster gets: older
 * control planes work with the definitions of newer ones, but not the other way round.
 */
export function newestVersion({ version, canary }: ClusterIstio): string {
  return [version, canary?.version ?? version].sort(byNumbers)[1] ?? version;
}

function byNumbers(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
