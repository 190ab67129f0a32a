import { ifSet, isSet, type KubernetesObject, type ObjectMetadata } from '../../kubernetes/object';
import type { SharedInput } from '../input';
import { configurationGroups } from './api-groups';
import { clusterWideName, istiodName, revisionLabel } from './naming';

/** The port of istiod's Service for webhooks. */
export const webhookPort = 443;

/**
 * The chart of the default validator. Its name comes after all others, because until istiod answers, the API server
 * refuses what `kubectl apply` sends after it.
 */
export const defaultValidatorChart = 'zz-default-validator';

/** The client configuration of the API server for the injection webhook. */
export function injectionClient(input: SharedInput) {
  const { injectionURL, injectionPath, injectionCABundle } = input.values.istiodRemote;
  const where = isSet(injectionURL)
    ? { url: injectionURL }
    : { service: { ...istiodService(input), path: injectionPath, port: webhookPort } };
  return { ...where, caBundle: ifSet(injectionCABundle) };
}

/** The client configuration of the API server for the validation webhook. */
function validationClient(input: SharedInput) {
  const { validationURL, validationCABundle } = input.values.base;
  const where = isSet(validationURL)
    ? { url: validationURL }
    : { service: { ...istiodService(input), path: '/validate' } };
  return { ...where, caBundle: ifSet(validationCABundle) };
}

function istiodService(input: SharedInput) {
  return { name: istiodName(input), namespace: input.values.global.istioNamespace };
}

/** Makes istiod validate the resources with the label of its revision. */
export function validationWebhook(input: SharedInput): readonly KubernetesObject[] {
  if (!input.values.global.configValidation) return [];
  const name = clusterWideName('istio-validator', input);
  const objectSelector = {
    matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values: [input.revision] }],
  };
  return [
    validationConfiguration(validatorMetadata(input, name), {
      ...validator(input, 'rev.validation.istio.io'),
      objectSelector,
    }),
  ];
}

/** The default validator of a tag. Resources with a revision label have the validator of their revision. */
export function tagValidator(input: SharedInput, tag: string): readonly KubernetesObject[] {
  const { labels, ...metadata } = validatorMetadata(input, 'istiod-default-validator');
  const objectSelector = { matchExpressions: [{ key: 'istio.io/rev', operator: 'DoesNotExist' }] };
  return [
    validationConfiguration(
      { ...metadata, labels: { ...labels, 'istio.io/tag': tag } },
      { ...validator(input, 'validation.istio.io'), objectSelector },
    ),
  ];
}

function validationConfiguration(metadata: ObjectMetadata, webhook: object): KubernetesObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata,
    webhooks: [webhook],
  };
}

function validatorMetadata(input: SharedInput, name: string): ObjectMetadata {
  return { name, labels: { app: 'istiod', istio: 'istiod', ...revisionLabel(input) } };
}

function validator(input: SharedInput, name: string) {
  return {
    name,
    clientConfig: validationClient(input),
    rules: [
      {
        operations: ['CREATE', 'UPDATE'],
        apiGroups: configurationGroups,
        apiVersions: ['*'],
        resources: ['*'],
        scope: '*',
      },
    ],
    failurePolicy: failurePolicy(input),
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
  };
}

/**
 * Undefined unless the user sets it. Istio's charts write Ignore, and istiod changes it to Fail once it answers. Each
 * apply would then change it back, and let invalid resources pass until istiod notices. Kubernetes' default is Fail,
 * so the default validator is applied after everything that it would refuse before istiod answers.
 */
function failurePolicy({ values }: SharedInput): string | undefined {
  const { validationCABundle, validationFailurePolicy } = values.base;
  return isSet(validationCABundle) ? 'Fail' : ifSet(validationFailurePolicy);
}
