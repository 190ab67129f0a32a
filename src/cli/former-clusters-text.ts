import { remoteSecretName } from '../mesh/istio-names';
import type { Mesh } from '../mesh/mesh';
import type { FormerClusters } from '../synthesis/former-clusters';
import { joinNames, maxNames } from './terminal';

/** What a synthesis says about clusters that were removed or renamed: what is left of them, and what to do. */
export function formerClustersText({ gitops }: Mesh, { removed, added, left }: FormerClusters): string {
  const lines: string[] = [];
  if (removed.length > 0) {
    lines.push(`No longer in the mesh, and removed from the output: ${joinNames(removed)}.`);
    lines.push(...remoteSecretLines(removed, gitops !== undefined));
    if (added.length > 0) {
      lines.push(
        `If you renamed a cluster to ${joinNames(added)}: to Istio it is a new cluster. Run istio-mesh join, synthesize again, and apply the files of all clusters.`,
      );
    }
  }
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

function remoteSecretLines(removed: readonly string[], hasGitOpsTool: boolean): string[] {
  if (hasGitOpsTool) return ['The GitOps tool deletes their remote secrets from the other clusters.'];
  const secrets = removed.slice(0, maxNames).map(remoteSecretName);
  return [
    'kubectl apply deletes nothing. In every other cluster, delete the remote secrets of these clusters:',
    `  kubectl delete secret --namespace istio-system --ignore-not-found ${secrets.join(' ')}`,
    ...(removed.length > secrets.length ? ['  and so on for the others'] : []),
  ];
}
