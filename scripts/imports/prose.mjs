/** A CRD without the sentences that explain it: several hundred kilobytes that no machine reads. */
export function withoutProse(crd) {
  const versions = crd.spec.versions.map(({ schema, additionalPrinterColumns, ...version }) => ({
    ...version,
    ...(additionalPrinterColumns && {
      additionalPrinterColumns: additionalPrinterColumns.map(({ description, ...column }) => column),
    }),
    schema: { openAPIV3Schema: schemaWithoutProse(schema.openAPIV3Schema) },
  }));
  return { ...crd, spec: { ...crd.spec, versions } };
}

const schemaKeys = new Set(['items', 'additionalProperties', 'not']);
const schemaListKeys = new Set(['allOf', 'anyOf', 'oneOf']);

/** Goes through what is a schema and nothing else: a property may itself be named description. */
function schemaWithoutProse(schema) {
  if (typeof schema !== 'object') return schema;
  const { description, ...rest } = schema;
  return mapValues(rest, (value, key) => {
    if (key === 'properties') return mapValues(value, schemaWithoutProse);
    if (schemaKeys.has(key)) return schemaWithoutProse(value);
    return schemaListKeys.has(key) ? value.map(schemaWithoutProse) : value;
  });
}

function mapValues(map, change) {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
