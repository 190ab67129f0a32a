import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pages } from './page';

const all = pages();

/** The files of the package. */
const [{ files }] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--offline', '--ignore-scripts'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
) as [{ files: { path: string }[] }];
const packed = files.map(({ path }) => path);

describe.each(all)('$path', ({ path, links }) => {
  test('has only links that lead somewhere', () => {
    const broken = links.filter(({ file, anchor }) => {
      if (anchor === '') return !existsSync(file);
      return all.find((page) => page.path === file)?.anchors.includes(anchor) !== true;
    });
    expect(broken).toEqual([]);
  });

  test('is in the package with every file that it links', () => {
    expect([path, ...links.map(({ file }) => file)].filter((file) => !packed.includes(file))).toEqual([]);
  });
});

test('the README links every page for users', () => {
  const readme = all.find(({ path }) => path === 'README.md');
  const linked = ['README.md', ...(readme?.links ?? []).map(({ file }) => file)];
  const forMaintainers = ['docs/new-istio-version.md'];
  expect(all.map(({ path }) => path).filter((path) => !linked.includes(path))).toEqual(forMaintainers);
});

test('the README has at most 170 lines', () => {
  const lines = readFileSync('README.md', 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(170);
});
