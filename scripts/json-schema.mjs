// Writes lib/mesh.schema.json, with which editors complete and validate mesh.yaml. Part of `npm run build`.
import { writeFileSync } from 'node:fs';
import { definitionSchema, istioValues } from '../build/internals.js';
import { definitionSource } from './json-schema/definition-source.mjs';
import { describedSchema } from './json-schema/described-schema.mjs';

const schema = describedSchema(definitionSchema, istioValues(), definitionSource);
writeFileSync(new URL('../lib/mesh.schema.json', import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
