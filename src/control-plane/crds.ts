import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IstioLine } from '../mesh/native-form';

const texts = new Map<IstioLine, string>();

/**
 * The CustomResourceDefinitions that Istio installs, as YAML. They depend on nothing but Istio's line.
 *
 * It reads a file of this package, which `npm run build` writes, at the first call for a line: like
 * loading a module, and once for all clusters.
 */
export function crdManifests(line: IstioLine): string {
  const text = texts.get(line) ?? readFileSync(join(packageFolder(), 'lib', 'crds', `${line}.yaml`), 'utf8');
  texts.set(line, text);
  return text;
}

/** Found by the package's own name, from the sources and from the compiled files alike. */
function packageFolder(): string {
  return dirname(require.resolve('cdk8s-istio-mesh/package.json'));
}
