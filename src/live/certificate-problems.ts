import { istioSystem } from '../mesh/istio-names';
import { type Certificate, isIssuedBy } from '../pki/certificate';
import type { ClusterState } from './cluster-state';
import { type LiveProblem, lasting, passing, problemOf } from './live-problem';
import { outdatedProxies } from './outdated-proxies';
import { type ProxyPod, workloadNames } from './proxy';
import { certificatesIn, type ProxySecrets } from './proxy-secrets';

/** The root certificates that istiod distributes in a cluster, from the ConfigMap in istio-system. */
export function distributedRoots({ rootConfigMaps }: ClusterState): Certificate[] {
  const own = rootConfigMaps.find(({ metadata }) => metadata?.namespace === istioSystem);
  return certificatesIn(own?.data?.['root-cert.pem'] ?? '');
}

/** ConfigMaps of namespaces with proxies that differ from that of istio-system. */
export function rootConfigMapProblems(state: ClusterState): LiveProblem[] {
  const { cluster, proxies, rootConfigMaps } = state;
  const roots = distributedRoots(state);
  if (roots.length === 0) return [];
  const withProxies = new Set(proxies.map(({ namespace }) => namespace));
  const different = rootConfigMaps
    .filter(({ metadata }) => withProxies.has(metadata?.namespace ?? ''))
    .filter(({ data }) => !isSameSet(certificatesIn(data?.['root-cert.pem'] ?? ''), roots))
    .map(({ metadata }) => metadata?.namespace ?? '');
  if (different.length === 0) return [];
  const message = `ConfigMap istio-ca-root-cert in ${different.sort().join(', ')} of ${cluster.name} does not have the root certificates of that in ${istioSystem}, so new pods there do not trust istiod.`;
  const hint = `Check that the discoverySelectors in ConfigMap istio of ${cluster.name} select these namespaces, and read the log of istiod.`;
  return [problemOf(cluster.name, 'LIVE-CERTIFICATE', passing(message, hint))];
}

/** The proxies, one of each workload, that do not have all root certificates that istiod distributes. */
export function proxiesWithOldRoots(state: ClusterState): ProxyPod[] {
  const roots = distributedRoots(state);
  return state.proxySecrets
    .filter((secrets) => !roots.every((root) => isAmong(root, secrets.roots)))
    .map(({ proxy }) => proxy);
}

/** Proxies with other certificates than new ones would get. */
export function proxyCertificateProblems(
  state: ClusterState,
  meshRoots: readonly Certificate[],
  now: Date,
): LiveProblem[] {
  const { cluster, proxySecrets } = state;
  const roots = distributedRoots(state);
  if (roots.length === 0) return [];
  const outdated = proxiesWithOldRoots(state);
  const isOutdated = ({ proxy }: ProxySecrets) => outdated.includes(proxy);
  const report = (matches: (secrets: ProxySecrets) => boolean, message: (names: string) => string) =>
    outdatedProxies(
      state,
      'LIVE-CERTIFICATE',
      proxySecrets.filter(matches).map(({ proxy }) => proxy),
      message,
    );
  return [
    ...report(
      isOutdated,
      (names) =>
        `Proxies of ${cluster.name} do not trust all root certificates of the ConfigMaps istio-ca-root-cert, because they started before: ${names}. They reject workloads with certificates of the newer root.`,
    ),
    ...report(
      ({ chain }) => chain.some(({ notAfter }) => notAfter < now),
      (names) => `Proxies of ${cluster.name} present an expired certificate: ${names}.`,
    ),
    ...report(
      // A proxy with the old roots has a certificate of them, too: the restart replaces both.
      (secrets) =>
        !isOutdated(secrets) && isValid(secrets.chain, now) && !isTrusted(secrets.chain, meshRoots),
      (names) =>
        `Proxies of ${cluster.name} present a certificate that does not chain to a root certificate of the mesh, so others reject them: ${names}.`,
    ),
  ];
}

/**
 * Clusters that do not trust the root of the certificates in another, although both have a root in common: one of them has
 * skipped a step of a rotation. Clusters without a common root are reported elsewhere.
 */
export function skippedStepProblems(state: ClusterState, states: readonly ClusterState[]): LiveProblem[] {
  const { name, peers } = state.cluster;
  const own = distributedRoots(state);
  return states.flatMap((peer): LiveProblem[] => {
    const roots = distributedRoots(peer);
    if (!peers.includes(peer.cluster.name) || !own.some((root) => isAmong(root, roots))) return [];
    const rejected = state.proxySecrets.filter(
      ({ chain }) => !isTrusted(chain, roots) && isTrusted(chain, own),
    );
    if (rejected.length === 0) return [];
    const names = workloadNames(rejected.map(({ proxy }) => proxy));
    const message = `${peer.cluster.name} does not trust the root with which ${name} has issued the certificates of ${names}.`;
    const hint = `Apply 20-cacerts.k8s.yaml of ${peer.cluster.name}. If a rotation of the root is under way, run istio-mesh rotate status.`;
    return [problemOf(peer.cluster.name, 'LIVE-ROOT', lasting(message, hint))];
  });
}

function isValid(chain: readonly Certificate[], now: Date): boolean {
  return chain.every(({ notAfter }) => notAfter >= now);
}

/** Whether a chain leads to one of the roots, each certificate to the next. */
export function isTrusted(chain: readonly Certificate[], roots: readonly Certificate[]): boolean {
  const issuers = [...chain, ...roots];
  let current = chain[0];
  for (let depth = 0; current !== undefined && depth <= chain.length; depth++) {
    const certificate: Certificate = current;
    if (roots.some((root) => root.fingerprint === certificate.fingerprint || isIssuedBy(certificate, root)))
      return true;
    current = issuers.find((issuer) => issuer !== certificate && isIssuedBy(certificate, issuer));
  }
  return false;
}

export function isAmong(certificate: Certificate, certificates: readonly Certificate[]): boolean {
  return certificates.some(({ fingerprint }) => fingerprint === certificate.fingerprint);
}

function isSameSet(some: readonly Certificate[], others: readonly Certificate[]): boolean {
  return some.every((each) => isAmong(each, others)) && others.every((each) => isAmong(each, some));
}
