import type { TolerationDefinition } from '../../mesh/gateway';
import { type HelmValue, type HelmValues, isMap } from '../../mesh/helm-values';
import { crossNetworkPort } from '../../mesh/istio-names';
import type { Cluster } from '../../mesh/mesh';
import type { GatewayPorts } from './gateway';
import { nodeAffinity } from './scheduling';

/** What Istio's charts take from global values into every gateway, whichever gateway it is. */
export interface GatewayValues {
  readonly imagePullPolicy?: string;
  readonly imagePullSecrets?: readonly string[];
  readonly prometheusMerge?: 'disabled';
  readonly disruptionBudget?: 'disabled';
  readonly networkPolicy?: 'enabled';
  readonly platform?: string;
  readonly priorityClassName?: string;
  readonly tolerations?: readonly TolerationDefinition[];
  readonly affinity?: Readonly<Record<string, unknown>>;
}

/**
 * Reads what concerns a gateway out of a cluster's values. What the gateway's own settings say is
 * merged over it.
 */
export function gatewayValues({ istio: { values }, eastWestGateway }: Cluster): GatewayValues {
  const global = mapOf(values.global);
  return defined({
    imagePullPolicy: textOf(global.imagePullPolicy),
    imagePullSecrets: Array.isArray(global.imagePullSecrets)
      ? global.imagePullSecrets.map(String)
      : undefined,
    prometheusMerge: mapOf(values.meshConfig).enablePrometheusMerge === false ? 'disabled' : undefined,
    disruptionBudget: mapOf(global.defaultPodDisruptionBudget).enabled === false ? 'disabled' : undefined,
    networkPolicy: mapOf(global.networkPolicy).enabled === true ? 'enabled' : undefined,
    platform: textOf(global.platform) ?? textOf(values.platform),
    priorityClassName: eastWestGateway?.priorityClassName ?? textOf(global.priorityClassName),
    tolerations: eastWestGateway?.tolerations ?? tolerationsOf(global.defaultTolerations),
    affinity: affinityOf(global, eastWestGateway?.affinity),
  });
}

/** Istio's charts write what nodes all of Istio is for as a node affinity. */
function affinityOf(global: HelmValues, own: GatewayValues['affinity']): GatewayValues['affinity'] {
  const { arch, defaultNodeSelector } = global;
  const common = nodeAffinity(
    mapOf(arch) as Readonly<Record<string, number>>,
    mapOf(defaultNodeSelector) as Readonly<Record<string, string>>,
  );
  return { ...own, nodeAffinity: { ...common, ...mapOf((own as HelmValues | undefined)?.nodeAffinity) } };
}

function tolerationsOf(value: HelmValue | undefined): readonly TolerationDefinition[] | undefined {
  return Array.isArray(value) && value.length > 0 ? (value as readonly TolerationDefinition[]) : undefined;
}

function mapOf(value: HelmValue | undefined): HelmValues {
  return isMap(value) ? value : {};
}

function textOf(value: HelmValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Without the keys that have no value, so that they hide nothing when merged over other settings. */
function defined(values: GatewayValues): GatewayValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/**
 * The ports of an east-west gateway. The first is the one that load balancers probe: some clouds send
 * their health checks to whichever port a Service lists first.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export const eastWestPorts: GatewayPorts = [
  { name: 'status-port', port: 15021, targetPort: 15021 },
  { name: 'tls', port: crossNetworkPort, targetPort: crossNetworkPort },
  { name: 'tls-istiod', port: 15012, targetPort: 15012 },
  { name: 'tls-webhook', port: 15017, targetPort: 15017 },
];
