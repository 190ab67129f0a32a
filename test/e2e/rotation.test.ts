import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clusterSource } from './clusters';
import { commands } from './commands';
import { withContinuousCalls } from './continuous-calls';
import { verifiedMesh } from './verified-mesh';
import type { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];

describe.skipIf(clusterSource === undefined)('a rotation of certificates, on real clusters', () => {
  const workplace = verifiedMesh(clusters.length, (mesh) =>
    mesh.setIn(['certificates'], { keyAlgorithm: 'EC-P256', rootRotation: 'enabled' }),
  );

  withContinuousCalls(workplace, clusters, () => {
    let pods: string[];
    let oldRoot: string;

    test('issues the next root', () => {
      pods = clusters.flatMap((cluster) => podsOf(workplace(), cluster));
      oldRoot = rootOfFiles(workplace());
      workplace().run(commands.rotateRoot);
      expect(rootOfFiles(workplace())).toBe(oldRoot);
    });

    test('lets all clusters trust both roots', () => {
      workplace().run(commands.rotateRoot);
      for (const cluster of clusters) expect(trustedRoots(workplace(), cluster)).toBe(2);
    });

    test('refuses the next step while a cluster has not completed the last one', () => {
      workplace().run('npx istio-mesh rotate root');
      const refusal = /LIVE-ROTATION: Secret istio-system\/cacerts of cluster1/;
      expect(() => workplace().run('npx istio-mesh rotate root')).toThrow(refusal);
    });

    test('lets all clusters sign with the new root, and proxies renew their certificates without a restart', () => {
      workplace().run(commands.rotateRoot.replace('npx istio-mesh rotate root\n', ''));
      expect(pods).toEqual(expect.arrayContaining(clusters.flatMap((each) => podsOf(workplace(), each))));
    });

    test('lets all clusters trust only the new root', () => {
      workplace().run(commands.rotateRoot);
      expect(rootOfFiles(workplace())).not.toBe(oldRoot);
      for (const cluster of clusters) expect(trustedRoots(workplace(), cluster)).toBe(1);
      expect(pods).toEqual(expect.arrayContaining(clusters.flatMap((each) => podsOf(workplace(), each))));
      workplace().run(commands.verify);
    });

    test('replaces the intermediate certificates', () => {
      workplace().run('rm -r certs/old-root && npx istio-mesh rotate intermediates');
      workplace().run('npx istio-mesh synth');
      for (const cluster of clusters)
        workplace().kubectl(cluster, `apply -f dist/${cluster}/20-cacerts.k8s.yaml`);
      workplace().run(commands.verify);
    });
  });
});

function podsOf(workplace: Workplace, cluster: string): string[] {
  const pods = workplace.kubectl(cluster, 'get pods -A -o name');
  return pods.split('\n').filter((name) => /istio|curl|helloworld/.test(name));
}

function rootOfFiles({ folder }: Workplace): string {
  return new X509Certificate(readFileSync(join(folder, 'certs/cluster1/root-cert.pem'))).fingerprint256;
}

/** The number of root certificates that istiod gives to new pods. */
function trustedRoots(workplace: Workplace, cluster: string): number {
  const roots = workplace.kubectl(cluster, '-n sample get configmap istio-ca-root-cert -o yaml');
  return roots.match(/BEGIN CERTIFICATE/g)?.length ?? 0;
}
