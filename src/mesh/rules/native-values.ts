import { z } from 'zod';
import { type DefinitionPath, type DefinitionProblem, formatPath } from '../../problems/problem';
import { hasValue, type ValueSource, valueSources } from '../helm-values';
import { isHelm, isNative } from '../istio-version';
import { keysAt, schemaProblems } from '../schema-problems';
import { parseOptions } from '../schema-types';
import { istioValues } from '../values/schemas/istio-values';
import { unsupportedValues } from '../values/unsupported-values';
import { reservedValues } from './owned-values';

/**
 * What the native format renders follows from values that it knows: any other would be ignored without a word.
 * Unlike the other rules it is asked of definitions that are not well formed, too.
 */
export function validateNativeValues(definition: unknown): DefinitionProblem[] {
  if (!isNative(definition) && !isHelm(definition)) return [];
  return valueSources(definition).flatMap((source) => {
    const findings = [...unsupported(source), ...malformed(source, definition)];
    return isNative(definition) ? findings : findings.filter(({ path }) => isOfGateway(path, source));
  });
}

/** Whether a value is for the ingress gateway, which Istio's charts of the format helm do not have. */
function isOfGateway(path: DefinitionPath, source: ValueSource): boolean {
  const [first, second] = path.slice(source.path.length);
  return first === 'gateways' && second === 'istio-ingressgateway';
}

function unsupported({ path, values }: ValueSource): DefinitionProblem[] {
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

function malformed({ path, values }: ValueSource, definition: unknown): DefinitionProblem[] {
  const { error } = istioValues().safeParse(values, parseOptions);
  if (error === undefined) return [];
  const issues = error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
  return schemaProblems(issues, definition, schemaAt(path))
    .filter((finding) => !isReserved(finding.path.slice(path.length)))
    .map((finding) => atTopLevel(finding, path));
}

/** A schema in which Istio's values are where they are in the definition. */
function schemaAt(path: DefinitionPath): z.ZodType {
  return path.reduceRight<z.ZodType>(
    (schema, key) => (typeof key === 'number' ? z.array(schema) : z.object({ [key]: schema })),
    istioValues(),
  );
}

/** Whether a value is refused or decided elsewhere, whatever its shape. */
function isReserved(path: DefinitionPath): boolean {
  const reserved = [...reservedValues, ...unsupportedValues.map((value) => value.path)];
  return reserved.some((value) => value.every((key, index) => key === path[index]));
}

/** Istio's own chart has istiod's values at the top level, where istioctl and this package have `pilot`. */
function atTopLevel(finding: DefinitionProblem, path: DefinitionPath): DefinitionProblem {
  const [key, ...rest] = finding.path.slice(path.length);
  const ofPilot = finding.code === 'MESH-UNKNOWN-KEY' && rest.length === 0;
  if (!ofPilot || !keysAt(istioValues(), ['pilot']).includes(String(key))) return finding;
  return { ...finding, hint: `Write it within pilot, as pilot.${key}.` };
}
