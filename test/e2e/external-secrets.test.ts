import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SecretsReport } from '../../src/secrets/secrets-report';
import { testAppliedAgain } from './applied-again';
import { clusterSource, clusterValues, freshClusters, istioctlFolder, stopClusters } from './clusters';
import { commands } from './commands';
import { startController } from './lab-controllers';
import { answeringVersions } from './mesh-answers';
import { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];

describe.skipIf(clusterSource !== 'lab')('the backend external-secrets, with the operator', () => {
  let workplace: Workplace;

  beforeAll(() => {
    workplace = new Workplace(istioctlFolder(), freshClusters(2));
    startController('externalsecrets', 2);
  });
  afterAll(() => {
    stopClusters();
    workplace.remove();
  });

  test('applies a mesh whose CA certificates are in a store', () => {
    workplace.run(commands.install);
    workplace.run(commands.init);
    workplace.editMesh((mesh) => {
      mesh.setIn(['istio', 'values'], clusterValues);
      mesh.setIn(['secrets'], { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } });
    });
    workplace.run('npx istio-mesh ca');
    fillStore();
    workplace.run(commands.synth);
    workplace.run(commands.apply);
  });

  test('answers across clusters once the store has the kubeconfigs', () => {
    workplace.run(commands.join);
    fillStore();
    for (const cluster of clusters) {
      // The operator reads an entry that was absent again after a while, or when the object changes.
      workplace.kubectl(cluster, 'annotate externalsecrets --all -n istio-system read=again');
      workplace.kubectl(
        cluster,
        'wait externalsecrets --all -n istio-system --for=condition=Ready --timeout=60s',
      );
    }
    workplace.run(commands.verify);
    for (const cluster of clusters) expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
  });

  testAppliedAgain(() => workplace, clusters);

  test('has no key and no token in the output', () => {
    expect(workplace.run('npx istio-mesh check')).toMatch(
      /^Found no plain-text Secret, and none of \d+ keys and tokens, in \d+ files of dist\.$/m,
    );
    expect(workplace.run('grep -rlE "PRIVATE KEY|kind: Secret$" dist || true')).toBe('');
  });

  /** Puts what the report lists, as far as it is on this machine, into a store in each cluster. */
  function fillStore(): void {
    const { entries } = JSON.parse(workplace.run('npx istio-mesh secrets --json')) as SecretsReport;
    const ready = entries.filter(({ hint }) => hint === undefined);
    const data = ready.map(({ key, values }) => ({
      key,
      value: JSON.stringify(
        Object.fromEntries(
          values.map(({ property, file }) => [property, readFileSync(join(workplace.folder, file), 'utf8')]),
        ),
      ),
    }));
    const store = {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ClusterSecretStore',
      metadata: { name: 'store' },
      spec: { provider: { fake: { data } } },
    };
    writeFileSync(join(workplace.folder, 'store.json'), JSON.stringify(store), { mode: 0o600 });
    for (const cluster of clusters) workplace.kubectl(cluster, 'apply --server-side -f store.json');
  }
});
