import { type HelmValues, isMap } from './helm-values';
import type { Cluster, Mesh } from './mesh';

/** The trust domain of workloads that Istio has without a setting. */
export const defaultTrustDomain = 'cluster.local';

/** The trust domains of a mesh, each once, in the order of its clusters. */
function trustDomainsOf(mesh: Mesh): readonly string[] {
  const known = ofMeshes.get(mesh);
  if (known !== undefined) return known;
  const domains = [...new Set(mesh.clusters.map(({ trustDomain }) => trustDomain))];
  ofMeshes.set(mesh, domains);
  return domains;
}

/** Collected once for each mesh, because every cluster asks for them. */
const ofMeshes = new WeakMap<Mesh, readonly string[]>();

/** The trust domains of the other clusters of a mesh. */
export function foreignTrustDomains(mesh: Mesh, { trustDomain }: Pick<Cluster, 'trustDomain'>): string[] {
  return trustDomainsOf(mesh).filter((domain) => domain !== trustDomain);
}

/**
 * The trust domains in the mesh configuration of a cluster. A proxy accepts only certificates of its own trust domain
 * and of its aliases, as a client and as a server, so those of the other clusters follow the aliases of the user.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-trust_domain_aliases
 */
export function trustDomainValues(mesh: Mesh, cluster: Cluster, values: HelmValues): HelmValues {
  const { trustDomain } = cluster;
  const foreign = foreignTrustDomains(mesh, cluster);
  if (foreign.length === 0) return { trustDomain };
  const meshConfig = isMap(values.meshConfig) ? values.meshConfig : {};
  // istiod knows both names, and refuses a configuration with both.
  const key = 'trust_domain_aliases' in meshConfig ? 'trust_domain_aliases' : 'trustDomainAliases';
  const ofUser = meshConfig[key];
  return { trustDomain, [key]: [...new Set([...(Array.isArray(ofUser) ? ofUser : []), ...foreign])] };
}
