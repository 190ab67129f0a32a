import type { KubernetesObject } from '@kubernetes/client-node';
import { istioSystem } from '../mesh/istio-names';
import { hasLabels } from './label-selector';
import { lasting, type UnlocatedProblem } from './live-problem';
import { nameOf, type Workload } from './workload';

/** Istio's EnvoyFilter, as an API server returns it. */
export interface EnvoyFilter extends KubernetesObject {
  readonly spec?: {
    readonly workloadSelector?: { readonly labels?: Readonly<Record<string, string>> };
    readonly targetRefs?: readonly unknown[];
  };
}

/**
 * The EnvoyFilters that change the proxy of a workload. What they change is not known, so they are only named if nothing
 * else is found.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/
 */
export function envoyFilterProblems(
  cluster: string,
  filters: readonly EnvoyFilter[],
  { namespace, labels }: Workload,
): UnlocatedProblem[] {
  return filters
    .filter(({ metadata }) => metadata?.namespace === namespace || metadata?.namespace === istioSystem)
    .filter(({ spec }) => (spec?.targetRefs ?? []).length === 0)
    .filter(({ spec }) => hasLabels(labels, spec?.workloadSelector?.labels))
    .map((filter) => {
      const { shown, command } = nameOf('EnvoyFilter', filter);
      return lasting(
        `${shown} of ${cluster} changes the proxy of ${labels.app ?? 'the gateway'} in ${namespace}.`,
        `To see whether it is the cause, delete it in ${cluster}: kubectl delete ${command}.`,
      );
    });
}
