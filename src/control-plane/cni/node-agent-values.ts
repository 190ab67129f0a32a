import { type HelmValues, mergeValues } from '../../mesh/helm-values';
import type { Defaulted } from '../../mesh/values/chart-defaults';
import { cniDefaults, cniGlobalDefaults } from '../../mesh/values/cni-defaults';
import type { CniValues } from '../../mesh/values/cni-values';
import type { GlobalValues } from '../../mesh/values/global-values';
import { typedValues } from '../../mesh/values/typed-values';
import { daemonSetValues } from '../components/component-values';
import type { ControlPlaneInput } from '../input';
import type { IstioRelease } from '../istio-release';
import { mapAt, presets } from '../values/chart-values';

/** Everything that determines the objects of the CNI node agent of a cluster. */
export interface NodeAgentInput {
  readonly release: IstioRelease;
  /** The revision of the control plane that the node agent belongs to. */
  readonly revision: string;
  readonly namespace: string;
  readonly values: NodeAgentValues;
}

/** The values of Istio's cni chart with all defaults. As in the chart, those below `cni` are at the top level. */
type NodeAgentValues = Defaulted<CniValues, typeof cniDefaults> & {
  readonly global: Defaulted<GlobalValues, typeof cniGlobalDefaults>;
  readonly platform?: string;
};

/**
 * The input of the node agent that belongs to a control plane.
 *
 * @param namespace the namespace of its pods
 */
export function nodeAgentInput(
  { release, revision, recorded, cni }: ControlPlaneInput,
  namespace: string,
): NodeAgentInput {
  const userValues = mergeValues(typedValues(recorded.original), { cni: daemonSetValues(release, cni) });
  return { release, revision, namespace, values: nodeAgentValues(release, userValues) };
}

/** The chart merges its values twice: the platform and the user's values over its defaults, and `cni` over all. */
function nodeAgentValues(release: IstioRelease, userValues: HelmValues): NodeAgentValues {
  const defaults = { ...cniDefaults, global: cniGlobalDefaults };
  const merged = mergeValues(defaults, presets(release, userValues), userValues);
  return mergeValues(merged, mapAt(merged, 'cni')) as unknown as NodeAgentValues;
}
