import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseMesh } from '../../src/mesh/mesh-file';

const readme = readFileSync('README.md', 'utf8');

test('the TypeScript of the README is that of the examples, which are run', () => {
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block]) => block);
  const examples = readdirSync('examples').map((name) => readFileSync(`examples/${name}`, 'utf8'));
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) expect(examples).toContain(block);
});

test('the mesh.yaml of the README is one', () => {
  const blocks = [...readme.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = '']) => block);
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) parseMesh(block, 'README.md');
});

test('every command and script that the README names is there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const named = [...readme.matchAll(/`npm run ([a-z0-9:]+)`/g)].map(([, script = '']) => script);
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
  const commands = [...readme.matchAll(/(?:`|npx )istio-mesh ([a-z]+)/g)].map(([, command = '']) => command);
  const sources = readdirSync('src/cli').map((name) => name.replace(/\.ts$/, ''));
  expect([...new Set(commands)].filter((command) => !sources.includes(command))).toEqual([]);
});
