import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import { defaultRevision, istioSystem, withRevision } from '../../mesh/istio-names';
import { injectorConfig } from '../injection/injector-config';
import type { ControlPlaneInput, SharedInput } from '../input';
import { configMap, jsonText } from './config-maps';
import {
  deactivated,
  type InjectionSelectors,
  selectedByDefault,
  selectedByInjection,
  selectedByRevision,
} from './injection-selectors';
import { revisionLabel } from './naming';
import { injectionClient } from './validation-webhook';

/** Makes istiod inject the pods of its revision. */
export function injectionWebhook(input: SharedInput): readonly KubernetesObject[] {
  if (input.values.global.operatorManageWebhooks) return [];
  const name = withRevision('istio-sidecar-injector', input.revision);
  const selected = selectors(input, input.revision);
  // The webhook of the default tag injects pods of `default`. The tag can point to any revision.
  const webhooks = input.revision === defaultRevision ? selected.map(deactivated) : selected;
  return [injectionConfiguration(input, name, webhooks, {})];
}

/** Makes istiod inject the pods of a tag of its revision. */
export function tagInjectionWebhook(input: SharedInput, tag: string): readonly KubernetesObject[] {
  if (input.values.global.operatorManageWebhooks) return [];
  const selected = selectors(input, tag);
  return [injectionConfiguration(input, `istio-revision-tag-${tag}`, selected, { 'istio.io/tag': tag })];
}

function injectionConfiguration(
  input: SharedInput,
  name: string,
  selected: readonly InjectionSelectors[],
  labels: Readonly<Record<string, string>>,
): KubernetesObject {
  const { global, pilot } = input.values;
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: {
      name: global.istioNamespace === istioSystem ? name : `${name}-${global.istioNamespace}`,
      labels: { app: 'sidecar-injector', ...revisionLabel(input), ...labels },
      annotations: ifSet(pilot.sidecarInjectorWebhookAnnotations),
    },
    webhooks: selected.map((each) => webhook(input, each)),
  };
}

/** The name `default` also selects pods without a revision. */
function selectors({ values }: SharedInput, name: string): readonly InjectionSelectors[] {
  const { enableNamespacesByDefault } = values.sidecarInjectorWebhook;
  return [
    ...selectedByRevision(name),
    ...(name === defaultRevision ? selectedByInjection : []),
    ...(name === defaultRevision && enableNamespacesByDefault ? selectedByDefault : []),
  ];
}

function webhook(input: SharedInput, { prefix, ...selected }: InjectionSelectors) {
  return {
    name: `${prefix}sidecar-injector.istio.io`,
    clientConfig: injectionClient(input),
    sideEffects: 'None',
    rules: [
      { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], scope: '*' },
    ],
    failurePolicy: 'Fail',
    reinvocationPolicy: input.values.sidecarInjectorWebhook.reinvocationPolicy,
    admissionReviewVersions: ['v1'],
    ...selected,
  };
}

/** The injection templates, and the values that they read. */
export function injectorConfigMap(input: ControlPlaneInput): readonly KubernetesObject[] {
  if (input.values.global.omitSidecarInjectorConfigMap) return [];
  return [
    configMap('istio-sidecar-injector', input, {
      config: injectorConfig(input.injection),
      values: jsonText(injectorValues(input)),
    }),
  ];
}

/** The values that templates can read. */
function injectorValues({ recorded: { merged } }: ControlPlaneInput) {
  const gateways = (merged.gateways ?? {}) as Readonly<Record<string, unknown>>;
  return {
    ...pick(merged, ['global', 'sidecarInjectorWebhook', 'revision']),
    pilot: pick(merged, ['cni', 'env']),
    gateways: pick(gateways, ['securityContext', 'seccompProfile']),
  };
}

function pick(values: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.flatMap((key) => (key in values ? [[key, values[key]]] : [])));
}
