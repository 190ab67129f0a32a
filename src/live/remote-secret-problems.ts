import { istioSystem } from '../mesh/istio-names';
import { joined } from '../problems/sentence';
import { isEmpty } from './cluster-problems';
import { groupBy } from './group-by';
import { type LiveProblem, lasting, problemOf } from './live-problem';
import type { ClusterObservation } from './observation';

/**
 * The problems of remote secrets. A token that its cluster rejects is in the Secrets of all other clusters, so
 * clusters with the same problem are named together.
 */
export function remoteSecretProblems(observations: readonly ClusterObservation[]): LiveProblem[] {
  const applied = observations.filter(({ controlPlane }) => controlPlane && !isEmpty(controlPlane));
  const found = applied.flatMap(({ cluster, remoteSecrets = [] }) =>
    remoteSecrets.flatMap(({ secret, peer, problems, differs }) =>
      problems.map((problem) => ({ cluster, secret, problem, difference: appliedHint(peer, differs) })),
    ),
  );
  const keyOf = ({ secret, problem }: (typeof found)[number]) => `${secret}\n${problem.message}`;
  return groupBy(found, keyOf).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { secret, problem, difference } = first;
    const clusters = group.map(({ cluster }) => cluster);
    const where = `Secret ${istioSystem}/${secret} of ${joined(clusters)}`;
    const message = `${where}: ${problem.message}${difference}`;
    const hint = clusters
      .slice(1)
      .reduce((text, other) => `${text} Repeat the last step for ${other}.`, problem.hint);
    return problemOf(
      first.cluster,
      'LIVE-REMOTE-SECRET',
      lasting(message, clusters.length > 3 ? problem.hint : hint),
    );
  });
}

function appliedHint(peer: string, differs: readonly string[]): string {
  return differs.length === 0
    ? ''
    : ` It differs from the kubeconfig of ${peer} on this machine: ${joined(differs)}.`;
}

/** What could not be tried, and Secrets that work but are not those that the next synthesis writes. */
export function remoteSecretWarnings({ cluster, remoteSecrets = [] }: ClusterObservation): LiveProblem[] {
  const untried = new Set(remoteSecrets.flatMap((observation) => observation.untried ?? []));
  const outdated = remoteSecrets.filter(
    ({ problems, differs }) => problems.length === 0 && differs.length > 0,
  );
  return [
    ...[...untried].map((message) =>
      problemOf(cluster, 'LIVE-REMOTE-SECRET', lasting(message, 'Verify from a machine that can try them.')),
    ),
    ...remoteSecrets.flatMap(({ peer, secret, expires }) => {
      if (expires === undefined) return [];
      const message = `The token of Secret ${istioSystem}/${secret} of ${cluster} expires on ${expires.toISOString()}. Then istiod cannot read ${peer} any more.`;
      const hint = `Run istio-mesh join --refresh and istio-mesh synth, then apply 60-remote-secrets.k8s.yaml of ${cluster}.`;
      return [problemOf(cluster, 'LIVE-REMOTE-SECRET', lasting(message, hint))];
    }),
    ...outdated.map(({ peer, secret, differs }) =>
      problemOf(
        cluster,
        'LIVE-REMOTE-SECRET',
        lasting(
          `Secret ${istioSystem}/${secret} of ${cluster} works, but differs from the kubeconfig of ${peer} on this machine: ${joined(differs)}.`,
          `Run istio-mesh synth and apply 60-remote-secrets.k8s.yaml of ${cluster}.`,
        ),
      ),
    ),
  ];
}
