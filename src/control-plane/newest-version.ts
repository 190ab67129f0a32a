import type { ClusterIstio } from '../mesh/mesh';

/**
 * The newer version of a cluster's control planes, whose CustomResourceDefinitions the cluster gets: older
 * control planes work with the definitions of newer ones, but not the other way round.
 */
export function newestVersion({ version, alongside }: ClusterIstio): string {
  return [version, alongside?.version ?? version].sort(byNumbers)[1] ?? version;
}

function byNumbers(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
