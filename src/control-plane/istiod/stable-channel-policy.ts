import type { KubernetesObject } from '../../kubernetes/object';
import type { SharedInput } from '../input';
import type { IstioRelease } from '../istio-release';
import { configurationGroups } from './api-groups';
import { clusterWideName, revisionLabel } from './naming';

/** Rejects experimental features in resources with the label of the revision. */
export function stableChannelPolicy(input: SharedInput): readonly KubernetesObject[] {
  if (!input.values.experimental.stableValidationPolicy) return [];
  const objectSelector = {
    matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values: [input.revision] }],
  };
  return boundPolicy(
    {
      name: `${clusterWideName('stable-channel-policy', input)}.istio.io`,
      bindingName: `${clusterWideName('stable-channel-policy-binding', input)}.istio.io`,
      labels: {},
    },
    { ...matchConstraints, objectSelector },
    input.release,
  );
}

/** Rejects experimental features in all resources. A cluster has one of these policies. */
export function defaultStableChannelPolicy(input: SharedInput): readonly KubernetesObject[] {
  if (!input.values.experimental.stableValidationPolicy) return [];
  return boundPolicy(
    {
      name: 'stable-channel-default-policy.istio.io',
      bindingName: 'stable-channel-default-policy-binding.istio.io',
      labels: { istio: 'istiod', ...revisionLabel(input) },
    },
    matchConstraints,
    input.release,
  );
}

interface PolicyNames {
  readonly name: string;
  readonly bindingName: string;
  readonly labels: Readonly<Record<string, string>>;
}

function boundPolicy(
  { name, bindingName, labels }: PolicyNames,
  constraints: object,
  release: IstioRelease,
): readonly KubernetesObject[] {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  return [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name, labels },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: constraints,
        validations: validations(release),
      },
    },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: bindingName },
      spec: { policyName: name, validationActions: ['Deny'] },
    },
  ];
}

const matchConstraints = {
  resourceRules: [
    {
      apiGroups: configurationGroups,
      apiVersions: ['*'],
      operations: ['CREATE', 'UPDATE'],
      resources: ['*'],
      scope: '*',
    },
  ],
};

/** CEL expressions that are true for resources of the stable channel. */
function validations({ stablePolicyOfTrustDomains }: IstioRelease) {
  return [
    experimentalKinds,
    experimentalTelemetry,
    ...(stablePolicyOfTrustDomains ? [experimentalSources] : []),
  ];
}

const experimentalKinds = {
  expression: "!(object.kind in ['EnvoyFilter', 'ProxyConfig', 'WasmPlugin'])",
  message: 'EnvoyFilter, ProxyConfig and WasmPlugin are not in the stable channel.',
};

const experimentalTelemetry = {
  expression: exceptOf('Telemetry', [
    someOf('object.spec', 'tracing', (each) => `has(${each}.useRequestIdForTraceSampling)`),
    someOf('object.spec', 'metrics', (each) => `has(${each}.reportingInterval)`),
    someOf('object.spec', 'accessLogging', (each) => `has(${each}.filter)`),
  ]),
  message:
    'useRequestIdForTraceSampling, reportingInterval and the filter of accessLogging are not in the stable channel.',
};

const experimentalSources = {
  expression: exceptOf('AuthorizationPolicy', [
    someOf('object.spec', 'rules', (rule) =>
      someOf(
        rule,
        'from',
        (from) =>
          `has(${from}.source) && (has(${from}.source.trustDomains) || has(${from}.source.notTrustDomains))`,
      ),
    ),
  ]),
  message: 'trustDomains and notTrustDomains are not in the stable channel.',
};

function exceptOf(kind: string, refused: readonly string[]): string {
  return `object.kind != '${kind}' || !(${refused.map((condition) => `(${condition})`).join(' || ')})`;
}

/** A CEL expression: whether an optional list has an item for which a condition is true. */
function someOf(holder: string, list: string, condition: (item: string) => string): string {
  const item = list.toLowerCase().slice(0, 1) + holder.split('.').length;
  return `has(${holder}.${list}) && ${holder}.${list}.exists(${item}, ${condition(item)})`;
}
