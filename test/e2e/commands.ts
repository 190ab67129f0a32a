import { Page } from '../docs/page';

/**
 * The shell blocks of a page below one heading, by the names that tests give them, in their order.
 *
 * @throws Error where the page has not as many blocks there as there are names
 */
function shellBlocks<Name extends string>(
  path: string,
  heading: string,
  names: readonly Name[],
): Record<Name, string> {
  const blocks = new Page(path).blocks.filter((block) => block.heading === heading && block.info === 'sh');
  if (blocks.length !== names.length) {
    throw new Error(`${path} has ${blocks.length} shell blocks below "${heading}", not ${names.length}.`);
  }
  return Object.fromEntries(names.map((name, index) => [name, blocks[index]?.text])) as Record<Name, string>;
}

/** The commands of the pages that the end-to-end tests run, as the pages have them. */
export const commands = {
  ...shellBlocks('README.md', 'Install', ['install']),
  ...shellBlocks('README.md', 'From mesh.yaml to a verified mesh', [
    'init',
    'synth',
    'apply',
    'join',
    'verify',
  ]),
  ...shellBlocks('docs/clusters.md', 'Add a cluster', ['addCluster']),
  ...shellBlocks('docs/clusters.md', 'Remove a cluster', ['removeCluster']),
  ...shellBlocks('docs/upgrading.md', 'Remove the old control plane', ['removeOldControlPlane']),
  ...shellBlocks('docs/control-plane-formats.md', 'operator', ['installOperators']),
  ...shellBlocks('docs/control-plane-formats.md', 'Move to another format', ['deleteDefaultTag']),
  ...shellBlocks('docs/gitops.md', 'Start a mesh with Argo CD', [
    'startWithArgoCd',
    'commitMesh',
    'applyToArgoCd',
  ]),
  ...shellBlocks('docs/gitops.md', 'Add a cluster', ['commitCluster']),
  ...shellBlocks('docs/gitops.md', 'Start a mesh with Flux', ['startWithFlux', 'applyToFlux']),
  ...shellBlocks('docs/gitops.md', 'Decrypt with SOPS', ['createDecryptionKey']),
  ...shellBlocks('docs/from-existing.md', 'From running clusters', ['initFromClusters']),
  ...shellBlocks('docs/from-existing.md', 'Keep the certificates', ['copyCertificates']),
  ...shellBlocks('docs/from-existing.md', 'Compare and apply', ['compareMoved', 'applyMoved']),
  ...shellBlocks('docs/rotation.md', 'Take the steps', ['rotateRoot', 'commitRotation']),
  ...shellBlocks('docs/rotation.md', 'The key of an intermediate certificate is stolen', [
    'replaceStolen',
    'revokeStolen',
  ]),
  ...shellBlocks('docs/rotation.md', 'An intermediate certificate has expired', ['replaceExpired']),
  ...shellBlocks('docs/tokens.md', 'Take the steps', ['rotateTokens']),
  ...shellBlocks('docs/ambient.md', 'Start a mesh in ambient mode', ['initAmbient']),
  ...shellBlocks('docs/ambient.md', 'Add ambient mode beside sidecars', ['addAmbient']),
  ...shellBlocks('docs/ambient.md', 'Make the Services local', ['makeLocal']),
  ...shellBlocks('docs/ambient.md', 'Move the workloads', ['moveWorkloads']),
  ...shellBlocks('docs/ambient.md', 'Make the Services global again', ['makeGlobal']),
  ...shellBlocks('docs/ambient.md', 'Remove the gateways for sidecars', ['removeSidecarGateways']),
  ...shellBlocks('docs/ambient.md', 'Move back to sidecars', ['addSidecars', 'removeAmbient']),
  ...shellBlocks('docs/secrets.md', 'Adopt existing Secrets', ['adoptSecrets']),
};
