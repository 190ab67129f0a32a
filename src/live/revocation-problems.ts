import { caCertsSecretName, istioSystem, revocationLists } from '../mesh/istio-names';
import { caCrlFile } from '../pki/ca-certs';
import { readAppliedCaCerts } from './applied-ca-certs';
import type { ClusterState } from './cluster-state';
import { type LiveProblem, passing, problemOf } from './live-problem';
import { outdatedProxies } from './outdated-proxies';

/** Proxies that accept revoked certificates, although the Secret cacerts has lists of them. */
export function revocationProblems(state: ClusterState): LiveProblem[] {
  const secret = state.caSecrets?.find(({ metadata }) => metadata?.name === caCertsSecretName);
  const lists = secret && readAppliedCaCerts(secret).caCerts.caCrl;
  if (lists === undefined) return [];
  return [...namespacesWithoutLists(state, lists), ...proxiesWithoutLists(state)];
}

/** istiod reads the lists when it starts, and the pods of a namespace from its ConfigMap. */
function namespacesWithoutLists(
  { cluster: { name }, proxies, crlConfigMaps }: ClusterState,
  lists: string,
): LiveProblem[] {
  const mounting = proxies.filter(({ revocation }) => revocation === 'mounted');
  const namespaces = new Set(mounting.map(({ namespace }) => namespace));
  const current = crlConfigMaps
    .filter(({ data }) => data?.[caCrlFile]?.trim() === lists.trim())
    .map(({ metadata }) => metadata?.namespace ?? '');
  for (const namespace of current) namespaces.delete(namespace);
  if (namespaces.size === 0) return [];
  const message = `ConfigMap ${revocationLists} in ${[...namespaces].sort().join(', ')} of ${name} does not have the lists of revoked certificates of Secret ${istioSystem}/${caCertsSecretName}.`;
  const hint = `In ${name}, run kubectl -n ${istioSystem} rollout restart deployment istiod. It needs PILOT_ENABLE_CA_CRL, which is on by default.`;
  return [problemOf(name, 'LIVE-CERTIFICATE', passing(message, hint))];
}

/** A proxy looks for lists when it starts. It reads later changes of lists that it has. */
function proxiesWithoutLists(state: ClusterState): LiveProblem[] {
  const found = state.proxySecrets.filter(
    ({ proxy, revocation }) => proxy.revocation === 'mounted' && revocation === 'none',
  );
  return outdatedProxies(
    state,
    'LIVE-CERTIFICATE',
    found.map(({ proxy }) => proxy),
    (names) =>
      `Proxies of ${state.cluster.name} do not have the lists of revoked certificates, so they accept revoked ones: ${names}.`,
  );
}
