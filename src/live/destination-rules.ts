import type { KubernetesObject } from '@kubernetes/client-node';
import { helloWorld } from '../mesh/istio-names';
import { lasting, type UnlocatedProblem } from './live-problem';
import { nameOf } from './workload';

/** Istio's DestinationRule, as an API server returns it. */
export interface DestinationRule extends KubernetesObject {
  readonly spec?: {
    readonly host?: string;
    readonly trafficPolicy?: TrafficPolicy;
    readonly workloadSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  };
}

interface TrafficPolicy {
  readonly tls?: { readonly mode?: string };
  readonly portLevelSettings?: readonly {
    readonly port?: { readonly number?: number };
    readonly tls?: { readonly mode?: string };
  }[];
}

/**
 * DestinationRules with which proxies call HelloWorld without Istio's mutual TLS. The gateway of another
 * network passes only that through.
 *
 * @param host the host of HelloWorld, such as helloworld.sample.svc.cluster.local
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings
 */
export function destinationRuleProblems(
  cluster: string,
  rules: readonly DestinationRule[],
  host: string,
): UnlocatedProblem[] {
  return rules.flatMap((rule) => {
    const mode = modeOf(rule.spec?.trafficPolicy);
    if (mode === undefined || mode === 'ISTIO_MUTUAL' || !covers(rule, host)) return [];
    const { shown, command } = nameOf('DestinationRule', rule);
    return lasting(
      `${shown} of ${cluster} sets the TLS mode ${mode} for ${host}, but the gateways of other networks accept only ISTIO_MUTUAL.`,
      `Remove its tls: or set the mode ISTIO_MUTUAL, or delete it in ${cluster}: kubectl delete ${command}.`,
    );
  });
}

function modeOf({ tls, portLevelSettings = [] }: TrafficPolicy = {}): string | undefined {
  const ofPort = portLevelSettings.find(({ port }) => port?.number === helloWorld.port);
  return ofPort?.tls?.mode ?? tls?.mode;
}

function covers({ spec: { host: pattern = '' } = {}, metadata }: DestinationRule, host: string): boolean {
  if (pattern === '*' || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)))) return true;
  const isShort = !pattern.includes('.');
  return isShort
    ? pattern === helloWorld.service && metadata?.namespace === helloWorld.namespace
    : host === pattern || host.startsWith(`${pattern}.svc.`) || host.startsWith(`${pattern}.`);
}
