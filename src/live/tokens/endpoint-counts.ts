/** The number of endpoints that an istiod knows, by the name of their cluster. */
export type EndpointCounts = Readonly<Record<string, number>>;

/** Parses a response of istiod's debug endpoint `endpointShardz`; undefined for any other text. */
export function parseEndpointCounts(text: string): EndpointCounts | undefined {
  try {
    const counts = new Map<string, number>();
    for (const namespaces of Object.values(JSON.parse(text) as ShardsByService)) {
      for (const { Shards = {} } of Object.values(namespaces)) {
        for (const [key, endpoints] of Object.entries(Shards)) {
          if (!key.startsWith(kubernetes)) continue;
          const cluster = key.slice(kubernetes.length);
          counts.set(cluster, (counts.get(cluster) ?? 0) + (endpoints ?? []).length);
        }
      }
    }
    return Object.fromEntries(counts);
  } catch {
    return undefined;
  }
}

/** The start of the keys of endpoints that istiod has read from the API server of a cluster. */
const kubernetes = 'Kubernetes/';

/** By the name of the Service, then by its namespace. */
type ShardsByService = Readonly<Record<string, Readonly<Record<string, EndpointShards>>>>;

/** The endpoints of a Service, by their origin. Go writes a list without entries as `null`. */
interface EndpointShards {
  readonly Shards?: Readonly<Record<string, readonly unknown[] | null>>;
}
