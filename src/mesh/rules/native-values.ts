import { z } from 'zod';
import { type DefinitionPath, type DefinitionProblem, formatPath } from '../../problems/problem';
import { hasValue, isMap, type ValueSource, valueSources } from '../helm-values';
import { keysAt } from '../schema-keys';
import { schemaProblems } from '../schema-problems';
import { parseOptions } from '../schema-types';
import { istioValues } from '../values/schemas/istio-values';
import { unsupportedValues } from '../values/unsupported-values';
import { isHelm, isNative } from './control-planes';
import { reservedValues } from './owned-values';

/**
 * The format native renders only the values that it knows, and would silently ignore others. Unlike the
 * other rules, this one also validates definitions that are not well formed.
 */
export function validateNativeValues(definition: unknown): DefinitionProblem[] {
  return valueSources(definition).flatMap((source) => {
    if (!isNative(definition) && !isHelm(definition)) return meshConfigProblems(source, definition);
    const problems = [...unsupportedProblems(source), ...schemaProblemsOf(source, definition)];
    return isNative(definition)
      ? problems
      : [
          ...problems.filter(({ path }) => isIngressGatewayPath(path.slice(source.path.length))),
          ...meshConfigProblems(source, definition),
        ];
  });
}

/**
 * In every format, istiod reads `meshConfig`, and uses its defaults instead if one value is invalid. Keys that
 * this package does not know may be those of another version.
 */
function meshConfigProblems({ path, values }: ValueSource, definition: unknown): DefinitionProblem[] {
  if (!isMap(values.meshConfig)) return [];
  return schemaProblemsOf({ path, values: { meshConfig: values.meshConfig } }, definition).filter(
    ({ code }) => code !== 'MESH-UNKNOWN-KEY',
  );
}

/** Whether a value is for the ingress gateway: the format helm has no chart for it, so it is rendered here. */
function isIngressGatewayPath([first, second]: DefinitionPath): boolean {
  return first === 'gateways' && second === 'istio-ingressgateway';
}

function unsupportedProblems({ path, values }: ValueSource): DefinitionProblem[] {
  return unsupportedValues
    .filter((value) => hasValue(values, value.path))
    .map((value) => ({
      code: 'MESH-UNSUPPORTED-VALUE',
      path: [...path, ...value.path],
      at: 'key',
      message: `${formatPath([...path, ...value.path])} ${value.reason}.`,
      hint: value.hint,
    }));
}

function schemaProblemsOf({ path, values }: ValueSource, definition: unknown): DefinitionProblem[] {
  const { error } = istioValues().safeParse(values, parseOptions);
  if (error === undefined) return [];
  const issues = error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
  return schemaProblems(issues, definition, schemaAt(path))
    .filter((problem) => !isReserved(problem.path.slice(path.length)))
    .map((problem) => withPilotHint(problem, path));
}

/** A schema that has the schema of Istio's values at a path. */
function schemaAt(path: DefinitionPath): z.ZodType {
  return path.reduceRight<z.ZodType>(
    (schema, key) => (typeof key === 'number' ? z.array(schema) : z.object({ [key]: schema })),
    istioValues(),
  );
}

/** Whether a value is refused by another rule, independent of its type. */
function isReserved(path: DefinitionPath): boolean {
  const reserved = [...reservedValues, ...unsupportedValues.map((value) => value.path)];
  return reserved.some((value) => value.every((key, index) => key === path[index]));
}

/** Istio's chart has the values of istiod at the top level. istioctl and this package have them below `pilot`. */
function withPilotHint(problem: DefinitionProblem, path: DefinitionPath): DefinitionProblem {
  const [key, ...rest] = problem.path.slice(path.length);
  const isUnknownTopLevelKey = problem.code === 'MESH-UNKNOWN-KEY' && rest.length === 0;
  if (!isUnknownTopLevelKey || !keysAt(istioValues(), ['pilot']).includes(String(key))) return problem;
  return { ...problem, hint: `Move it below pilot, as pilot.${key}.` };
}
