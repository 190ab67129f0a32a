import { readFileSync } from 'node:fs';

/** The sources whose interfaces say what each key of a mesh definition is for. */
export const definitionSource = ['definition.ts', 'istio-definition.ts', 'gateway-definition.ts']
  .map((name) => readFileSync(new URL(`../../src/mesh/${name}`, import.meta.url), 'utf8'))
  .join('\n');
