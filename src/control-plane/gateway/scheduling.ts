import { ifSet, isSet, sortedEntries } from '../../kubernetes/object';

type Texts = Readonly<Record<string, string>>;

/** A rule that keeps pods apart, in the format of Istio's gateway charts. */
export interface AntiAffinityRule {
  readonly key?: string;
  readonly operator?: string;
  /** Separated by commas. */
  readonly values?: string;
  readonly topologyKey?: string;
  /** Separated by commas. */
  readonly namespaces?: string;
}

/** Prefers architectures by weight, and requires node labels. */
export function nodeAffinity(arch: Readonly<Record<string, number>>, nodeSelector: Texts) {
  const architectures = sortedEntries(arch).filter(([, weight]) => weight > 0);
  const selected = sortedEntries(nodeSelector).map(([key, value]) => isOneOf(key, [value]));
  const names = architectures.map(([name]) => name);
  const matchExpressions = [...(isSet(names) ? [isOneOf(archLabel, names)] : []), ...selected];
  return {
    requiredDuringSchedulingIgnoredDuringExecution: isSet(matchExpressions)
      ? { nodeSelectorTerms: [{ matchExpressions }] }
      : undefined,
    preferredDuringSchedulingIgnoredDuringExecution: ifSet(
      architectures.map(([name, weight]) => ({
        weight,
        preference: { matchExpressions: [isOneOf(archLabel, [name])] },
      })),
    ),
  };
}

/** Keeps pods apart. Required rules always apply, preferred rules apply if possible. */
export function podAntiAffinity(
  required: readonly AntiAffinityRule[],
  preferred: readonly AntiAffinityRule[],
) {
  if (required.length + preferred.length === 0) return undefined;
  return {
    requiredDuringSchedulingIgnoredDuringExecution: ifSet(
      required.map((rule) => ({ ...affinityTerm(rule), namespaces: items(rule.namespaces) })),
    ),
    preferredDuringSchedulingIgnoredDuringExecution: ifSet(
      preferred.map((rule) => ({ weight: 100, podAffinityTerm: affinityTerm(rule) })),
    ),
  };
}

const archLabel = 'kubernetes.io/arch';

function affinityTerm({ key, operator, values, topologyKey }: AntiAffinityRule) {
  return {
    labelSelector: { matchExpressions: [{ key, operator, values: items(values) }] },
    topologyKey,
  };
}

function items(separated: string | undefined): readonly string[] | undefined {
  return separated ? separated.split(',') : undefined;
}

function isOneOf(key: string, values: readonly string[]) {
  return { key, operator: 'In', values };
}
