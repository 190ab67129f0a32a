import fc from 'fast-check';

/** The part of JSON Schema that the schema of a mesh definition uses. */
export interface JsonSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly $ref?: string;
}

/** Values that a schema permits. */
export function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  // The only references are to what may be any JSON.
  if (schema.$ref !== undefined) return json;
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(valuesOf));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.type === 'object') return mapsOf(schema);
  if (schema.type === 'array') {
    return fc.array(valuesOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 3 });
  }
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum, max: schema.maximum });
  if (schema.type !== 'string') throw new Error(`No values are known of ${JSON.stringify(schema)}.`);
  return schema.pattern === undefined
    ? fc.string({ minLength: schema.minLength ?? 0 })
    : fc.stringMatching(new RegExp(schema.pattern));
}

const json = fc.jsonValue({ maxDepth: 2 });

function mapsOf({ properties, required = [], additionalProperties }: JsonSchema): fc.Arbitrary<unknown> {
  if (properties === undefined) {
    return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), valuesOf(additionalProperties || {}), {
      maxKeys: 3,
    });
  }
  const values: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(
    Object.entries(properties).map(([key, property]) => [key, valuesOf(property)]),
  );
  return fc.record<Record<string, unknown>, string>(values, {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
}

const strangers = [null, true, 0, -1, 1.5, 1e9, '', 'x', 'UPPER CASE', 'disabled', [], ['x'], {}, { x: 'y' }];

/** Values in which something, anywhere, was replaced, removed or added. */
export function withOneChange(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(values, fc.nat(), fc.constantFrom('replace', 'remove', 'add'), fc.constantFrom(...strangers))
    .map(([value, choice, change, stranger]) => {
      const changed: Holder = structuredClone({ value });
      const places = placesIn(changed);
      const { holder, key } = places[choice % places.length] ?? { holder: changed, key: 'value' };
      if (change === 'replace') holder[key] = stranger;
      else if (change === 'add') holder.stranger = stranger;
      else if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      return changed.value;
    });
}

type Holder = Record<string, unknown>;

/** Every place in a value that holds another. */
function placesIn(holder: object): { holder: Holder; key: string }[] {
  return Object.entries(holder).flatMap(([key, value]) => {
    const within = typeof value === 'object' && value !== null ? placesIn(value) : [];
    return [{ holder: holder as Holder, key }, ...within];
  });
}
