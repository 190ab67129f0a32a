// Writes the reference in docs/mesh-yaml.md; a test compares it with the definition.
import { readFileSync, writeFileSync } from 'node:fs';
import { definitionSource } from './json-schema/definition-source.mjs';
import { withReference } from './json-schema/reference.mjs';

const page = new URL('../docs/mesh-yaml.md', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('../lib/mesh.schema.json', import.meta.url), 'utf8'));
writeFileSync(page, withReference(readFileSync(page, 'utf8'), schema, definitionSource));
