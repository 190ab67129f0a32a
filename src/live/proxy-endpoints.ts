import type { LiveCluster } from './live-cluster';
import { mapLimited } from './map-limited';
import { proxyContainer } from './observe-pods';
import type { ProxyPod } from './proxy';
import { askProxy } from './proxy-request';

/** The clusters whose endpoints a running proxy has; undefined if it did not say. */
export interface ProxyEndpoints {
  readonly proxy: ProxyPod;
  readonly clusters?: ReadonlySet<string>;
}

/** How many proxies are asked at a time. */
const atOnce = 8;

/** How long a proxy with many endpoints may take to answer, in seconds. */
const answerSeconds = 30;

/** Asks proxies for their endpoints. */
export function observeProxyEndpoints(
  live: LiveCluster,
  proxies: readonly ProxyPod[],
): Promise<ProxyEndpoints[]> {
  const path = 'config_dump?include_eds&resource=dynamic_endpoint_configs';
  return mapLimited(proxies, atOnce, async (proxy) => {
    const answer = await askProxy(live, { ...proxy, container: proxyContainer }, path, answerSeconds);
    return { proxy, clusters: clustersOfEndpoints(answer) };
  });
}

/**
 * The clusters in the metadata that istiod adds to each endpoint: its workload, namespace, canonical name, canonical revision
 * and cluster, separated by semicolons. Undefined if there are endpoints without them, or for any other text.
 */
export function clustersOfEndpoints(dump: string): ReadonlySet<string> | undefined {
  // A proxy may have tens of thousands of endpoints, so only this is read.
  const found = [...dump.matchAll(/"workload":\s*"(?:[^";]*;){4}([^";]+)"/g)].map(
    ([, cluster = '']) => cluster,
  );
  const isOther = !dump.startsWith('{') || /"cluster_name":\s*"outbound/.test(dump);
  return found.length === 0 && isOther ? undefined : new Set(found);
}
