import { z } from 'zod';
import { selectorCondition } from '../../kubernetes/selector-text';
import { nonEmptyString } from '../schema-types';
import type { PatchDefinition } from './definition';

/** A regular expression of kustomize, in the syntax that Go and JavaScript share. */
const expression = nonEmptyString.refine(isExpression, {
  error: 'Write a regular expression, such as istio-.*gateway.',
});

function isExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

const selector = nonEmptyString.refine((text) => selectorCondition(text) !== undefined, {
  error: 'Write a label selector, such as app=istiod.',
});

const target = z.strictObject({
  kind: expression.optional(),
  name: expression.optional(),
  namespace: expression.optional(),
  group: expression.optional(),
  version: expression.optional(),
  labelSelector: selector.optional(),
  annotationSelector: selector.optional(),
});

const pointer = z
  .string()
  .regex(/^\//, { error: 'Write a path that starts with a slash, such as /spec/replicas.' });

const operation = z.strictObject({
  op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']),
  path: pointer,
  from: pointer.optional(),
  value: z.json().optional(),
});

/** The operations of a JSON patch. */
export const operationsSchema = z.array(operation).min(1, { error: 'Write at least one operation.' });

const patchHint = 'Write a strategic merge patch as a map, or a JSON patch as a list of operations.';

/** The schema of `patches`. */
export const patchesSchema = z.array(
  z.strictObject({
    target: target.optional(),
    patch: z.union([nonEmptyString, z.record(z.string(), z.json()), operationsSchema], { error: patchHint }),
  }),
) satisfies z.ZodType<readonly PatchDefinition[]>;
