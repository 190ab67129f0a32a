import { caCertsSecretName, istioSystem, revocationLists } from '../mesh/istio-names';
import { caCrlFile } from '../pki/ca-certs';
import { caCertsSecretIn, readAppliedCaCerts } from './applied-ca-certs';
import type { ClusterState } from './cluster-state';
import { type LiveProblem, passing, problemOf } from './live-problem';
import { restartHint, workloadNames } from './proxy';

/** Proxies that accept revoked certificates, although the Secret cacerts has lists of them. */
export function revocationProblems(state: ClusterState): LiveProblem[] {
  const secret = caCertsSecretIn(state.caSecrets);
  const lists = secret && readAppliedCaCerts(secret).caCerts.caCrl?.trim();
  if (lists === undefined) return [];
  const withoutConfigMap = namespacesWithoutLists(state, lists);
  return withoutConfigMap.length > 0 ? withoutConfigMap : proxiesWithoutLists(state, lists);
}

/** istiod copies the lists to a ConfigMap of each namespace. */
function namespacesWithoutLists(
  { cluster: { name }, proxies, crlConfigMaps }: ClusterState,
  lists: string,
): LiveProblem[] {
  const mounting = proxies.filter(({ revocation }) => revocation === 'mounted');
  const namespaces = new Set(mounting.map(({ namespace }) => namespace));
  for (const { metadata, data } of crlConfigMaps) {
    if (data?.[caCrlFile]?.trim() === lists) namespaces.delete(metadata?.namespace ?? '');
  }
  if (namespaces.size === 0) return [];
  const message = `ConfigMap ${revocationLists} in ${[...namespaces].sort().join(', ')} of ${name} does not have the lists of revoked certificates of Secret ${istioSystem}/${caCertsSecretName}.`;
  const hint = `In ${name}, run kubectl -n ${istioSystem} rollout restart deployment istiod. It needs PILOT_ENABLE_CA_CRL, which is on by default.`;
  return [problemOf(name, 'LIVE-CERTIFICATE', passing(message, hint))];
}

/** Kubernetes updates the files of a pod that runs some time after the ConfigMap. */
function proxiesWithoutLists(
  { cluster: { name }, proxySecrets }: ClusterState,
  lists: string,
): LiveProblem[] {
  const found = proxySecrets
    .filter(({ proxy, revocationLists: held }) => proxy.revocation === 'mounted' && held.trim() !== lists)
    .map(({ proxy }) => proxy);
  if (found.length === 0) return [];
  const message = `Proxies of ${name} do not have the lists of revoked certificates of Secret ${istioSystem}/${caCertsSecretName} yet, so they accept revoked ones: ${workloadNames(found)}.`;
  const hint = `The kubelet updates the files of pods within two minutes. If this remains, restart them. ${restartHint(name, found)}`;
  return [problemOf(name, 'LIVE-CERTIFICATE', passing(message, hint))];
}
