import type { KubernetesObject } from '@kubernetes/client-node';
import { helloWorld } from '../mesh/istio-names';
import { lasting, type UnlocatedProblem } from './live-problem';
import { nameOf, selects, type Workload } from './workload';

/** Istio's AuthorizationPolicy, as an API server returns it. */
export interface AuthorizationPolicy extends KubernetesObject {
  readonly spec?: {
    /** ALLOW if it is absent. */
    readonly action?: string;
    readonly rules?: readonly { readonly from?: unknown; readonly to?: unknown; readonly when?: unknown }[];
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  };
}

/**
 * AuthorizationPolicies that deny all requests to a workload, and those that may deny some.
 *
 * @see https://istio.io/latest/docs/concepts/security/#implicit-enablement
 */
export function authorizationProblems(
  cluster: string,
  policies: readonly AuthorizationPolicy[],
  workload: Workload,
): { readonly certain: UnlocatedProblem[]; readonly possible: UnlocatedProblem[] } {
  const selected = policies.filter((policy) => selects(policy, workload));
  const denying = selected.filter(({ spec }) => spec?.action === 'DENY' && (spec.rules ?? []).length > 0);
  const denyingAll = denying.filter(({ spec }) =>
    spec?.rules?.some(({ from, to, when }) => [from, to, when].every((part) => part === undefined)),
  );
  const allowing = selected.filter(({ spec }) => (spec?.action ?? 'ALLOW') === 'ALLOW');
  const allowsNothing = allowing.length > 0 && allowing.every(({ spec }) => (spec?.rules ?? []).length === 0);
  return {
    certain: [...denyingAll, ...(allowsNothing ? allowing : [])].map((policy) =>
      problem(cluster, policy, workload, 'denies all requests to'),
    ),
    possible: [...denying, ...allowing].map((policy) =>
      problem(cluster, policy, workload, 'does not allow this request to'),
    ),
  };
}

function problem(
  cluster: string,
  policy: AuthorizationPolicy,
  { labels }: Workload,
  does: string,
): UnlocatedProblem {
  const { shown, command } = nameOf('AuthorizationPolicy', policy);
  const { namespace, client } = helloWorld;
  const isServer = labels.app === helloWorld.service;
  const allow = isServer
    ? `Allow the service account ${namespace}/${client} in its rules`
    : 'Allow connections to the gateway in its rules';
  return lasting(
    `${shown} of ${cluster} ${does} ${isServer ? 'HelloWorld' : 'the east-west gateway'}.`,
    `${allow}, or delete it in ${cluster}: kubectl delete ${command}.`,
  );
}
