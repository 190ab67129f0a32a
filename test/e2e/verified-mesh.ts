import { afterAll, beforeAll } from 'vitest';
import type { Document } from 'yaml';
import { restartAfterNodeAgents } from './apply-mesh';
import { clusterValues, freshClusters, istioctlFolder, stopClusters } from './clusters';
import { commands } from './commands';
import { linkPackage } from './linked-package';
import { Workplace } from './workplace';

/**
 * A mesh on fresh clusters for the tests of a suite, in a workplace that is removed after them.
 *
 * @param edit changes the mesh.yaml that init has written
 */
export function verifiedMesh(clusterCount: number, edit?: (mesh: Document) => void): () => Workplace {
  let workplace: Workplace;
  beforeAll(() => {
    workplace = new Workplace(istioctlFolder(), freshClusters(clusterCount));
    installVerifiedMesh(workplace, edit);
  });
  afterAll(() => {
    stopClusters();
    workplace.remove();
  });
  return () => workplace;
}

/**
 * Installs a mesh on the clusters of a workplace with the commands of the README, except that the package is linked.
 *
 * @param edit changes the mesh.yaml that init has written
 */
function installVerifiedMesh(workplace: Workplace, edit: (mesh: Document) => void = () => {}): void {
  let dataPlane: unknown;
  linkPackage(workplace);
  workplace.run(commands.init);
  workplace.editMesh((mesh) => {
    mesh.setIn(['istio', 'values'], clusterValues);
    edit(mesh);
    dataPlane = mesh.get('dataPlane');
  });
  for (const step of ['synth', 'apply', 'join'] as const) workplace.run(commands[step]);
  if (dataPlane === 'ambient') restartAfterNodeAgents(workplace, ['cluster1', 'cluster2']);
  workplace.run(commands.verify);
}
