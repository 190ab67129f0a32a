import { resolve } from 'node:path';
import type { Workplace } from './workplace';

/** Links the program into a folder: npm needs a minute to install it, and other tests do so. */
export function linkPackage(workplace: Workplace): void {
  workplace.run(`mkdir -p node_modules/.bin
ln -s ${resolve('lib/bin/istio-mesh.js')} node_modules/.bin/istio-mesh`);
}
