import { z } from 'zod';
import { dnsLabel, integer } from '../schema-types';
import { apiObject } from './api-object';
import { labelSelector, selectorOperators, valuesFitOperator } from './label-selector';
import { labelKey, labelValue } from './names';

/**
 * Where the scheduler may place a pod.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#scheduling
 */

/** A toleration of a Kubernetes pod. */
export interface TolerationDefinition {
  /**
   * The key of the taint.
   * @default - all keys
   */
  readonly key?: string;
  /**
   * How the key and the value are compared.
   * @default - Equal
   */
  readonly operator?: 'Exists' | 'Equal';
  /**
   * The value of the taint.
   * @default - none
   */
  readonly value?: string;
  /**
   * The effect of the taint.
   * @default - all effects
   */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /**
   * The number of seconds for which a NoExecute taint is tolerated.
   * @default - without a limit
   */
  readonly tolerationSeconds?: number;
}

/** The toleration of a taint. */
export const toleration = z
  .strictObject({
    key: z.string().optional(),
    operator: z.enum(['Exists', 'Equal']).optional(),
    value: z.string().optional(),
    effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
    tolerationSeconds: integer(0, 31_536_000).optional(),
  })
  .superRefine(({ key = '', operator, value = '', effect, tolerationSeconds }, { addIssue }) => {
    const refuse = (field: string, message: string, hint: string) =>
      addIssue({ code: 'custom', path: [field], message: hint, params: { message }, input: key });
    if (key !== '' && !labelKey.safeParse(key).success) {
      refuse(
        'key',
        `${JSON.stringify(key)} is not the key of a taint.`,
        'Write a key such as example.com/name.',
      );
    }
    if (key === '' && operator !== 'Exists') {
      const hint = 'Write operator: Exists to tolerate all taints, or add a key.';
      addIssue({
        code: 'custom',
        message: hint,
        params: { message: 'The toleration has no key.' },
        input: key,
      });
    }
    if (operator === 'Exists' && value !== '') {
      refuse('value', 'The operator Exists has no value.', 'Remove value, or write operator: Equal.');
    }
    if (operator !== 'Exists' && !labelValue.safeParse(value).success) {
      refuse('value', `${JSON.stringify(value)} is not the value of a taint.`, labelValueHint);
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      refuse(
        'tolerationSeconds',
        'Only a taint with the effect NoExecute is tolerated for some time.',
        'Write effect: NoExecute, or remove tolerationSeconds.',
      );
    }
  });

const labelValueHint = 'Write letters, digits, hyphens, underscores and dots, at most 63 of them.';

/** The weight of a preference. */
const weight = integer(1, 100);

const nodeOperators = z.enum([...selectorOperators, 'Gt', 'Lt']);

/** The terms that a node matches. For preferences, the API server does not validate the values. */
function nodeSelectorTerm(value: z.ZodType<string>) {
  const expression = z
    .strictObject({ key: labelKey, operator: nodeOperators, values: z.array(value).nullish() })
    .superRefine(valuesFitOperator);
  const field = z.strictObject({
    key: z.literal('metadata.name', { error: 'Write metadata.name.' }),
    operator: z.enum(['In', 'NotIn']),
    values: z.array(z.string()).length(1, { error: 'Write a list of one value.' }),
  });
  return apiObject({}, { matchExpressions: z.array(expression), matchFields: z.array(field) });
}

function nodeAffinity() {
  const terms = z.array(nodeSelectorTerm(labelValue)).min(1, { error: 'Write at least one term.' });
  return apiObject(
    {},
    {
      requiredDuringSchedulingIgnoredDuringExecution: z.strictObject({ nodeSelectorTerms: terms }),
      preferredDuringSchedulingIgnoredDuringExecution: z.array(
        z.strictObject({ weight, preference: nodeSelectorTerm(z.string()) }),
      ),
    },
  );
}

function podAffinity() {
  const term = apiObject(
    { topologyKey: labelKey },
    {
      labelSelector,
      namespaceSelector: labelSelector,
      namespaces: z.array(dnsLabel),
      matchLabelKeys: z.array(labelKey),
      mismatchLabelKeys: z.array(labelKey),
    },
  );
  return apiObject(
    {},
    {
      requiredDuringSchedulingIgnoredDuringExecution: z.array(term),
      preferredDuringSchedulingIgnoredDuringExecution: z.array(
        z.strictObject({ weight, podAffinityTerm: term }),
      ),
    },
  );
}

/** The affinity of a pod. */
export function affinity() {
  return apiObject(
    {},
    { nodeAffinity: nodeAffinity(), podAffinity: podAffinity(), podAntiAffinity: podAffinity() },
  );
}

/** How pods are spread across zones or nodes. */
export function topologySpreadConstraint() {
  const policy = z.enum(['Honor', 'Ignore']);
  return apiObject(
    {
      maxSkew: integer(1, 2_147_483_647),
      topologyKey: labelKey,
      whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
    },
    {
      labelSelector,
      matchLabelKeys: z.array(labelKey),
      minDomains: integer(1, 2_147_483_647),
      nodeAffinityPolicy: policy,
      nodeTaintsPolicy: policy,
    },
  );
}
