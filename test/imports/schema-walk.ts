/** The parts of a Kubernetes structural schema that hold further schemas. */
export interface Schema {
  readonly type?: string;
  readonly description?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly not?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** A schema and every schema within it, at any depth. */
export function* schemasIn(schema: Schema): Generator<Schema> {
  yield schema;
  const { properties = {}, items, additionalProperties, not, allOf = [], anyOf = [], oneOf = [] } = schema;
  const within = [
    ...Object.values(properties),
    items,
    additionalProperties,
    not,
    ...allOf,
    ...anyOf,
    ...oneOf,
  ];
  for (const part of within) if (typeof part === 'object') yield* schemasIn(part);
}
