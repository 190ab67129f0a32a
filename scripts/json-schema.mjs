// Writes lib/mesh.schema.json, by which editors complete and check a mesh.yaml. Part of `npm run build`.
import { readFileSync, writeFileSync } from 'node:fs';
import { definitionSchema } from '../lib/src/mesh/definition-schema.js';
import { describedSchema } from './json-schema/described-schema.mjs';

const definition = readFileSync(new URL('../src/mesh/definition.ts', import.meta.url), 'utf8');
const schema = describedSchema(definitionSchema, definition);
writeFileSync(new URL('../lib/mesh.schema.json', import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
