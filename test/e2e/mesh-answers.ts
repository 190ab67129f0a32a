import type { Workplace } from './workplace';

/** Calls HelloWorld from a client in one cluster with kubectl alone, and returns the versions that answered. */
export function answeringVersions(workplace: Workplace, cluster: string, namespace = 'sample'): string[] {
  const loop = 'for i in $(seq 40); do curl -sS --max-time 5 helloworld.sample:5000/hello || true; done';
  const output = workplace.kubectl(cluster, `-n ${namespace} exec deploy/curl -c curl -- sh -c '${loop}'`);
  return [...new Set([...output.matchAll(/version: (v\d+)/g)].map(([, version = '']) => version))].sort();
}

/** The clusters that istiod of one revision has read, as istioctl reports them. */
export function syncedClusters(workplace: Workplace, cluster: string, revision = 'default'): string[] {
  const rows = istioctlTable(workplace, cluster, `remote-clusters --revision=${revision}`);
  return [...new Set(rows.flatMap((row) => (row.includes('synced') ? [row[0] ?? ''] : [])))].sort();
}

/** The namespaces whose proxies are connected to istiod of one revision. */
export function servedNamespaces(workplace: Workplace, cluster: string, revision: string): string[] {
  const rows = istioctlTable(workplace, cluster, `proxy-status --revision=${revision}`);
  return [...new Set(rows.map(([proxy = '']) => proxy.slice(proxy.indexOf('.') + 1)))].sort();
}

function istioctlTable(workplace: Workplace, cluster: string, command: string): string[][] {
  const [, ...rows] = workplace
    .run(`istioctl --kubeconfig ${cluster}.kubeconfig ${command}`)
    .trim()
    .split('\n');
  return rows.map((row) => row.trim().split(/\s+/));
}
