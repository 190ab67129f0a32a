import { expect } from 'vitest';
import { type Document, isSeq } from 'yaml';
import { mergeValues } from '../../src/mesh/helm-values';
import { ArgoCd, applicationProblems, refresh } from './argo-cd';
import { clusterValues, freshClusters, istioctlFolder, stopClusters } from './clusters';
import { commands } from './commands';
import { GitRepository } from './git-repository';
import { Kubectl } from './kubectl';
import { startSealedSecrets } from './sealed-secrets-controller';
import { Workplace } from './workplace';

/** The time limit from a commit until all clusters are synced, in milliseconds. */
const syncTimeout = 480_000;

/** Fresh clusters with the Sealed Secrets controller, Argo CD for all of them, and a repository for it. */
export class ArgoCdWorkplace {
  readonly workplace: Workplace;
  readonly repository: GitRepository;
  readonly argoCd: ArgoCd;

  constructor(clusters: number) {
    const kubeconfigs = freshClusters(clusters);
    this.workplace = new Workplace(istioctlFolder(), kubeconfigs);
    this.repository = new GitRepository(this.workplace);
    this.argoCd = new ArgoCd(kubeconfigs[0] ?? '');
    this.workplace.run('cp cluster1.kubeconfig argocd.kubeconfig');
    this.repository.afterPush(`kubectl --kubeconfig ${kubeconfigs[0]} ${refresh}`);
    for (const kubeconfig of kubeconfigs) startSealedSecrets(new Kubectl(kubeconfig));
  }

  /**
   * Commits a mesh with the commands of the pages, and verifies it once it is synced to its two clusters.
   *
   * @param edit changes the mesh.yaml that init has written
   */
  async startMesh(edit: (mesh: Document) => void): Promise<void> {
    this.repository.run(commands.startWithArgoCd);
    this.workplace.editMesh((mesh) => {
      withoutAutoscalers(mesh);
      edit(mesh);
    });
    this.repository.run(commands.commitMesh);
    this.workplace.run(commands.applyToArgoCd);
    // The Application of each cluster, and the one that creates them.
    await this.awaitSync(3);
    this.workplace.run(commands.verify);
  }

  /** Waits until the given number of Applications are synced to the last commit. */
  async awaitSync(count: number): Promise<void> {
    const head = this.workplace.run('git rev-parse HEAD').trim();
    this.argoCd.refresh();
    const pending = () => {
      const { applications } = this.argoCd;
      const behind = applications.filter(({ status }) => status?.sync?.revision !== head);
      return [
        ...(applications.length === count ? [] : [`${applications.length} of ${count} applications`]),
        ...behind.map(({ metadata }) => `${metadata.name} has another commit`),
        ...applications.flatMap(applicationProblems),
      ];
    };
    await expect.poll(pending, { timeout: syncTimeout, interval: 2000 }).toEqual([]);
  }

  remove(): void {
    this.argoCd.stop();
    stopClusters();
    this.repository.remove();
    this.workplace.remove();
  }
}

/** Argo CD reports an autoscaler as degraded without metrics, which the clusters do not have. */
const fixedReplicas = {
  pilot: { autoscaleEnabled: false },
  gateways: { 'istio-ingressgateway': { autoscaleEnabled: false } },
};

/** Sets what Argo CD and local clusters need in the mesh.yaml that init has written. */
export function withoutAutoscalers(mesh: Document): void {
  mesh.setIn(['istio', 'values'], mergeValues(clusterValues, fixedReplicas));
  const clusters = mesh.get('clusters');
  if (!isSeq(clusters)) return;
  for (const index of clusters.items.keys())
    mesh.setIn(['clusters', index, 'eastWestGateway', 'autoscaling'], 'disabled');
}
