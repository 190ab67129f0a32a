import { z } from 'zod';
import { labelKey, labels, labelValue } from '../../kubernetes-names';
import type { LabelSelectorValues } from '../kubernetes-values';
import { checked, mapOf } from './common';

/** The requirement of a label selector. */
const requirement = checked(() =>
  z
    .strictObject({
      key: labelKey,
      operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
      values: z.array(labelValue).optional(),
    })
    .superRefine(({ operator, values = [] }, { addIssue }) => {
      const needsValues = operator === 'In' || operator === 'NotIn';
      if (needsValues === values.length > 0) return;
      const message = needsValues ? 'Add values: with a list.' : 'Remove values.';
      const found = needsValues
        ? `The operator ${operator} needs values.`
        : `The operator ${operator} has no values.`;
      addIssue({ code: 'custom', message, params: { message: found }, input: values });
    }),
);

/** A label selector of Kubernetes. */
export const labelSelector = mapOf<LabelSelectorValues>({
  matchLabels: labels,
  matchExpressions: z.array(requirement),
});

export const labelSelectors = z.array(labelSelector);
