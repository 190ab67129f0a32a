import type { Workplace } from './workplace';

/** Synthesizes mesh.yaml anew, and applies the folders of running clusters. */
export function applyMesh(workplace: Workplace, clusters: readonly string[]): void {
  workplace.run('npx istio-mesh synth');
  for (const cluster of clusters) workplace.kubectl(cluster, `apply -f dist/${cluster}`);
  for (const cluster of clusters) awaitRollouts(workplace, cluster, 'istio-system');
}

/** Replaces the pods of a namespace in each cluster, and waits until their successors are ready. */
export function restart(workplace: Workplace, clusters: readonly string[], namespace: string): void {
  for (const cluster of clusters) workplace.kubectl(cluster, `-n ${namespace} rollout restart deployment`);
  for (const cluster of clusters) awaitRollouts(workplace, cluster, namespace);
}

/** Waits until every Deployment of a namespace runs as it is written. */
export function awaitRollouts(workplace: Workplace, cluster: string, namespace: string): void {
  workplace.kubectl(cluster, `-n ${namespace} rollout status deployment --timeout=120s`);
}
