import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clusterSource, clusterValues, freshClusters, istioctlFolder, lab, stopClusters } from './clusters';
import { commands } from './commands';
import { FluxChain } from './flux-chain';
import { GitRepository } from './git-repository';
import { keysAndTokens } from './keys-and-tokens';
import { Kubectl } from './kubectl';
import { answeringVersions } from './mesh-answers';
import { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];

describe.skipIf(clusterSource !== 'lab')('the commands of the pages with Flux', () => {
  let workplace: Workplace;
  let repository: GitRepository;

  beforeAll(() => {
    workplace = new Workplace(istioctlFolder(), freshClusters(2));
    repository = new GitRepository(workplace);
    for (const cluster of clusters) {
      workplace.kubectl(cluster, 'create namespace flux-system');
      const crds = `${join(lab, '../crds')}/flux.*.yaml`;
      workplace.run(
        `for crd in ${crds}; do kubectl --kubeconfig ${cluster}.kubeconfig apply --server-side -f $crd; done`,
      );
    }
  });
  afterAll(() => {
    stopClusters();
    repository.remove();
    workplace.remove();
  });

  test('commits a mesh that only the age key can decrypt', async () => {
    const identity = await generateIdentity();
    const recipient = await identityToRecipient(identity);
    writeFileSync(join(workplace.folder, 'age.agekey'), identity, { mode: 0o600 });
    // The address stays as in the page, because Flux cannot read a local repository.
    workplace.run(commands.startWithFlux);
    workplace.run('echo /age.agekey >> .gitignore');
    workplace.editMesh((mesh) => {
      mesh.setIn(['istio', 'values'], clusterValues);
      mesh.setIn(['secrets'], { backend: 'sops', sops: { age: [recipient] } });
    });
    repository.run(commands.commitMesh);
    expect(repository.filesContaining([...keysAndTokens(workplace.folder), identity])).toEqual([]);
  });

  test('applies the source, the Kustomizations and the key', () => {
    workplace.run(commands.applyToFlux);
    workplace.run(commands.createDecryptionKey);
  });

  test('applies all Kustomizations until HelloWorld answers', () => {
    workplace.run(`git clone --quiet ${repository.address} checkout`);
    const checkout = join(workplace.folder, 'checkout');
    for (const cluster of clusters) {
      const kubectl = new Kubectl(join(workplace.folder, `${cluster}.kubeconfig`));
      const order = new FluxChain(checkout, cluster, kubectl, istioctlFolder()).apply();
      expect(order.filter((name) => name !== 'mesh1')).toEqual([
        'mesh1-crds',
        'mesh1-foundation',
        'mesh1-istiod',
        'mesh1-gateways',
        'mesh1-mesh',
        'mesh1-workloads',
      ]);
    }
    workplace.run('npx istio-mesh verify');
    for (const cluster of clusters) {
      expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
    }
  });
});
