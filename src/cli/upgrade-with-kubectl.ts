import { agentDaemonSet } from '../control-plane/cni/naming';
import { hasSidecars } from '../mesh/data-plane';
import { eastWestGatewayName, istioSystem, withRevision } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { shellWord } from '../problems/suggestion';
import type { FolderChanges, RolledOut } from '../synthesis/upgrade/folder-changes';
import type { PlannedStage } from '../synthesis/upgrade/plan-upgrade';
import { kubectl } from './kubectl';
import { limit, type PlanPaths, type UpgradeStep } from './upgrade-step';

/** Applies a stage. */
export function applyWithKubectl(
  mesh: Mesh,
  to: string,
  { stage, after, changes }: PlannedStage,
  paths: PlanPaths,
): UpgradeStep {
  const isOperator = mesh.istio.controlPlane === 'operator';
  const commands = after.flatMap((cluster) => {
    const own = changes?.find((each) => each.cluster === cluster.name);
    const folder = `${shellWord(paths.outdir)}/${cluster.name}`;
    return isOperator ? installOperators(cluster, folder) : applyFolder(mesh, cluster, folder, own);
  });
  const title = isOperator
    ? `Install with istioctl ${to}, and apply the rest`
    : stage === 'remove-old'
      ? 'Apply the folders'
      : 'Apply the custom resource definitions, then istiod, then the rest';
  return { title, commands };
}

function applyFolder(mesh: Mesh, cluster: Cluster, folder: string, changes?: FolderChanges): string[] {
  const files = changes?.files.filter(({ change }) => change !== 'removed').map(({ file }) => file);
  const hasCrds = files?.includes(`00-crds${extension}`) ?? mesh.istio.crds === 'write';
  const controlPlanes = (files ?? [`30-control-plane${extension}`]).filter((file) => file.startsWith('30-'));
  const istiods = istiodsOf(cluster);
  const others = (changes?.rollouts ?? []).filter(({ name }) => !istiods.includes(name));
  const nodeAgents = others.filter(({ name }) => name === agentDaemonSet);
  return [
    ...(hasCrds
      ? [`apply -f ${folder}/00-crds${extension}`, 'wait --for=condition=Established crd --all']
      : []),
    ...controlPlanes.map((file) => `apply -f ${folder}/${file}`),
    ...(controlPlanes.length === 0 ? [] : istiods.map((name) => rolloutStatus(istiod(name)))),
    // A node needs its CNI node agent to start pods, its ztunnel among them: so the one is replaced before the other.
    ...(nodeAgents.length === 0 ? [] : [`apply -f ${folder}/20-cni${extension}`]),
    ...nodeAgents.map(rolloutStatus),
    `apply -f ${folder}`,
    ...others.filter((each) => !nodeAgents.includes(each)).map(rolloutStatus),
  ].map((command) => kubectl(cluster, command));
}

const extension = '.k8s.yaml';

function istiodsOf({ istio }: Cluster): string[] {
  const revisions = [istio.revision, ...(istio.canary === undefined ? [] : [istio.canary.revision])];
  return revisions.map((revision) => withRevision('istiod', revision));
}

function istiod(name: string): RolledOut {
  return { kind: 'deployment', namespace: istioSystem, name };
}

function rolloutStatus({ kind, namespace, name }: RolledOut): string {
  return `rollout status ${kind} ${name} --namespace ${namespace} ${limit}`;
}

/** istioctl waits until what it installs is ready. */
function installOperators(cluster: Cluster, folder: string): string[] {
  return [
    ...['30-control-plane', '40-eastwest-gateway'].map((name) =>
      kubectl(cluster, `install -y -f ${folder}/operator/${name}${extension}`).replace(
        /^kubectl/,
        'istioctl',
      ),
    ),
    kubectl(cluster, `apply -f ${folder}`),
  ];
}

/** What the old istiod has injected. */
export function restartSteps({ stage, after, changes }: PlannedStage): UpgradeStep[] {
  if (stage !== 'upgrade' && stage !== 'move-to-canary') return [];
  const gateways = after.flatMap((cluster) =>
    (changes?.find((each) => each.cluster === cluster.name)?.restarts ?? knownGateways(cluster)).flatMap(
      (gateway) => [
        kubectl(cluster, `rollout restart ${gateway.kind} ${gateway.name} --namespace ${gateway.namespace}`),
        kubectl(cluster, rolloutStatus(gateway)),
      ],
    ),
  );
  const withSidecars = after.filter(({ dataPlane }) => hasSidecars(dataPlane));
  return [
    {
      title: 'Restart the gateways that istiod completes, which an apply does not replace',
      commands: gateways,
    },
    {
      title:
        'Restart the workloads, so that they get proxies of the new version; by namespace, if all at once are too many',
      commands: withSidecars.flatMap(restartWorkloads),
    },
  ].filter(({ commands }) => commands.length > 0);
}

function knownGateways({ eastWestGateway }: Cluster): RolledOut[] {
  if (eastWestGateway === undefined) return [];
  return [{ kind: 'deployment', namespace: istioSystem, name: eastWestGatewayName }];
}

function restartWorkloads(cluster: Cluster): string[] {
  return ['istio-injection=enabled', `istio.io/rev=${cluster.istio.revision}`].map((label) => {
    const namespaces = kubectl(cluster, `get namespaces -l ${label} -o jsonpath='{.items[*].metadata.name}'`);
    const restart = kubectl(
      cluster,
      'rollout restart deployment,statefulset,daemonset --namespace $namespace',
    );
    return `for namespace in $(${namespaces}); do ${restart}; done`;
  });
}

/** kubectl apply deletes nothing, and after the synthesis the files are gone. */
export function deletion({ before, changes = [] }: PlannedStage, { outdir }: PlanPaths): UpgradeStep {
  const commands = before.flatMap((cluster) => {
    const files = changes.find((each) => each.cluster === cluster.name)?.files ?? [];
    const old = cluster.istio.canary?.revision ?? '';
    return [
      ...files
        .filter(({ change }) => change === 'removed')
        .map(({ file }) => `delete --ignore-not-found -f ${shellWord(outdir)}/${cluster.name}/${file}`),
      `delete networkpolicies --namespace ${istioSystem} -l istio.io/rev=${old}`,
    ].map((command) => kubectl(cluster, command));
  });
  return { title: 'Delete the objects of the old control plane', commands };
}
