import { type HelmValue, type HelmValues, isMap, mergeValues } from '../../mesh/helm-values';
import { chartDefaults, type Defaulted, ingressGatewayDefaults } from '../../mesh/values/chart-defaults';
import type { IstioValues } from '../../mesh/values/istio-values';
import type { IstioRelease } from '../istio-release';
import { compatibilityValues, platforms, profiles } from './presets';

/**
 * Istio's values with all defaults. The user's values override the platform, the profile and the chart.
 * In the chart, the values of `pilot` are also at the top level. Here they are not.
 */
export type ChartValues = Defaulted<IstioValues, typeof completeDefaults>;

const completeDefaults = {
  ...chartDefaults,
  gateways: { ...chartDefaults.gateways, 'istio-ingressgateway': ingressGatewayDefaults },
};

/** The top-level keys that are not values of `pilot`. */
const shared = new Set([
  ...Object.keys(chartDefaults),
  'compatibilityVersion',
  'platform',
  'profile',
  'ztunnel',
]);

/**
 * The values of a control plane.
 *
 * @param merged the merged values of Istio's chart, with those of `pilot` at the top level
 */
export function chartValues(merged: HelmValues): ChartValues {
  const entries = Object.entries(merged);
  const pilot = Object.fromEntries(entries.filter(([key]) => !shared.has(key)));
  const others = Object.fromEntries(entries.filter(([key]) => shared.has(key)));
  const { gateways } = merged;
  // The chart of istiod does not contain the defaults of the gateway charts.
  const gateway = isMap(gateways) ? gateways['istio-ingressgateway'] : undefined;
  const completed = {
    'istio-ingressgateway': mergeValues(ingressGatewayDefaults, isMap(gateway) ? gateway : {}),
  };
  const values = mergeValues({ ...others, pilot }, { gateways: completed });
  return withoutNulls(values, completeDefaults) as unknown as ChartValues;
}

/** To Istio's charts, null is as empty as an empty map, list or text. The result is the argument if it has no null. */
export function withoutNulls(values: HelmValues, defaults: object): HelmValues {
  const changed = Object.entries(values).flatMap(([key, value]) => {
    const byDefault: unknown = Object.hasOwn(defaults, key) ? defaults[key as never] : undefined;
    if (value === null) return [[key, emptyOf(byDefault, key)] as const];
    // Readers of amounts leave out those that are null.
    if (!isMap(value) || !isMap(byDefault) || amounts.includes(key)) return [];
    const within = withoutNulls(value, byDefault);
    return within === value ? [] : [[key, within] as const];
  });
  return changed.length === 0 ? values : ({ ...values, ...Object.fromEntries(changed) } as HelmValues);
}

/** Amounts of resources have no names that their readers rely on, unlike other maps. */
const amounts: readonly string[] = ['requests', 'limits'];

function emptyOf(byDefault: unknown, key: string): HelmValue | undefined {
  if (key === 'resources' || amounts.includes(key)) return {};
  if (Array.isArray(byDefault)) return [];
  if (isMap(byDefault)) return withoutNulls(nulls(byDefault), byDefault);
  if (typeof byDefault === 'string') return '';
  return typeof byDefault === 'boolean' ? false : undefined;
}

/** A map in which every value is empty. */
function nulls(map: HelmValues): HelmValues {
  return Object.fromEntries(Object.keys(map).map((key) => [key, null]));
}

/** The values that Istio stores in the cluster, for its tools and for debugging. */
export interface RecordedValues {
  /** The values that the chart is rendered with. */
  readonly original: HelmValues;
  /** The original values, merged over the platform, the profile and the defaults of the chart. */
  readonly merged: HelmValues;
}

/** The values that istioctl adds to a user's values, for a cluster with sidecars. */
const installerValues: HelmValues = {
  defaultRevision: '',
  gateways: { 'istio-egressgateway': {}, 'istio-ingressgateway': {} },
  global: { configValidation: true, istioNamespace: 'istio-system' },
  pilot: { cni: { enabled: false }, enabled: true },
  ztunnel: { resourceName: 'ztunnel' },
};

/** Merges a user's values over the defaults of Istio's charts. */
export function recordedValues(release: IstioRelease, userValues: HelmValues): RecordedValues {
  const original = mergeValues(installerValues, userValues);
  const { pilot, ...shared } = chartDefaults;
  const defaults = mergeValues(pilot, taintDefaults(release), shared);
  const merged = mergeValues(defaults, presets(release, original), original);
  // The chart also has the values of pilot at the top level, and reads them there.
  return { original, merged: mergeValues(merged, mapAt(merged, 'pilot')) };
}

/** Minor versions that cannot choose the taint do not record its name. */
function taintDefaults({ taintEnvironment }: IstioRelease): HelmValues {
  return taintEnvironment ? { taint: { name: 'cni.istio.io/not-ready' } } : {};
}

/** The values of the profile, the platform and the compatibility version that a user's values choose. */
export function presets(release: IstioRelease, values: HelmValues): HelmValues {
  const { compatibilityVersion } = values;
  const profile = values.profile ?? mapAt(values, 'global').profile;
  const platform = values.platform || mapAt(values, 'global').platform;
  return mergeValues(
    profiles[String(profile)] ?? {},
    compatibilityVersion ? compatibilityValues(release.minorVersion, String(compatibilityVersion)) : {},
    platforms[String(platform)] ?? {},
    platform === 'openshift' && release.terminationMessagePolicy
      ? { pilot: { terminationMessagePolicy: 'FallbackToLogsOnError' } }
      : {},
  );
}

/** The map at a key of values, or an empty one. */
export function mapAt(values: HelmValues, key: string): HelmValues {
  const value = values[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as HelmValues) : {};
}
