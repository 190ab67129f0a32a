/** A CRD without its descriptions, which are several hundred kilobytes. */
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

/** Visits only schemas, because a property can have the name description. */
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
