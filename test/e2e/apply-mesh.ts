import type { Workplace } from './workplace';

/** Synthesizes mesh.yaml anew, and applies the folders of running clusters. */
export function applyMesh(workplace: Workplace, clusters: readonly string[]): void {
  workplace.run('npx istio-mesh synth');
  for (const cluster of clusters) workplace.kubectl(cluster, `apply -f dist/${cluster}`);
  for (const cluster of clusters) awaitRollouts(workplace, cluster, 'istio-system');
}

/** Has all proxies injected anew, by the templates that are there now; first those who inject have to read them. */
export function reinject(workplace: Workplace, clusters: readonly string[]): void {
  restart(workplace, clusters, 'istio-system', ['istiod']);
  restart(workplace, clusters, 'istio-system', ['istio-eastwestgateway', 'istio-ingressgateway']);
  restart(workplace, clusters, 'sample');
}

/**
 * Replaces pods in each cluster, and waits until their successors are ready.
 *
 * @param deployments none for all Deployments of the namespace
 */
export function restart(
  workplace: Workplace,
  clusters: readonly string[],
  namespace: string,
  deployments: readonly string[] = [],
): void {
  const restarted = ['deployment', ...deployments].join(' ');
  for (const cluster of clusters) workplace.kubectl(cluster, `-n ${namespace} rollout restart ${restarted}`);
  for (const cluster of clusters) awaitRollouts(workplace, cluster, namespace);
}

/** Waits until every Deployment of a namespace runs as it is written. */
export function awaitRollouts(workplace: Workplace, cluster: string, namespace: string): void {
  workplace.kubectl(cluster, `-n ${namespace} rollout status deployment --timeout=120s`);
}
