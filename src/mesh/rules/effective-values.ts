import { type DefinitionPath, valueAt } from '../../problems/problem';
import { type HelmValues, isMap, mergeValues } from '../helm-values';
import { chartDefaults, ingressGatewayDefaults } from '../values/chart-defaults';
import { cniDefaults } from '../values/cni-defaults';
import { typedValues } from '../values/typed-values';
import { ztunnelDefaults } from '../values/ztunnel-defaults';
import type { ControlPlaneRule, DefinedControlPlane } from './control-planes';

/** Values that the cluster would refuse, because of other values or of defaults. */
export interface ValueProblem {
  /** The values that conflict; the problem is reported at the first one that the definition has. */
  readonly values: readonly DefinitionPath[];
  readonly message: string;
  readonly hint: string;
}

/** A condition of Istio's values, with the defaults of the charts merged below them. */
export type ValueCondition = (values: HelmValues) => readonly ValueProblem[];

/** A rule of conditions. */
export function forEffectiveValues(...conditions: readonly ValueCondition[]): ControlPlaneRule {
  return (controlPlane, definition) => {
    const { values, profile } = controlPlane.settings;
    if (Object.keys(values).length === 0) return [];
    const effective = mergeValues(defaults, profile === 'demo' ? demoDefaults : {}, typedValues(values));
    return conditions.flatMap((condition) =>
      condition(effective).flatMap(({ values: conflicting, message, hint }) => {
        const path = definedPath(controlPlane, definition, conflicting);
        return path === undefined ? [] : [{ code: 'MESH-VALUE' as const, path, message, hint }];
      }),
    );
  };
}

function definedPath(
  { paths }: DefinedControlPlane,
  definition: unknown,
  conflicting: readonly DefinitionPath[],
): DefinitionPath | undefined {
  return conflicting
    .flatMap((value) => paths.map((path) => [...path, 'values', ...value]))
    .find((path) => valueAt(definition, path) !== undefined);
}

/** The gateways that Istio's charts have in `gateways`. */
export const gatewayNames = ['istio-ingressgateway', 'istio-egressgateway'] as const;

const defaults: HelmValues = mergeValues(chartDefaults, {
  cni: { resources: cniDefaults.resources, updateStrategy: cniDefaults.updateStrategy },
  ztunnel: { resources: ztunnelDefaults.resources, updateStrategy: ztunnelDefaults.updateStrategy },
  gateways: Object.fromEntries(gatewayNames.map((name) => [name, ingressGatewayDefaults])),
});

const requests = (cpu: string, memory: string) => ({ resources: { requests: { cpu, memory } } });

/** The lower requests of the profile demo. */
const demoDefaults: HelmValues = {
  global: { proxy: requests('10m', '40Mi'), waypoint: requests('10m', '40Mi') },
  pilot: { autoscaleEnabled: false, ...requests('10m', '100Mi') },
  gateways: Object.fromEntries(
    gatewayNames.map((name) => [name, { autoscaleEnabled: false, ...requests('10m', '40Mi') }]),
  ),
};

/** The map at a path of values, or an empty one. */
export function mapAt(values: HelmValues, path: DefinitionPath): HelmValues {
  const map: unknown = valueAt(values, path);
  return isMap(map) ? map : {};
}

/** The maps of the list at a path of values, each with its position. */
export function entriesAt(
  values: HelmValues,
  path: DefinitionPath,
): { readonly entry: HelmValues; readonly path: DefinitionPath }[] {
  const list: unknown = valueAt(values, path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index) => (isMap(entry) ? [{ entry, path: [...path, index] }] : []));
}
