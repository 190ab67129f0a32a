import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCodes } from '../../src/problems/error-codes';

const codes = Object.keys(errorCodes).sort();

test('docs/errors.md explains every code, and no others', () => {
  const rows = readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([A-Z-]+)` \| \S.+ \| \S.+ \|$/gm);
  expect([...rows].map(([, code = '']) => code).sort()).toEqual(codes);
});

test('the sources use every code', () => {
  const sources = readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.ts') && entry.name !== 'error-codes.ts')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
  expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});
