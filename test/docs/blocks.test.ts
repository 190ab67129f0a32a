import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseMesh } from '../../src/mesh/mesh-file';
import { commands as endToEndCommands } from '../e2e/commands';
import { pages } from './page';

const ci = readFileSync('.ci/run', 'utf8');
const endToEndLines = Object.values(endToEndCommands).flatMap((block) => block.split('\n'));

describe.each(pages())('$path', (page) => {
  test('has TypeScript that is an example, which other tests run', () => {
    const examples = readdirSync('examples').map((name) => readFileSync(`examples/${name}`, 'utf8'));
    for (const block of page.blocksOf('ts')) expect(examples).toContain(block);
  });

  test('has YAML that is a valid mesh.yaml', () => {
    for (const block of page.blocksOf('yaml')) parseMesh(block, page.path);
  });

  test('has shell commands that an end-to-end test or CI runs', () => {
    const lines = page.blocksOf('sh').flatMap((block) => block.split('\n'));
    expect(lines.filter((line) => !endToEndLines.includes(line) && !ci.includes(line))).toEqual([]);
  });

  test('has no other blocks than those, fragments, figures and output', () => {
    const known = ['ts', 'yaml', 'sh', 'yaml fragment', 'mermaid', 'text'];
    expect(page.blocks.filter(({ info }) => !known.includes(info))).toEqual([]);
  });
});
