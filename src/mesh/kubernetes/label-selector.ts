import { z } from 'zod';
import type { HelmValues } from '../helm-values';
import { checked } from './api-object';
import { labelKey, labels, labelValue } from './names';

/** A condition on the values of a requirement, which depends on its operator. */
export function valuesFitOperator(
  { operator, values }: { readonly operator: string; readonly values?: readonly string[] | null | undefined },
  { addIssue }: Pick<z.core.$RefinementCtx, 'addIssue'>,
): void {
  const number = values?.length ?? 0;
  const refuse = (message: string, hint: string) =>
    addIssue({ code: 'custom', message: hint, params: { message }, input: values });
  if (['In', 'NotIn'].includes(operator) && number === 0) {
    refuse(`The operator ${operator} needs values.`, 'Add values: with a list.');
  } else if (['Exists', 'DoesNotExist'].includes(operator) && number > 0) {
    refuse(`The operator ${operator} has no values.`, 'Remove values.');
  } else if (['Gt', 'Lt'].includes(operator) && number !== 1) {
    refuse(`The operator ${operator} needs one value.`, 'Write a list of one value.');
  }
}

/** The operators of a label selector. */
export const selectorOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** The requirement of a label selector. */
const requirement = checked(() =>
  z
    .strictObject({
      key: labelKey,
      operator: z.enum(selectorOperators),
      values: z.array(labelValue).nullish(),
    })
    .superRefine(valuesFitOperator),
);

/** A label selector of Kubernetes. */
export const labelSelector = z.strictObject({
  matchLabels: labels.optional(),
  matchExpressions: z.array<z.ZodType<HelmValues>>(requirement).optional(),
});
