import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { controlPlaneInput } from '../../../src/control-plane/input';
import {
  controlPlaneObjects,
  defaultRevisionObjects,
} from '../../../src/control-plane/istiod/control-plane-objects';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import type { HelmValues } from '../../../src/mesh/helm-values';

type Labels = Readonly<Record<string, string | undefined>>;

interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

interface Webhook {
  readonly clientConfig: { readonly service: { readonly name: string } };
  readonly namespaceSelector: LabelSelector;
  readonly objectSelector: LabelSelector;
}

/** Whether a selector is true of labels, as the API server sees it. */
function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  const holds = (key: string, operator: string, values: readonly string[]): boolean => {
    const value = labels[key];
    const isIn = value !== undefined && values.includes(value);
    return { In: isIn, NotIn: !isIn, Exists: value !== undefined, DoesNotExist: value === undefined }[
      operator
    ] as boolean;
  };
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => holds(key, operator, values))
  );
}

function input(revision: string, values: HelmValues) {
  return controlPlaneInput({
    version: '1.31.0',
    hub: 'hub',
    tag: 'tag',
    profile: 'minimal',
    dataPlane: 'sidecar',
    revision,
    values,
  });
}

/** The webhooks of two control planes, one of them for pods that name no revision. */
function webhooksOf(first: string, everywhere: boolean): readonly Webhook[] {
  const values = { sidecarInjectorWebhook: { enableNamespacesByDefault: everywhere } };
  const objects: readonly KubernetesObject[] = [
    ...controlPlaneObjects(input('default', values)),
    ...controlPlaneObjects(input('canary', { ...values, revisionTags: ['prod'] })),
    ...defaultRevisionObjects(input(first, values)),
  ];
  return objects
    .filter(({ kind }) => kind === 'MutatingWebhookConfiguration')
    .flatMap(({ webhooks }) => webhooks as readonly Webhook[]);
}

/**
 * The revision that injects a pod, by the words of Istio's documentation; undefined for none.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy
 */
function injectedBy(namespace: Labels, pod: Labels, everywhere: boolean): string | undefined {
  const { 'istio-injection': injection, 'istio.io/rev': ofNamespace } = namespace;
  const { 'sidecar.istio.io/inject': inject, 'istio.io/rev': ofPod } = pod;
  if (inject === 'false' || injection === 'disabled') return undefined;
  if (injection === 'enabled') return 'default';
  if (ofNamespace !== undefined) return ofNamespace;
  if (ofPod !== undefined) return ofPod;
  return inject === 'true' || everywhere ? 'default' : undefined;
}

const maybe = (...values: string[]) => fc.constantFrom(undefined, ...values);
const anyNamespace = fc.record({
  'istio-injection': maybe('enabled', 'disabled'),
  'istio.io/rev': maybe('default', 'canary', 'prod', 'unknown'),
  'kubernetes.io/metadata.name': fc.constant('apps'),
});
const anyPod = fc.record({
  'sidecar.istio.io/inject': maybe('true', 'false'),
  'istio.io/rev': maybe('default', 'canary', 'prod', 'unknown'),
});

describe.each([
  ['default', false],
  ['default', true],
  ['canary', false],
  ['canary', true],
] as const)('beside a revision canary, with the default tag of %s, everywhere: %s', (first, everywhere) => {
  const webhooks = webhooksOf(first, everywhere);
  const ofDefault = first === 'default' ? 'istiod' : 'istiod-canary';
  const services = new Map([
    ['default', ofDefault],
    ['canary', 'istiod-canary'],
    ['prod', 'istiod-canary'],
  ]);

  test('each pod is injected once, by the revision that it or its namespace asks for', () => {
    fc.assert(
      fc.property(anyNamespace, anyPod, (namespace, pod) => {
        const called = webhooks.filter(
          ({ namespaceSelector, objectSelector }) =>
            selects(namespaceSelector, namespace) && selects(objectSelector, pod),
        );
        const asked = services.get(injectedBy(namespace, pod, everywhere) ?? 'none');
        expect(called.map(({ clientConfig }) => clientConfig.service.name)).toEqual(
          asked === undefined ? [] : [asked],
        );
      }),
      { numRuns: 500 },
    );
  });
});
