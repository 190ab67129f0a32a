import { z } from 'zod';
import { type HelmValue, type HelmValues, isMap } from '../helm-values';
import { innerSchema } from '../kubernetes/api-object';
import { textBetweenQuotes } from './chart-text';
import { istioValues } from './schemas/istio-values';

type Schema = z.core.$ZodType;

/**
 * Istio's values in the types of their schema. Istio's charts write values into text, and istioctl reads a number in
 * quotes as a number: there, `"2"` is 2, and a number or a boolean in a label, an annotation or a variable is its
 * text. The result is the argument itself if nothing changes.
 */
export function typedValues(values: HelmValues): HelmValues {
  const typed = Object.entries(values).map(([key, value]) => {
    const schema = fieldOf(istioValues(), key);
    return [key, schema === undefined ? value : typedValue(value, schema, textsOf(key))] as const;
  });
  return isUnchanged(typed, values) ? values : Object.fromEntries(typed);
}

/** What becomes of numbers and booleans in maps of texts. */
type Texts = 'converted' | 'as they are';

/** istiod reads its mesh configuration itself, and refuses other values than texts in maps of texts. */
function textsOf(key: string): Texts {
  return key === 'meshConfig' ? 'as they are' : 'converted';
}

function typedValue(value: HelmValue, schema: Schema, texts: Texts): HelmValue {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return value === null ? value : typedValue(value, schema.unwrap(), texts);
  }
  if (schema instanceof z.ZodNumber)
    return numberIn(value, schema instanceof z.ZodNumberFormat ? integer : decimal);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    const typed = (value as readonly HelmValue[]).map((item) => typedValue(item, schema.element, texts));
    return typed.every((item, index) => item === value[index]) ? value : typed;
  }
  return isMap(value) ? typedMap(value, schema, texts) : value;
}

function typedMap(map: HelmValues, schema: Schema, texts: Texts): HelmValues {
  const inner = innerSchema(schema);
  if (inner !== undefined) return typedMap(map, inner, 'as they are');
  if (schema instanceof z.ZodObject) {
    const typed = Object.entries(map).map(([key, value]) => {
      const field = fieldOf(schema, key);
      return [key, field === undefined ? value : typedValue(value, field, texts)] as const;
    });
    return isUnchanged(typed, map) ? map : Object.fromEntries(typed);
  }
  return texts === 'converted' && schema instanceof z.ZodRecord ? typedRecord(map, schema.valueType) : map;
}

function typedRecord(map: HelmValues, value: Schema): HelmValues {
  // Variables may also be numbers and booleans, whose text Kubernetes gets.
  if (value instanceof z.ZodUnion) return textMap(map, variableText);
  if (value instanceof z.ZodString) return textMap(map, scalarText);
  return value instanceof z.ZodNullable && value.unwrap() instanceof z.ZodString ? amounts(map) : map;
}

function fieldOf(schema: Schema, key: string): Schema | undefined {
  return schema instanceof z.ZodObject && Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined;
}

/** Empty entries are left out. */
function textMap(map: HelmValues, text: (value: HelmValue) => HelmValue): HelmValues {
  const typed = Object.entries(map)
    .map(([key, value]) => [key, text(value)] as const)
    .filter(([, value]) => value !== null);
  return isUnchanged(typed, map) ? map : Object.fromEntries(typed);
}

/** Amounts of resources, of which an empty one removes a default. */
function amounts(map: HelmValues): HelmValues {
  const typed = Object.entries(map).map(([key, value]) => [key, scalarText(value)] as const);
  return isUnchanged(typed, map) ? map : Object.fromEntries(typed);
}

function scalarText(value: HelmValue): HelmValue {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function variableText(value: HelmValue): HelmValue {
  if (value === null) return '';
  return typeof value === 'string' ? textBetweenQuotes(value) : value;
}

/** Numbers of JSON, which have no zeros in front. */
const integer = /^(0|-?[1-9]\d{0,14})$/;
const decimal = /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/;

function numberIn(value: HelmValue, form: RegExp): HelmValue {
  return typeof value === 'string' && form.test(value) ? Number(value) : value;
}

function isUnchanged(typed: readonly (readonly [string, HelmValue])[], map: HelmValues): boolean {
  return typed.length === Object.keys(map).length && typed.every(([key, value]) => value === map[key]);
}
