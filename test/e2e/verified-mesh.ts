import type { Document } from 'yaml';
import { clusterValues } from './clusters';
import { commands } from './commands';
import { linkPackage } from './linked-package';
import type { Workplace } from './workplace';

/**
 * Installs a mesh on the clusters of a workplace with the commands of the README, except that the package is linked.
 *
 * @param edit changes the mesh.yaml that init has written
 */
export function installVerifiedMesh(workplace: Workplace, edit: (mesh: Document) => void = () => {}): void {
  linkPackage(workplace);
  workplace.run(commands.init);
  workplace.editMesh((mesh) => {
    mesh.setIn(['istio', 'values'], clusterValues);
    edit(mesh);
  });
  for (const step of ['synth', 'apply', 'join', 'verify'] as const) workplace.run(commands[step]);
}
