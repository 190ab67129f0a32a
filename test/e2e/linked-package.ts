import { resolve } from 'node:path';
import type { Workplace } from './workplace';

/** Links the program into a folder: npm needs a minute to install it, and other tests do so. */
export function linkPackage(workplace: Workplace): void {
  const program = resolve('lib/bin/istio-mesh.js');
  // npm makes a program executable when it installs it.
  workplace.run(`mkdir -p node_modules/.bin
chmod +x ${program}
ln -s ${program} node_modules/.bin/istio-mesh`);
}
