import { type HelmValues, isMap, mergeValues } from '../../mesh/helm-values';
import type { IstioValues } from '../../mesh/values/istio-values';
import type { IstioRelease } from '../istio-release';
import { chartDefaults, type Defaulted, ingressGatewayDefaults } from './defaults';
import { compatibilityValues, platforms, profiles } from './presets';

/**
 * Istio's values, complete: what a user gave over platform, profile and defaults. Unlike in the chart,
 * the values of `pilot` are there and nowhere else.
 */
export type ChartValues = Defaulted<IstioValues, typeof completeDefaults>;

const completeDefaults = {
  ...chartDefaults,
  gateways: { ...chartDefaults.gateways, 'istio-ingressgateway': ingressGatewayDefaults },
};

/** What stands beside `pilot` and is not istiod's own. */
const shared = new Set([
  ...Object.keys(chartDefaults),
  'compatibilityVersion',
  'platform',
  'profile',
  'ztunnel',
]);

/**
 * The values that a control plane goes by.
 *
 * @param merged what Istio's chart makes of the values that it is given, with those of `pilot` at the top
 */
export function chartValues(merged: HelmValues): ChartValues {
  const entries = Object.entries(merged);
  const pilot = Object.fromEntries(entries.filter(([key]) => !shared.has(key)));
  const others = Object.fromEntries(entries.filter(([key]) => shared.has(key)));
  const { gateways } = merged;
  // What the charts of gateways bring along, istiod's chart neither knows nor records.
  const gateway = isMap(gateways) ? gateways['istio-ingressgateway'] : undefined;
  const completed = {
    'istio-ingressgateway': mergeValues(ingressGatewayDefaults, isMap(gateway) ? gateway : {}),
  };
  return mergeValues({ ...others, pilot }, { gateways: completed }) as unknown as ChartValues;
}

/** Values as Istio keeps them in the cluster, for its own tools and for people. */
export interface RecordedValues {
  /** What was given to the chart. */
  readonly original: HelmValues;
  /** What the chart went by: over its defaults a profile and a platform, over these what was given. */
  readonly merged: HelmValues;
}

/** What istioctl gives to the charts of a cluster with sidecars besides a user's values. */
const installerValues: HelmValues = {
  defaultRevision: '',
  gateways: { 'istio-egressgateway': {}, 'istio-ingressgateway': {} },
  global: { configValidation: true, istioNamespace: 'istio-system' },
  pilot: { cni: { enabled: false }, enabled: true },
  ztunnel: { resourceName: 'ztunnel' },
};

/** Merges what was given over what Istio's charts bring along. */
export function recordedValues(release: IstioRelease, given: HelmValues): RecordedValues {
  const original = mergeValues(installerValues, given);
  const { pilot, ...shared } = chartDefaults;
  const defaults = mergeValues(pilot, taintDefaults(release), shared);
  const merged = mergeValues(defaults, presets(release, original), original);
  // The chart has the values of pilot at the top level, too, and goes by these.
  return { original, merged: mergeValues(merged, mapAt(merged, 'pilot')) };
}

/** Lines that cannot choose the taint do not write down its name. */
function taintDefaults({ taintEnvironment }: IstioRelease): HelmValues {
  return taintEnvironment ? { taint: { name: 'cni.istio.io/not-ready' } } : {};
}

function presets(release: IstioRelease, given: HelmValues): HelmValues {
  const { compatibilityVersion } = given;
  const profile = given.profile ?? mapAt(given, 'global').profile;
  const platform = given.platform || mapAt(given, 'global').platform;
  return mergeValues(
    profiles[String(profile)] ?? {},
    compatibilityVersion ? compatibilityValues(release.line, String(compatibilityVersion)) : {},
    platforms[String(platform)] ?? {},
    platform === 'openshift' && release.terminationMessagePolicy
      ? { pilot: { terminationMessagePolicy: 'FallbackToLogsOnError' } }
      : {},
  );
}

function mapAt(values: HelmValues, key: string): HelmValues {
  const value = values[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as HelmValues) : {};
}
