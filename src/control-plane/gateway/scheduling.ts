import { given, inOrder, isGiven } from '../../kubernetes/object';

type Texts = Readonly<Record<string, string>>;

/** A rule by which pods are kept apart from each other, as Istio's charts of gateways have it. */
export interface AntiAffinityRule {
  readonly key?: string;
  readonly operator?: string;
  /** Separated by commas. */
  readonly values?: string;
  readonly topologyKey?: string;
  /** Separated by commas. */
  readonly namespaces?: string;
}

/** Keeps pods on nodes of some architectures, preferred by their weights, and with some labels. */
export function nodeAffinity(arch: Readonly<Record<string, number>>, nodeSelector: Texts) {
  const architectures = inOrder(arch).filter(([, weight]) => weight > 0);
  const selected = inOrder(nodeSelector).map(([key, value]) => isOneOf(key, [value]));
  const names = architectures.map(([name]) => name);
  const matchExpressions = [...(isGiven(names) ? [isOneOf(archLabel, names)] : []), ...selected];
  return {
    requiredDuringSchedulingIgnoredDuringExecution: isGiven(matchExpressions)
      ? { nodeSelectorTerms: [{ matchExpressions }] }
      : undefined,
    preferredDuringSchedulingIgnoredDuringExecution: given(
      architectures.map(([name, weight]) => ({
        weight,
        preference: { matchExpressions: [isOneOf(archLabel, [name])] },
      })),
    ),
  };
}

/** Keeps pods apart: always by some rules, as far as possible by others. */
export function podAntiAffinity(
  required: readonly AntiAffinityRule[],
  preferred: readonly AntiAffinityRule[],
) {
  if (required.length + preferred.length === 0) return undefined;
  return {
    requiredDuringSchedulingIgnoredDuringExecution: given(
      required.map((rule) => ({ ...affinityTerm(rule), namespaces: items(rule.namespaces) })),
    ),
    preferredDuringSchedulingIgnoredDuringExecution: given(
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
