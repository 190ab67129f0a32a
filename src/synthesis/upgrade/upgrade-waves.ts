import { type Cluster, type Mesh, unknownCluster } from '../../mesh/mesh';
import type { Problem } from '../../problems/problem';

/**
 * The names of the clusters of each wave: first one cluster and then all others, unless waves are asked for. Clusters that
 * are in none of these form the last one.
 *
 * @param pending the clusters that are left to upgrade
 */
export function wavesOf(pending: readonly Cluster[], wanted: readonly (readonly string[])[]): string[][] {
  const names = pending.map(({ name }) => name);
  const chosen = wanted.length === 0 ? [names.slice(0, 1)] : wanted;
  const waves = chosen.map((wave) => wave.filter((name) => names.includes(name)));
  const rest = names.filter((name) => !waves.flat().includes(name));
  return [...waves, rest].filter((wave) => wave.length > 0);
}

/** Why the waves that were asked for do not fit the mesh. */
export function waveProblems(
  { clusters, istio, gitops }: Mesh,
  wanted: readonly (readonly string[])[],
  waves: readonly (readonly string[])[],
): Problem[] {
  const names = clusters.map(({ name }) => name);
  const all = wanted.flat();
  const twice = [...new Set(all.filter((name, index) => all.indexOf(name) < index))];
  const problem = (message: string, hint: string): Problem => ({
    code: 'UPGRADE-WAVE',
    location: {},
    message,
    hint,
  });
  return [
    ...all
      .filter((name) => !names.includes(name))
      .map((name) => ({ ...unknownCluster(name, names), location: {} })),
    ...twice.map((name) => problem(`${name} is in two waves.`, 'Name each cluster once.')),
    ...(istio.controlPlane === 'istioctl' && gitops !== undefined && waves.length > 1
      ? [
          problem(
            'istioctl renders all clusters with its own version, so one commit upgrades all of them.',
            `Upgrade them in one wave with --wave ${waves.flat().join(',')}, or write istio.controlPlane: native.`,
          ),
        ]
      : []),
  ];
}
