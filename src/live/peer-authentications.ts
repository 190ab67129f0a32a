import type { KubernetesObject } from '@kubernetes/client-node';
import { helloWorld, istioSystem } from '../mesh/istio-names';
import { lasting, type UnlocatedProblem } from './live-problem';
import { nameOf, selects, type Workload } from './workload';

/** Istio's PeerAuthentication, as an API server returns it. */
export interface PeerAuthentication extends KubernetesObject {
  readonly spec?: {
    readonly mtls?: { readonly mode?: string };
    readonly portLevelMtls?: Readonly<Record<string, { readonly mode?: string }>>;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  };
}

/**
 * The PeerAuthentication that turns off the mutual TLS of a workload. Calls from other networks need it, and
 * istiod leaves out endpoints in other networks that do not have it.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export function peerAuthenticationProblems(
  cluster: string,
  policies: readonly PeerAuthentication[],
  workload: Workload,
): UnlocatedProblem[] {
  const applied = policies
    .filter((policy) => selects(policy, workload))
    .filter((policy) => !isForWorkloads(policy) || policy.metadata?.namespace === workload.namespace)
    .sort((one, other) => precedence(other, workload) - precedence(one, workload));
  const decisive = applied.find((policy) => modeOf(policy) !== undefined);
  if (decisive === undefined || modeOf(decisive) !== 'DISABLE') return [];
  const { shown, command } = nameOf('PeerAuthentication', decisive);
  return [
    lasting(
      `${shown} of ${cluster} turns off mutual TLS for HelloWorld, which calls across networks need.`,
      `Set its mode to PERMISSIVE or STRICT, or delete it in ${cluster}: kubectl delete ${command}.`,
    ),
  ];
}

function modeOf({ spec }: PeerAuthentication): string | undefined {
  const mode = spec?.portLevelMtls?.[String(helloWorld.port)]?.mode ?? spec?.mtls?.mode;
  return mode === 'UNSET' ? undefined : mode;
}

function isForWorkloads({ spec }: PeerAuthentication): boolean {
  return Object.keys(spec?.selector?.matchLabels ?? {}).length > 0;
}

/** One for the workload comes before one for its namespace, and that before one for the mesh. */
function precedence(policy: PeerAuthentication, { namespace }: Workload): number {
  if (isForWorkloads(policy)) return 2;
  return policy.metadata?.namespace === namespace && namespace !== istioSystem ? 1 : 0;
}
