import fc from 'fast-check';

/** The subset of JSON Schema that the schema of a mesh definition uses. */
export interface JsonSchema {
  readonly type?: TypeName | readonly TypeName[];
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
  readonly allOf?: readonly [JsonSchema];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  /** Limits the keys of Istio's values, which generated values do not exceed. */
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
}

type TypeName = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

/**
 * Generates values that a schema permits.
 *
 * @param definitions the schemas by the names in references; any other reference is to any JSON value
 */
export function valuesOf(
  schema: JsonSchema,
  definitions: JsonSchema['definitions'] = {},
): fc.Arbitrary<unknown> {
  const within = (part: JsonSchema) => valuesOf(part, definitions);
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/definitions/', '');
    const definition = definitions[name];
    // A generated name belongs to the schema of any JSON value, which refers to itself.
    return definition === undefined || name.startsWith('__') ? json : within(definition);
  }
  if (schema.allOf !== undefined) return within(schema.allOf[0]);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(within));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type: TypeName) => within({ ...schema, type })));
  }
  if (schema.type === 'object') return mapsOf(schema, within);
  if (schema.type === 'array') {
    return fc.array(within(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 3 });
  }
  return scalarsOf(schema);
}

function scalarsOf({ type, pattern, minimum, maximum, minLength = 0 }: JsonSchema): fc.Arbitrary<unknown> {
  if (type === 'null') return fc.constant(null);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.integer({ min: minimum, max: maximum });
  if (type === 'number') {
    return fc.double({ min: minimum ?? -1e9, max: maximum ?? 1e9, noNaN: true });
  }
  if (type !== 'string') throw new Error(`No values are known of type ${type}.`);
  return pattern === undefined ? fc.string({ minLength }) : fc.stringMatching(new RegExp(pattern));
}

const json = fc.jsonValue({ maxDepth: 2 });

function mapsOf(
  { properties, required = [], additionalProperties }: JsonSchema,
  within: (schema: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  if (properties === undefined) {
    return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), within(additionalProperties || {}), {
      maxKeys: 3,
    });
  }
  const values = Object.entries(properties).map(([key, property]) => [key, within(property)] as const);
  const needed = values.filter(([key]) => required.includes(key));
  const others = values.filter(([key]) => !required.includes(key));
  // Istio's values have hundreds of keys.
  return fc.subarray(others, { maxLength: Math.min(others.length, 6) }).chain((some) =>
    fc.record<Record<string, unknown>, string>(Object.fromEntries([...needed, ...some]), {
      noNullPrototype: true,
    }),
  );
}

const unexpected = [
  null,
  true,
  0,
  -1,
  1.5,
  1e9,
  '',
  'x',
  'UPPER CASE',
  'disabled',
  [],
  ['x'],
  {},
  { x: 'y' },
];

/** Generates values with one random change: a part is replaced, removed or added. */
export function withOneChange(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(values, fc.nat(), fc.constantFrom('replace', 'remove', 'add'), fc.constantFrom(...unexpected))
    .map(([value, choice, change, replacement]) => {
      const changed: Holder = structuredClone({ value });
      const parts = partsIn(changed);
      const { holder, key } = parts[choice % parts.length] ?? { holder: changed, key: 'value' };
      if (change === 'replace') holder[key] = replacement;
      else if (change === 'add') holder.unexpected = replacement;
      else if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      return changed.value;
    });
}

type Holder = Record<string, unknown>;

/** All parts of a value, each with the object that holds it. */
function partsIn(holder: object): { holder: Holder; key: string }[] {
  return Object.entries(holder).flatMap(([key, value]) => {
    const within = typeof value === 'object' && value !== null ? partsIn(value) : [];
    return [{ holder: holder as Holder, key }, ...within];
  });
}
