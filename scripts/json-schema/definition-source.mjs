import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../src/mesh/', import.meta.url);

/** The sources whose interfaces say what each key of a mesh definition, and of Istio's values in it, is for. */
export const definitionSource = [
  'definition.ts',
  'istio-definition.ts',
  'gateway-definition.ts',
  'secrets-definition.ts',
  'delivery-definition.ts',
  ...readdirSync(new URL('values/', folder))
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .map((name) => `values/${name}`),
]
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');
