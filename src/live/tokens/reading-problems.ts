import { istioSystem, remoteSecretName } from '../../mesh/istio-names';
import { backends } from '../../mesh/secrets/backends';
import type { RemoteKubeconfig } from '../../remotes/remote-kubeconfig';
import { tokenOf } from '../../remotes/remote-kubeconfig';
import { lasting, passing, type UnlocatedProblem } from '../live-problem';
import { isSynced, syncStatuses } from '../observe-pods';
import { endpointsOf, type ReaderState } from './observe-reading';

/** What a cluster must show before the token that it no longer uses can be revoked. */
export interface Reading {
  /** The cluster whose token is replaced. */
  readonly to: string;
  /** The kubeconfig that the remote secret must have. */
  readonly current: RemoteKubeconfig;
  /** The number of endpoints that each istiod must know at least. */
  readonly endpoints: number;
}

/**
 * What is still to happen in a cluster until it reads a peer with its current token. Of causes and their effects, only
 * the cause is reported.
 */
export function readingProblems(
  reader: ReaderState,
  { to, current, endpoints }: Reading,
): UnlocatedProblem[] {
  const { name } = reader.cluster;
  const secret = reader.secrets.get(to);
  if (secret === undefined) return [];
  if ('problem' in secret) {
    const where = `Secret ${istioSystem}/${remoteSecretName(to)} of ${name}`;
    return [lasting(`${where}: ${secret.problem.message}`, applyHint(reader))];
  }
  if (tokenOf(secret.settings) !== tokenOf(current)) {
    const message = `Secret ${istioSystem}/${secret.name} of ${name} does not have the token of ${to} that is in the files.`;
    return [lasting(message, applyHint(reader))];
  }
  if (!isSynced(reader.istiods, to)) {
    const statuses = syncStatuses(reader.istiods, to).join(', ');
    const message = `istiod of ${name} has not read ${to} with the current token: ${statuses}.`;
    return [passing(message, 'This takes some seconds. If it stays, read the log of istiod.')];
  }
  const known = endpointsOf(to, reader);
  if (known === undefined) {
    const message = `istiod of ${name} did not say which endpoints of ${to} it knows.`;
    return [passing(message, 'The user of the kubeconfig needs the permission to create pods/exec.')];
  }
  if (known >= endpoints) return [];
  return [
    passing(
      `istiod of ${name} knows ${known} endpoints of ${to}, and needs ${endpoints}.`,
      `If it stays, restart istiod: kubectl -n ${istioSystem} rollout restart deployment -l app=istiod`,
    ),
  ];
}

function applyHint({ cluster: { name, secrets } }: ReaderState): string {
  const isInStore = backends[secrets.remoteSecrets].store !== undefined;
  return isInStore
    ? `Put the files that istio-mesh secrets lists for ${name} into its store. The Secret changes after the refresh interval.`
    : `Synthesize, and apply 60-remote-secrets.k8s.yaml of ${name}.`;
}
