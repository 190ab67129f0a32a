import { gitopsName } from '../gitops/object-file';
import type { GitOpsTool } from '../mesh/gitops';
import type { Cluster, GitOps, Mesh } from '../mesh/mesh';
import { shellWord } from '../problems/suggestion';
import type { PlannedStage } from '../synthesis/upgrade/plan-upgrade';
import type { UpgradeStage } from '../synthesis/upgrade/upgrade-stages';
import { kubectl } from './kubectl';
import { istioMesh, limit, type PlanPaths, type UpgradeStep } from './upgrade-step';

/** Commits a stage, and waits until the GitOps tool has applied it. */
export function applyWithTool(
  mesh: Mesh,
  gitops: GitOps,
  { stage, after }: PlannedStage,
  paths: PlanPaths,
): UpgradeStep {
  const names = after.map(({ name }) => name).join(', ');
  const version = after[0]?.istio.canary?.version ?? after[0]?.istio.version ?? '';
  return {
    title: `Commit. ${orders[gitops.tool]}`,
    commands: [
      'git add .',
      istioMesh('check', paths),
      `git commit --message ${shellWord(messages[stage](names, version))}`,
      'git push',
      ...(isWaitable(mesh, gitops)
        ? after.flatMap((cluster) => waits[gitops.tool](mesh, gitops, cluster))
        : []),
    ],
  };
}

const orders: Readonly<Record<GitOpsTool, string>> = {
  argocd:
    'Argo CD syncs in waves: the custom resource definitions, then istiod, then the gateways. The commands that wait are for the cluster where it runs',
  flux: 'Flux applies in this order: the custom resource definitions, then istiod, then the gateways',
};

const messages: Readonly<Record<UpgradeStage, (clusters: string, version: string) => string>> = {
  upgrade: (clusters, version) => `Upgrade Istio of ${clusters} to ${version}`,
  'add-canary': (clusters, version) => `Add a canary of Istio ${version} to ${clusters}`,
  'move-to-canary': (clusters) => `Move ${clusters} to the canary of Istio`,
  'remove-old': (clusters) => `Remove the old control plane of ${clusters}`,
};

/** Whether a commit is what the tool reports as applied. */
function isWaitable({ istio }: Mesh, { repository }: GitOps): boolean {
  return (
    istio.controlPlane !== 'helm' && !repository.url.startsWith('oci://') && repository.tag === undefined
  );
}

type Waits = (mesh: Mesh, gitops: GitOps, cluster: Cluster) => string[];

const head = '$(git rev-parse HEAD)';

const waits: Readonly<Record<GitOpsTool, Waits>> = {
  argocd: (mesh, { namespace }, { name }) =>
    [
      `{.status.operationState.syncResult.revision}'=${head}`,
      "{.status.operationState.phase}'=Succeeded",
      "{.status.health.status}'=Healthy",
    ].map(
      (condition) =>
        `kubectl wait application ${gitopsName(mesh)}-${name} --namespace ${namespace} --for=jsonpath='${condition} ${limit}`,
    ),
  flux: (mesh, { namespace, repository }, cluster) => {
    const revision = `${repository.branch ?? 'main'}@sha1:${head}`;
    return [`jsonpath='{.status.lastAppliedRevision}'=${revision}`, 'condition=Ready'].map((condition) =>
      kubectl(
        cluster,
        `wait kustomizations.kustomize.toolkit.fluxcd.io ${gitopsName(mesh)}-istiod --namespace ${namespace} --for=${condition} ${limit}`,
      ),
    );
  },
};
