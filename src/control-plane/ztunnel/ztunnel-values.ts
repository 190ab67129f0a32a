import { type HelmValues, isMap, mergeValues } from '../../mesh/helm-values';
import type { Defaulted } from '../../mesh/values/chart-defaults';
import type { GlobalValues } from '../../mesh/values/global-values';
import type { IstioPlatform } from '../../mesh/values/kubernetes-values';
import { typedValues } from '../../mesh/values/typed-values';
import { ztunnelDefaults } from '../../mesh/values/ztunnel-defaults';
import type { ZtunnelValues } from '../../mesh/values/ztunnel-values';
import { daemonSetValues } from '../components/component-values';
import type { ControlPlaneInput } from '../input';
import type { IstioRelease } from '../istio-release';
import { mapAt, presets, withoutNulls } from '../values/chart-values';

/** Everything that determines the objects of ztunnel in a cluster. */
export interface ZtunnelInput {
  readonly release: IstioRelease;
  readonly namespace: string;
  readonly values: ZtunnelChartValues;
}

/** The values of Istio's ztunnel chart with all defaults. As in the chart, those below `ztunnel` are at the top level. */
type ZtunnelChartValues = Defaulted<ZtunnelValues, typeof ztunnelDefaults> & {
  readonly global: Pick<GlobalValues, 'networkPolicy'>;
  readonly platform?: IstioPlatform | '';
};

/**
 * The input of the ztunnel that belongs to a control plane.
 *
 * @param namespace the namespace of its pods
 */
export function ztunnelInput(
  { release, recorded, ztunnel }: ControlPlaneInput,
  namespace: string,
): ZtunnelInput {
  const { pilot: _, meshConfig: __, ...original } = recorded.original;
  const userValues = mergeValues(typedValues(original), { ztunnel: daemonSetValues(release, ztunnel) });
  const chosen = presets(release, userValues);
  // The chart reads the values of `global` at the top level, below those of the user.
  const merged = mergeValues(
    ztunnelDefaults,
    chosen,
    mapAt(chosen, 'global'),
    mapAt(userValues, 'global'),
    ztunnelChartValues(userValues),
  );
  return {
    release,
    namespace,
    values: withoutNulls(merged, ztunnelDefaults) as unknown as ZtunnelChartValues,
  };
}

/** The values that the chart is rendered with, as istioctl takes them from the values of all charts. */
export function ztunnelChartValues(values: HelmValues): HelmValues {
  const scalars = Object.entries(values).filter(([key, value]) => key === 'global' || !isMap(value));
  return mergeValues(Object.fromEntries(scalars), mapAt(values, 'ztunnel'));
}
