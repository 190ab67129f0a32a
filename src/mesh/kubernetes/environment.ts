import { z } from 'zod';
import { dnsSubdomain, matching, nonEmptyString } from '../schema-types';
import { apiObject, oneFieldOf } from './api-object';
import { variableName } from './names';
import { quantity } from './quantities';

/**
 * The environment variables of a container.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */

/** The key of a ConfigMap or Secret. */
export const dataKey = matching(
  /^[-._a-zA-Z0-9]{1,253}$/,
  'Write letters, digits, hyphens, underscores and dots.',
);

/** A field of the pod. */
export function fieldRef() {
  return apiObject({ fieldPath: nonEmptyString }, { apiVersion: z.string() });
}

/** A resource of a container. */
export function resourceFieldRef() {
  return apiObject(
    { resource: nonEmptyString },
    { containerName: z.string(), divisor: z.union([quantity, z.number()]) },
  );
}

/** A variable of a container. */
export function variable() {
  const keyRef = apiObject({ name: dnsSubdomain, key: dataKey }, { optional: z.boolean() });
  const valueFrom = oneFieldOf(
    {},
    {
      configMapKeyRef: keyRef,
      secretKeyRef: keyRef,
      fieldRef: fieldRef(),
      resourceFieldRef: resourceFieldRef(),
      fileKeyRef: apiObject(
        { volumeName: nonEmptyString, path: nonEmptyString, key: nonEmptyString },
        { optional: z.boolean() },
      ),
    },
    'valueFrom',
  );
  return apiObject({ name: variableName }, { value: z.string(), valueFrom }).superRefine(
    (entry, { addIssue }) => {
      const {
        name,
        value,
        valueFrom: source,
      } = entry as { name: string; value?: unknown; valueFrom?: unknown };
      if (!value || !source) return;
      const message = `The variable ${name} has both value and valueFrom.`;
      addIssue({ code: 'custom', message: 'Remove one of the two.', params: { message }, input: entry });
    },
  );
}

/** The variables that are the entries of a ConfigMap or Secret. */
export function variablesFrom() {
  const object = apiObject({ name: dnsSubdomain }, { optional: z.boolean() });
  return oneFieldOf({ prefix: z.string().nullish() }, { configMapRef: object, secretRef: object }, 'envFrom');
}
