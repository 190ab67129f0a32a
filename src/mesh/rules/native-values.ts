import { z } from 'zod';
import { isHelm, isNative } from '../native-form';
import { type DefinitionPath, type Finding, formatPath } from '../problem';
import { schemaFindings } from '../schema-findings';
import { keysAt } from '../schema-keys';
import { once } from '../schema-types';
import { hasValue, type ValueSource, valueSources } from '../value-sources';
import { istioValues } from '../values/schemas/istio-values';
import { unsupportedValues } from '../values/unsupported-values';
import { reservedValues } from './values-not-owned';

/**
 * What the native form renders follows from values that it knows: any other would be ignored without a word.
 * Unlike the other rules it is asked of definitions that are not well formed, too.
 */
export function nativeValues(definition: unknown): Finding[] {
  if (!isNative(definition) && !isHelm(definition)) return [];
  return valueSources(definition).flatMap((source) => {
    const findings = [...unsupported(source), ...malformed(source, definition)];
    return isNative(definition) ? findings : findings.filter(({ path }) => isOfGateway(path, source));
  });
}

/** Whether a value is for the ingress gateway, which Istio's charts of the form helm do not have. */
function isOfGateway(path: DefinitionPath, source: ValueSource): boolean {
  const [first, second] = path.slice(source.path.length);
  return first === 'gateways' && second === 'istio-ingressgateway';
}

function unsupported({ path, values }: ValueSource): Finding[] {
  return unsupportedValues
    .filter((value) => hasValue(values, value.path))
    .map((value) => ({
      code: 'MESH-UNSUPPORTED-VALUE',
      path: [...path, ...value.path],
      at: 'key',
      found: `${formatPath([...path, ...value.path])} ${value.reason}.`,
      remedy: value.remedy,
    }));
}

function malformed({ path, values }: ValueSource, definition: unknown): Finding[] {
  const { error } = istioValues().safeParse(values, once);
  if (error === undefined) return [];
  const issues = error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
  return schemaFindings(issues, definition, schemaAt(path))
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
function atTopLevel(finding: Finding, path: DefinitionPath): Finding {
  const [key, ...rest] = finding.path.slice(path.length);
  const ofPilot = finding.code === 'MESH-UNKNOWN-KEY' && rest.length === 0;
  if (!ofPilot || !keysAt(istioValues(), ['pilot']).includes(String(key))) return finding;
  return { ...finding, remedy: `Write it within pilot, as pilot.${key}.` };
}
