import { istioSystem } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { defaultTrustDomain } from '../mesh/trust-domains';
import type { GeneralNames } from './x509/general-names';

/**
 * The names in the certificates that istiod issues in a cluster: those of workloads, and its own. The name
 * constraints of no CA may exclude them.
 *
 * @see https://istio.io/latest/docs/concepts/security/#istio-identity
 */
export function issuedNames(
  trustDomains: readonly string[] = [defaultTrustDomain],
  revisions: readonly string[] = [],
): GeneralNames {
  const services = [
    'istiod',
    'istiod-remote',
    'istio-pilot',
    ...revisions.map((revision) => `istiod-${revision}`),
  ];
  return {
    uris: trustDomains.map((domain) => `spiffe://${domain}/ns/${istioSystem}/sa/istiod`),
    dns: services.map((service) => `${service}.${istioSystem}.svc`),
    emails: [],
    ips: [],
  };
}

/** The names that each cluster of a mesh issues; see {@link issuedNames}. */
export function issuedNamesOf(mesh: Mesh): (clusterName: string) => GeneralNames {
  const names = new Map(
    mesh.clusters.map((cluster) => [cluster.name, issuedNames([cluster.trustDomain], revisionsOf(cluster))]),
  );
  return (clusterName) => names.get(clusterName) ?? issuedNames([mesh.trustDomain]);
}

/** The names that all clusters of a mesh issue; its root must allow each of them. */
export function allIssuedNames({ clusters }: Mesh): GeneralNames {
  const trustDomains = [...new Set(clusters.map(({ trustDomain }) => trustDomain))];
  return issuedNames(trustDomains, [...new Set(clusters.flatMap(revisionsOf))]);
}

function revisionsOf({ istio }: Cluster): string[] {
  const revisions = [istio.revision, istio.canary?.revision];
  return revisions.filter((revision) => revision !== undefined && revision !== 'default') as string[];
}
