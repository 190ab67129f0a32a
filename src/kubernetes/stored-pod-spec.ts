import { type Fields, isFields } from './object';
import { canonicalQuantity } from './quantity';

/**
 * The specification of a pod in the form in which the API server stores it. `kubectl apply` compares text, so it would
 * report a change each time for a quantity in another form, for an empty variable, and for a default that is
 * missing in a list that it can only compare as a whole.
 */
export function storedPodSpec(spec: Fields): Fields {
  return stored(spec) as Fields;
}

function stored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stored);
  return isFields(value) ? storedFields(value) : value;
}

function storedFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, storedField(name, value)]));
}

function storedField(name: string, value: unknown): unknown {
  return isSpecial(name) ? special[name](value) : stored(value);
}

/** The fields that the API server stores in another form. */
const special = {
  limits: storedQuantities,
  requests: storedQuantities,
  sizeLimit: storedQuantity,
  divisor: storedQuantity,
  env: eachMap(({ value, ...variable }) => ({ ...variable, ...(value === '' ? {} : { value }) })),
  fieldRef: (reference: unknown) => (isFields(reference) ? { apiVersion: 'v1', ...reference } : reference),
  sources: eachMap((source) => withDefaults(source, 'serviceAccountToken', { expirationSeconds: 3600 })),
} satisfies Record<string, (value: unknown) => unknown>;

function isSpecial(name: string): name is keyof typeof special {
  return Object.hasOwn(special, name);
}

function storedQuantity(value: unknown): unknown {
  return typeof value === 'string' || typeof value === 'number' ? canonicalQuantity(value) : value;
}

function storedQuantities(value: unknown): unknown {
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, amount]) => [name, storedQuantity(amount)]));
}

function eachMap(change: (item: Fields) => Fields): (value: unknown) => unknown {
  return (value) =>
    Array.isArray(value)
      ? value.map((item) => (isFields(item) ? change(storedFields(item)) : item))
      : stored(value);
}

function withDefaults(fields: Fields, name: string, defaults: Fields): Fields {
  const value = fields[name];
  return isFields(value) ? { ...fields, [name]: { ...defaults, ...value } } : fields;
}
