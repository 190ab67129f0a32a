import type { KubernetesObject } from '@kubernetes/client-node';
import { helloWorld, istioSystem } from '../mesh/istio-names';
import { hasLabels } from './label-selector';
import { lasting, type UnlocatedProblem } from './live-problem';
import { type ExportTo, isVisible, specificity } from './visibility';
import { nameOf, type Workload } from './workload';

/** Istio's DestinationRule, as an API server returns it. */
export interface DestinationRule extends KubernetesObject {
  readonly spec?: {
    readonly host?: string;
    readonly exportTo?: ExportTo;
    readonly trafficPolicy?: TrafficPolicy;
    readonly subsets?: readonly Subset[];
    readonly workloadSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  };
}

/** A part of the pods of a Service. */
export interface Subset {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
}

interface TrafficPolicy {
  readonly tls?: { readonly mode?: string };
  readonly outlierDetection?: object;
  readonly portLevelSettings?: readonly {
    readonly port?: { readonly number?: number };
    readonly tls?: { readonly mode?: string };
    readonly outlierDetection?: object;
  }[];
}

/**
 * The DestinationRules that a workload uses for a host. istiod looks in the namespace of the workload, then in that of
 * HelloWorld, then in the root namespace, and takes those with the most specific host. A gateway in the root namespace
 * uses the rules that are visible only there before those of HelloWorld.
 *
 * @param host the host of HelloWorld, such as helloworld.sample.svc.cluster.local
 */
export function appliedRules(
  rules: readonly DestinationRule[],
  { namespace, labels }: Workload,
  host: string,
): DestinationRule[] {
  const isPrivate = ({ spec }: DestinationRule) => spec?.exportTo?.length === 1 && spec.exportTo[0] === '.';
  const own = (rule: DestinationRule) =>
    rule.metadata?.namespace === namespace && (namespace !== istioSystem || isPrivate(rule));
  const inNamespace = (name: string) => (rule: DestinationRule) => rule.metadata?.namespace === name;
  for (const isCandidate of [own, inNamespace(helloWorld.namespace), inNamespace(istioSystem)]) {
    const candidates = rules
      .filter(isCandidate)
      .filter(({ spec, metadata }) => isVisible(spec?.exportTo, metadata?.namespace, namespace))
      .filter(({ spec }) => hasLabels(labels, spec?.workloadSelector?.matchLabels))
      .map((rule) => ({ rule, match: specificity(rule.spec?.host ?? '', rule.metadata?.namespace, host) }))
      .filter(({ match }) => match !== undefined);
    const best = Math.max(...candidates.map(({ match = 0 }) => match));
    if (candidates.length > 0)
      return candidates.filter(({ match }) => match === best).map(({ rule }) => rule);
  }
  return [];
}

/**
 * DestinationRules with which proxies call HelloWorld without Istio's mutual TLS. The gateway of another
 * network passes only that through.
 *
 * @param rules those that the proxy uses
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings
 */
export function destinationRuleProblems(
  cluster: string,
  rules: readonly DestinationRule[],
  host: string,
): UnlocatedProblem[] {
  return rules.flatMap((rule) => {
    const mode = settingOf(rule, 'tls')?.mode;
    if (mode === undefined || mode === 'ISTIO_MUTUAL') return [];
    const { shown, command } = nameOf('DestinationRule', rule);
    return lasting(
      `${shown} of ${cluster} sets the TLS mode ${mode} for ${host}, but the gateways of other networks accept only ISTIO_MUTUAL.`,
      `Remove its tls: or set the mode ISTIO_MUTUAL, or delete it in ${cluster}: kubectl delete ${command}.`,
    );
  });
}

/** DestinationRules that may keep calls in the region of the caller for as long as HelloWorld works there. */
export function localityProblems(cluster: string, rules: readonly DestinationRule[]): UnlocatedProblem[] {
  return rules
    .filter((rule) => settingOf(rule, 'outlierDetection') !== undefined)
    .map((rule) => {
      const { shown } = nameOf('DestinationRule', rule);
      return lasting(
        `${shown} of ${cluster} has outlierDetection, with which proxies prefer HelloWorld in their own region and zone.`,
        'Set loadBalancer.localityLbSetting.enabled: false beside it to call all clusters.',
      );
    });
}

/** A setting for the port of HelloWorld comes before that for all ports. */
function settingOf<Key extends 'tls' | 'outlierDetection'>(
  { spec }: DestinationRule,
  key: Key,
): TrafficPolicy[Key] {
  const { portLevelSettings = [] } = spec?.trafficPolicy ?? {};
  const ofPort = portLevelSettings.find(({ port }) => port?.number === helloWorld.port);
  return ofPort?.[key] ?? spec?.trafficPolicy?.[key];
}
