import { z } from 'zod';
import type { ComponentDefinition } from './components/definition';
import { istioSystem } from './istio-names';
import { dnsLabel } from './schema-types';

/** The CNI node agent of a cluster, in a namespace of your choice. */
export interface CniDefinition {
  /**
   * The namespace of the node agent. It is created, unless it is istio-system, default or one of the namespaces of
   * Kubernetes, which begin with kube-.
   * @default - istio-system, but kube-system on OpenShift where `dataPlane` is ambient or both
   */
  readonly namespace?: string;
}

/** Whether a cluster has the CNI node agent. */
type CniChoice = 'enabled' | 'disabled' | CniDefinition;

/** The schema of `istio.cni`. */
export const cniSchema = z.union([
  z.enum(['enabled', 'disabled']),
  z.strictObject({ namespace: dnsLabel.optional() }),
]) satisfies z.ZodType<CniChoice>;

/** The CNI node agent of a cluster. */
export interface CniSettings {
  readonly namespace: string;
}

/** What a cluster or the mesh says about the node agent: `istio.cni`, and the component `cni` of an IstioOperator. */
interface CniLayer {
  readonly choice?: CniChoice;
  readonly component?: ComponentDefinition;
}

/**
 * The settings of the node agent; undefined for a cluster without one.
 *
 * @param layers the most specific first
 * @param component the merged component
 * @param byDefault whether there is one if nothing is said about it, and its namespace
 */
export function cniWithDefaults(
  layers: readonly CniLayer[],
  component: ComponentDefinition | undefined,
  byDefault: CniSettings & { readonly choice: 'enabled' | 'disabled' },
): CniSettings | undefined {
  const layer = layers.find((each) => each.choice !== undefined || each.component !== undefined);
  const choice = layer?.choice ?? (component === undefined ? byDefault.choice : choiceOf(component));
  if (choice === 'disabled') return undefined;
  const namespace = component?.namespace || byDefault.namespace;
  return { namespace, ...(choice === 'enabled' ? {} : choice) };
}

function choiceOf({ enabled = true }: ComponentDefinition): 'enabled' | 'disabled' {
  return enabled ? 'enabled' : 'disabled';
}

/** Whether a namespace is in every cluster, or written for the control plane. */
export function isCommonNamespace(namespace: string): boolean {
  return [istioSystem, 'default'].includes(namespace) || namespace.startsWith('kube-');
}
