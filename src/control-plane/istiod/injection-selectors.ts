/**
 * Selects the pods for which a webhook is called. A pod that disables injection never matches. Labels of a
 * pod apply if its namespace has none, and `istio-injection` takes precedence over `istio.io/rev`.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy
 */
export interface InjectionSelectors {
  /** The prefix of the webhook's name in its configuration. */
  readonly prefix: string;
  readonly namespaceSelector: LabelSelector;
  readonly objectSelector: LabelSelector;
}

interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly Expression[];
}

interface Expression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

const revision = 'istio.io/rev';
const injection = 'istio-injection';
const sidecar = 'sidecar.istio.io/inject';

/** Namespaces and pods with the label of a revision or a tag. */
export function selectedByRevision(name: string): readonly InjectionSelectors[] {
  return [
    {
      prefix: 'rev.namespace.',
      namespaceSelector: matching(isOneOf(revision, name), isAbsent(injection)),
      objectSelector: matching(isNoneOf(sidecar, 'false')),
    },
    {
      prefix: 'rev.object.',
      namespaceSelector: matching(isAbsent(revision), isAbsent(injection)),
      objectSelector: matching(isNoneOf(sidecar, 'false'), isOneOf(revision, name)),
    },
  ];
}

/** Namespaces and pods that enable injection without a revision. */
export const selectedByInjection: readonly InjectionSelectors[] = [
  {
    prefix: 'namespace.',
    namespaceSelector: matching(isOneOf(injection, 'enabled')),
    objectSelector: matching(isNoneOf(sidecar, 'false')),
  },
  {
    prefix: 'object.',
    namespaceSelector: matching(isAbsent(injection), isAbsent(revision)),
    objectSelector: matching(isOneOf(sidecar, 'true'), isAbsent(revision)),
  },
];

/** Namespaces and pods without injection labels, except those of Kubernetes itself. */
export const selectedByDefault: readonly InjectionSelectors[] = [
  {
    prefix: 'auto.',
    namespaceSelector: matching(
      isAbsent(injection),
      isAbsent(revision),
      isNoneOf(
        'kubernetes.io/metadata.name',
        'kube-system',
        'kube-public',
        'kube-node-lease',
        'local-path-storage',
      ),
    ),
    objectSelector: matching(isAbsent(sidecar), isAbsent(revision)),
  },
];

/** The same webhook without matching pods. istioctl uses the same label to deactivate a webhook. */
export function deactivated({ prefix }: InjectionSelectors): InjectionSelectors {
  const never = { matchLabels: { 'istio.io/deactivated': 'never-match' } };
  return { prefix, namespaceSelector: never, objectSelector: never };
}

function matching(...matchExpressions: readonly Expression[]): LabelSelector {
  return { matchExpressions };
}

function isOneOf(key: string, ...values: readonly string[]): Expression {
  return { key, operator: 'In', values };
}

function isNoneOf(key: string, ...values: readonly string[]): Expression {
  return { key, operator: 'NotIn', values };
}

function isAbsent(key: string): Expression {
  return { key, operator: 'DoesNotExist' };
}
