import type { IstiodReplica } from './observation';

/** The status of a peer that an istiod pod knows nothing of. */
export const notTaken = 'no remote secret';

/**
 * What the istiod pods of a cluster say of a peer, each saying once: `synced`, `syncing`, `timeout` or
 * `closed` in their own words; in ours, where they know nothing of it or do not say.
 */
export function syncStatuses(replicas: readonly IstiodReplica[], peer: string): string[] {
  if (replicas.length === 0) return ['no pod of istiod is ready'];
  const statuses = replicas.map(({ remoteClusters }) => {
    if (remoteClusters === undefined) return 'istiod does not say';
    const entry = remoteClusters.find(({ id, secretName }) => id === peer && secretName !== '');
    return entry?.syncStatus ?? notTaken;
  });
  return [...new Set(statuses)];
}
