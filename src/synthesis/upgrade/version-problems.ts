import { releaseOf, remoteSecretChange } from '../../control-plane/istio-release';
import { compareVersions, istioMinor } from '../../mesh/istio-version';
import type { Cluster, Mesh } from '../../mesh/mesh';
import { MeshError, type Problem } from '../../problems/problem';

/** How a cluster gets another version: its control plane is replaced, or a second one runs beside it for a time. */
export type UpgradeStrategy = 'in-place' | 'canary';

/**
 * How many minor versions an upgrade may cover.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 */
const mostMinors: Readonly<Record<UpgradeStrategy, number>> = { 'in-place': 1, canary: 2 };

const reasons: Readonly<Record<UpgradeStrategy, string>> = {
  'in-place':
    'in place, Istio supports one minor version at a time: until they are restarted, proxies have the old version, and istiod supports those of the minor version before its own',
  canary: 'with a canary, Istio supports two minor versions at a time',
};

/** Why clusters cannot be upgraded to a version. */
export function versionProblems(
  { istio: { controlPlane } }: Mesh,
  clusters: readonly Cluster[],
  to: string,
  strategy: UpgradeStrategy,
): Problem[] {
  if (controlPlane === 'native' || controlPlane === 'helm') {
    const unsupported = problemsOf(() => releaseOf(to));
    if (unsupported.length > 0) return [...unsupported];
  }
  return clusters.flatMap((cluster) => skewProblem(cluster, to, strategy) ?? []);
}

function skewProblem(
  { name, istio: { version } }: Cluster,
  to: string,
  strategy: UpgradeStrategy,
): Problem | undefined {
  const problem = (message: string, hint: string): Problem => ({
    code: 'UPGRADE-VERSION',
    location: { file: name },
    message,
    hint,
  });
  if (compareVersions(version, to) > 0) {
    return problem(
      `${name} has Istio ${version}, which is newer than ${to}.`,
      'Name a newer version. To go back while an upgrade is under way, write the old version into mesh.yaml, and apply it.',
    );
  }
  const [from = 0, target = 0] = [istioMinor(version), istioMinor(to)];
  if (target - from <= mostMinors[strategy]) return undefined;
  const next = from + mostMinors[strategy];
  const canary = strategy === 'in-place' && target - from <= mostMinors.canary ? ', or add --canary' : '';
  return problem(
    `${name} has Istio ${version}, and ${to} is ${target - from} minor versions newer: ${reasons[strategy]}.`,
    `Upgrade all clusters to the newest patch version of 1.${next} first${canary}.`,
  );
}

/** Known problems of the versions between which clusters are upgraded. */
export function versionWarnings(clusters: readonly Cluster[], to: string): Problem[] {
  const from = [...new Set(clusters.map(({ istio }) => istio.version))].filter(losesEndpoints);
  const what = 'loses endpoints of other clusters when a remote secret changes';
  return [
    ...from.map((version) =>
      warning(
        `Istio ${version} ${what}.`,
        'Rotate no token, and join or remove no cluster before the upgrade is complete.',
      ),
    ),
    ...(losesEndpoints(to)
      ? [warning(`Istio ${to} ${what}.`, 'Upgrade to a version after 1.30.3 instead.')]
      : []),
  ];
}

function losesEndpoints(version: string): boolean {
  return remoteSecretChange(version) === 'loses-endpoints';
}

function warning(message: string, hint: string): Problem {
  return { code: 'LIVE-VERSION', location: {}, message, hint };
}

function problemsOf(action: () => unknown): readonly Problem[] {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
}
