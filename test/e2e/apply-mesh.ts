import { clusterSource } from './clusters';
import type { Workplace } from './workplace';

/** Synthesizes mesh.yaml again, and applies the folders of running clusters. */
export function applyMesh(workplace: Workplace, clusters: readonly string[]): void {
  workplace.run('npx istio-mesh synth');
  for (const cluster of clusters) workplace.kubectl(cluster, `apply -f dist/${cluster}`);
  for (const cluster of clusters) awaitRollouts(workplace, cluster, 'istio-system');
}

/**
 * Restarts HelloWorld after the CNI node agents run. In local clusters they do not redirect pods that started before, because
 * the kubelets have no cgroups of pods.
 */
export function restartAfterNodeAgents(workplace: Workplace, clusters: readonly string[]): void {
  if (clusterSource !== 'lab') return;
  for (const cluster of clusters)
    workplace.kubectl(cluster, '-n istio-system rollout status daemonset --timeout=180s');
  restart(workplace, clusters, 'sample');
}

/** Injects all proxies again with the current templates. istiod restarts first, to read the templates. */
export function reinject(workplace: Workplace, clusters: readonly string[]): void {
  restart(workplace, clusters, 'istio-system', ['istiod']);
  restart(workplace, clusters, 'istio-system', ['istio-eastwestgateway', 'istio-ingressgateway']);
  restart(workplace, clusters, 'sample');
}

/**
 * Replaces pods in each cluster, and waits until the new pods are ready.
 *
 * @param deployments empty for all Deployments of the namespace
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

/** Replaces the ztunnels of one cluster after the other. */
export function restartZtunnels(workplace: Workplace, clusters: readonly string[]): void {
  for (const cluster of clusters) {
    workplace.kubectl(cluster, '-n istio-system rollout restart daemonset ztunnel');
    workplace.kubectl(cluster, '-n istio-system rollout status daemonset ztunnel --timeout=180s');
  }
}

/** Waits until all Deployments of a namespace are rolled out. */
export function awaitRollouts(workplace: Workplace, cluster: string, namespace: string): void {
  workplace.kubectl(cluster, `-n ${namespace} rollout status deployment --timeout=120s`);
}
