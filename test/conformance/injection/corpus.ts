import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, 'pods');

/** Objects to inject, as one YAML text. Each file of the folder covers one topic. */
export const corpus: string = readdirSync(folder)
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('---\n');
