import { remoteSecretName } from '../mesh/istio-names';
import type { Mesh } from '../mesh/mesh';
import type { FormerClusters } from '../synthesis/former-clusters';
import { kubectl } from './kubectl';
import { joinNames, maxNames } from './terminal';

/** What a synthesis says about clusters that were removed, renamed or moved: what is left of them, and what to do. */
export function formerClustersText(mesh: Mesh, former: FormerClusters): string {
  const { removed, added, left, renamed, moved } = former;
  const lines: string[] = [];
  if (removed.length > 0) {
    lines.push(`No longer in the mesh, and removed from the output: ${joinNames(removed)}.`);
    lines.push(...remoteSecretLines(removed, mesh.gitops !== undefined));
    lines.push(
      `They can still read the other clusters until their tokens are revoked: istio-mesh remove ${removed[0]} shows how.`,
    );
    if (added.length > 0 && renamed.length === 0) {
      lines.push(
        `If you renamed a cluster to ${joinNames(added)}: to Istio it is a new cluster. Run istio-mesh join, synthesize again, and apply the files of all clusters.`,
      );
    }
  }
  lines.push(...renamed.slice(0, maxNames).flatMap((change) => renameLines(mesh, change)));
  lines.push(...moved.slice(0, maxNames).flatMap((change) => moveLines(mesh, change)));
  if (left.length > 0) {
    const shown = left.slice(0, maxNames);
    const more = left.length > shown.length ? [`  and ${left.length - shown.length} more`] : [];
    lines.push(
      'Left of clusters that are not in the mesh; delete it if they do not come back and no other mesh uses it:',
      ...shown.map((file) => `  ${file}`),
      ...more,
    );
  }
  return lines.join('\n');
}

/** Under both names, the peers have its endpoints all the time. Proxies take part again when they are restarted. */
function renameLines({ clusters }: Mesh, { from, to }: FormerClusters['renamed'][number]): string[] {
  const cluster = clusters.find(({ name }) => name === to);
  if (cluster === undefined) return [];
  return [
    `${from} seems to be ${to} now, because the network is the same. To Istio, it is another cluster: its istiod refuses the proxies of ${from} until they are restarted. In this order:`,
    `  1. istio-mesh join --cluster ${to}, and istio-mesh synth`,
    `  2. apply the folders of the other clusters, which then read it under both names; delete the remote secret of ${from} last`,
    `  3. apply the folder of ${to}, and at once restart its gateways and workloads, for each namespace with:`,
    `     ${kubectl(cluster, 'rollout restart deployment --namespace NAMESPACE')}`,
    `  4. istio-mesh verify; then delete the remote secret of ${from} in the other clusters`,
  ];
}

/** Pods have the network with which they were injected. */
function moveLines(
  { clusters }: Mesh,
  { cluster: name, from, to }: FormerClusters['moved'][number],
): string[] {
  const cluster = clusters.find((each) => each.name === name);
  if (cluster === undefined) return [];
  return [
    `${name} moves from ${from} to ${to}. Its pods stay in ${from} until they are restarted, and calls from other networks to them fail. Without failed calls, only a new cluster with another name can replace it. Otherwise, in this order:`,
    `  1. apply the folder of ${name}, and wait for its east-west gateway`,
    `  2. restart its gateways and workloads, for each namespace with:`,
    `     ${kubectl(cluster, 'rollout restart deployment --namespace NAMESPACE')}`,
    '  3. istio-mesh verify, which names the pods that are left',
  ];
}

function remoteSecretLines(removed: readonly string[], hasGitOpsTool: boolean): string[] {
  if (hasGitOpsTool) return ['The GitOps tool deletes their remote secrets from the other clusters.'];
  const secrets = removed.slice(0, maxNames).map(remoteSecretName);
  return [
    'kubectl apply deletes nothing. In every other cluster, delete the remote secrets of these clusters:',
    `  kubectl delete secret --namespace istio-system --ignore-not-found ${secrets.join(' ')}`,
    ...(removed.length > secrets.length ? ['  and so on for the others'] : []),
  ];
}
