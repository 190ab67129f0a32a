import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testAppliedAgain } from './applied-again';
import { clusterSource, clusterValues, freshClusters, istioctlFolder, stopClusters } from './clusters';
import { commands } from './commands';
import { startController } from './lab-controllers';
import { answeringVersions } from './mesh-answers';
import { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];

describe.skipIf(clusterSource !== 'lab')('the backend cert-manager, with its controllers', () => {
  let workplace: Workplace;

  beforeAll(() => {
    workplace = new Workplace(istioctlFolder(), freshClusters(2));
    startController('certmanager', 2);
    const issuer = rootIssuer(workplace.folder);
    writeFileSync(join(workplace.folder, 'issuer.json'), JSON.stringify(issuer), { mode: 0o600 });
    for (const cluster of clusters) workplace.kubectl(cluster, 'apply --server-side -f issuer.json');
  });
  afterAll(() => {
    stopClusters();
    workplace.remove();
  });

  test('applies a mesh whose CA certificates are issued in the clusters', () => {
    workplace.run(commands.install);
    workplace.run(commands.init);
    workplace.editMesh((mesh) => {
      mesh.setIn(['istio', 'values'], clusterValues);
      mesh.setIn(['secrets'], {
        backend: 'cert-manager',
        certManager: { issuer: { name: 'mesh-root' } },
        remoteSecrets: 'plain',
      });
    });
    workplace.run(commands.synth);
    workplace.run(commands.apply);
    expect(workplace.run('ls')).not.toMatch(/^certs$/m);
  });

  test('answers across clusters', () => {
    workplace.run(commands.join);
    workplace.run(commands.verify);
    for (const cluster of clusters) expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
  });

  testAppliedAgain(() => workplace, clusters);
});

/** An issuer with one root for all clusters. */
function rootIssuer(folder: string): object {
  const [key, certificate] = [join(folder, 'root-key.pem'), join(folder, 'root-cert.pem')];
  const options = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /O=Istio/CN=Root';
  execFileSync('openssl', ['req', ...options.split(' '), '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  const metadata = { name: 'mesh-root' };
  const stringData = {
    'tls.key': readFileSync(key, 'utf8'),
    'tls.crt': readFileSync(certificate, 'utf8'),
  };
  const items = [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { ...metadata, namespace: 'cert-manager' },
      type: 'kubernetes.io/tls',
      stringData,
    },
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata,
      spec: { ca: { secretName: metadata.name } },
    },
  ];
  return { apiVersion: 'v1', kind: 'List', items };
}
