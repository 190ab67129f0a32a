import { type HelmValues, isMap, mergeValues } from '../../mesh/helm-values';
import type { IstioValues } from '../../mesh/values/istio-values';
import { chartDefaults } from './chart-defaults';
import type { Defaulted } from './defaulted';
import { ingressGatewayDefaults } from './ingress-gateway-defaults';

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
