import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restartAfterNodeAgents } from './apply-mesh';
import { type ArgoCd, applicationProblems, hasArgoCd } from './argo-cd';
import { ArgoCdWorkplace, withoutAutoscalers } from './argo-cd-workplace';
import { clusterSource } from './clusters';
import { commands } from './commands';
import type { GitRepository } from './git-repository';
import { keysAndTokens } from './keys-and-tokens';
import type { KubernetesObject } from './kubectl';
import { answeringVersions, syncedClusters } from './mesh-answers';
import type { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];

/** What is created in the order of the waves, between the certificate and the remote secrets. */
const objectsInWaves = {
  sidecar: ['deployment istio-eastwestgateway', 'gateways.networking.istio.io cross-network-gateway'],
  ambient: ['daemonset ztunnel'],
};

/** Tests the commands of the pages with Argo CD, in a mesh with a data plane. */
export function testArgoCd(dataPlane: keyof typeof objectsInWaves): void {
  describe.skipIf(clusterSource !== 'lab' || !hasArgoCd)(
    `the commands of the pages with Argo CD, ${dataPlane}`,
    () => {
      let place: ArgoCdWorkplace;
      let workplace: Workplace;
      let repository: GitRepository;
      let argoCd: ArgoCd;

      beforeAll(() => {
        place = new ArgoCdWorkplace(3);
        ({ workplace, repository, argoCd } = place);
      });
      afterAll(() => place.remove());

      test('commits a mesh without keys and tokens', () => {
        repository.run(commands.startWithArgoCd);
        workplace.editMesh(withoutAutoscalers);
        workplace.editMesh((mesh) => mesh.set('dataPlane', dataPlane));
        repository.run(commands.commitMesh);
        expect(repository.filesContaining(keysAndTokens(workplace.folder))).toEqual([]);
      });

      test('syncs both clusters until HelloWorld answers', async () => {
        workplace.run(commands.applyToArgoCd);
        await place.awaitSync(3);
        if (dataPlane === 'ambient') restartAfterNodeAgents(workplace, clusters);
        workplace.run('npx istio-mesh verify');
        for (const cluster of clusters) {
          expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
          expect(syncedClusters(workplace, cluster)).toEqual(clusters);
        }
      });

      test('syncs in waves', () => {
        for (const cluster of clusters) {
          const read = (object: string) =>
            JSON.parse(workplace.kubectl(cluster, `-n istio-system get ${object} -o json`));
          const created = (object: string): string => read(object).metadata.creationTimestamp;
          const { conditions } = read('deployment istiod').status;
          const available = conditions.find(({ type }: { type: string }) => type === 'Available');
          const times = [
            created('secret cacerts'),
            available.lastTransitionTime,
            ...objectsInWaves[dataPlane].map(created),
            created(`secret istio-remote-secret-${clusters.find((name) => name !== cluster)}`),
          ];
          expect(times).toEqual([...times].sort());
        }
      });

      test('changes nothing in a second sync', async () => {
        const before = clusters.map((cluster) => versionsOfApplied(cluster));
        await argoCd.syncAgain();
        expect(argoCd.applications.flatMap(applicationProblems)).toEqual([]);
        expect(clusters.map((cluster) => versionsOfApplied(cluster))).toEqual(before);
      });

      test('adds a third cluster with one commit', async () => {
        workplace.editMesh((mesh) => {
          mesh.addIn(['clusters'], {
            name: 'cluster3',
            network: 'network3',
            kubeconfig: 'cluster3.kubeconfig',
            eastWestGateway: { autoscaling: 'disabled' },
          });
        });
        repository.run(commands.commitCluster);
        await place.awaitSync(4);
        if (dataPlane === 'ambient') restartAfterNodeAgents(workplace, ['cluster3']);
        workplace.run('npx istio-mesh verify');
        for (const cluster of [...clusters, 'cluster3']) {
          expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2', 'v3']);
        }
        expect(repository.filesContaining(keysAndTokens(workplace.folder))).toEqual([]);
      });

      /** The version of each object of the Application of a cluster, which increases with each change. */
      function versionsOfApplied(cluster: string): Record<string, string> {
        const application = argoCd.applications.find(({ metadata }) => metadata.name === `mesh1-${cluster}`);
        const applied = application?.status?.resources ?? [];
        const kinds = [
          ...new Set(applied.map(({ kind, group = '' }) => `${kind}.${group}`.replace(/\.$/, ''))),
        ];
        const { items } = JSON.parse(workplace.kubectl(cluster, `get ${kinds.join()} -A -o json`));
        const names = new Set(
          applied.map(({ kind, namespace = '', name }) => `${kind} ${namespace} ${name}`),
        );
        return Object.fromEntries(
          (items as KubernetesObject[])
            .map(({ kind, metadata }): [string, string] => [
              `${kind} ${metadata.namespace ?? ''} ${metadata.name}`,
              // Unlike the resource version, the generation does not change with the status.
              String(metadata.generation ?? metadata.resourceVersion),
            ])
            .filter(([name]) => names.has(name)),
        );
      }
    },
  );
}
