import type { KubernetesObject } from '@kubernetes/client-node';
import { istioSystem } from '../mesh/istio-names';
import { hasLabels } from './label-selector';

/** A workload, as policies select it. */
export interface Workload {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Whether a policy of Istio applies to a workload: in its namespace by its labels, or in the root namespace. */
export function selects(
  policy: KubernetesObject & {
    readonly spec?: { readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> } };
  },
  { namespace, labels }: Workload,
): boolean {
  const own = policy.metadata?.namespace;
  if (own !== namespace && own !== istioSystem) return false;
  return hasLabels(labels, policy.spec?.selector?.matchLabels);
}

/** The kind, namespace and name of a policy, as kubectl takes them. */
export function nameOf(kind: string, { metadata }: KubernetesObject): { shown: string; command: string } {
  const { namespace = '', name = '' } = metadata ?? {};
  return { shown: `${kind} ${namespace}/${name}`, command: `-n ${namespace} ${kind.toLowerCase()} ${name}` };
}
