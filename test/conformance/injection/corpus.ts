import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, 'pods');

/** Objects to inject, by what they are about; each topic is a YAML text. */
export const topics: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(folder).map((file) => [file.replace('.yaml', ''), readFileSync(join(folder, file), 'utf8')]),
);

/** All of them in one text. */
export const corpus: string = Object.values(topics).join('---\n');
