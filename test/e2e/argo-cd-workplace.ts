import { ArgoCd } from './argo-cd';
import { freshClusters, istioctlFolder, stopClusters } from './clusters';
import { GitRepository } from './git-repository';
import { Kubectl } from './kubectl';
import { startSealedSecrets } from './sealed-secrets-controller';
import { Workplace } from './workplace';

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
    for (const kubeconfig of kubeconfigs) startSealedSecrets(new Kubectl(kubeconfig));
  }

  remove(): void {
    this.argoCd.stop();
    stopClusters();
    this.repository.remove();
    this.workplace.remove();
  }
}
