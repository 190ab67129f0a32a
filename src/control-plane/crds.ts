import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const texts = new Map<string, string>();

/**
 * The CustomResourceDefinitions that Istio installs, as YAML. They depend on nothing but Istio's line.
 *
 * It reads a file of this package, which `npm run build` writes, at the first call for a line: like
 * loading a module, and once for all clusters.
 *
 * @param line the line of Istio, such as 1.31
 */
export function crdManifests(line: string): string {
  const text = texts.get(line) ?? readFileSync(join(packageFolder(), 'lib', 'crds', `${line}.yaml`), 'utf8');
  texts.set(line, text);
  return text;
}

/** Found by the package's own name, from the sources and from the compiled files alike. */
function packageFolder(): string {
  return dirname(require.resolve('cdk8s-istio-mesh/package.json'));
}
