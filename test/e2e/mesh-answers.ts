import type { Workplace } from './workplace';

/** Calls HelloWorld from one cluster with kubectl alone, and returns the versions that answered. */
export function answeringVersions(workplace: Workplace, cluster: string, calls = 40): string[] {
  const call = 'curl -sS --max-time 5 helloworld.sample:5000/hello || true';
  const loop = `for i in $(seq ${calls}); do ${call}; done`;
  const output = workplace.run(
    `kubectl --kubeconfig ${cluster}.kubeconfig -n sample exec deploy/curl -c curl -- sh -c '${loop}'`,
  );
  return [...new Set([...output.matchAll(/version: (v\d+)/g)].map(([, version = '']) => version))].sort();
}

/** The remote clusters that a cluster's istiods say they have read, as istioctl reports them. */
export function syncedClusters(workplace: Workplace, cluster: string): string[] {
  const output = workplace.run(`istioctl --kubeconfig ${cluster}.kubeconfig remote-clusters`);
  const rows = output
    .split('\n')
    .slice(1)
    .map((row) => row.trim().split(/\s+/));
  return [...new Set(rows.flatMap((row) => (row.includes('synced') ? [row[0] ?? ''] : [])))].sort();
}
