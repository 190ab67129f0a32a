import { joined } from '../../problems/sentence';
import { distributedRoots, isAmong, isTrusted } from '../certificate-problems';
import type { ClusterState } from '../cluster-state';
import { type LiveProblem, passing, problemOf } from '../live-problem';
import { certificatesIn } from '../proxy-secrets';
import type { Ztunnel, ZtunnelCertificate } from './ztunnel';

/** Certificates that ztunnel does not have, or that others reject. */
export function ztunnelCertificateProblems(state: ClusterState, now: Date): LiveProblem[] {
  const { cluster, ztunnels } = state;
  const roots = distributedRoots(state);
  if (roots.length === 0) return [];
  const report = (
    matches: (certificate: ZtunnelCertificate) => boolean,
    message: (identities: string) => string,
    hint: (pods: string) => string,
  ): LiveProblem[] => {
    const found = ztunnels
      .map((ztunnel) => ({ ztunnel, identities: ztunnel.certificates.filter(matches) }))
      .filter(({ identities }) => identities.length > 0);
    if (found.length === 0) return [];
    const identities = found.flatMap((each) => each.identities.map(({ identity }) => identity));
    const pods = found.map(({ ztunnel }) => podOf(ztunnel));
    const text = message(shortened([...new Set(identities)].sort()));
    return [problemOf(cluster.name, 'LIVE-CERTIFICATE', passing(text, hint(joined(pods))))];
  };
  return [
    ...report(
      ({ state: is, chain }) => is !== 'Available' || chain === '',
      (identities) => `ztunnel of ${cluster.name} has no certificate for ${identities}.`,
      (pods) => `Read the logs of ztunnel and of istiod, which signs them: ${pods}.`,
    ),
    ...report(
      ({ chain }) => certificatesIn(chain).some(({ notAfter }) => notAfter < now),
      (identities) => `ztunnel of ${cluster.name} presents an expired certificate for ${identities}.`,
      (pods) => `Restart it, after its logs have been read: ${pods}.`,
    ),
    ...report(
      ({ chain, roots: held }) => {
        const trusted = certificatesIn(held);
        const isOld = trusted.length > 0 && !roots.every((root) => isAmong(root, trusted));
        return isOld || (chain !== '' && !isTrusted(certificatesIn(chain), roots));
      },
      (identities) =>
        `ztunnel of ${cluster.name} holds certificates of other roots than those of ConfigMap istio-ca-root-cert, for ${identities}.`,
      (pods) =>
        `It renews them within half of their lifetime. To renew them now, delete the pods of ztunnel, one at a time: ${pods}.`,
    ),
  ];
}

function podOf({ namespace, pod }: Ztunnel): string {
  return `kubectl -n ${namespace} logs ${pod}`;
}

/** The first identities of many. */
function shortened(identities: readonly string[]): string {
  const shown = identities.slice(0, 3);
  const others = identities.length - shown.length;
  return others === 0 ? joined(shown) : `${shown.join(', ')} and ${others} more`;
}
