import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../src/problems/error-codes';
import { pages } from './page';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

function help(...command: string[]): string {
  return execFileSync(process.execPath, ['lib/bin/istio-mesh.js', ...command, '--help'], {
    encoding: 'utf8',
  });
}

/** The options of each command, by its name. */
const optionsOf = new Map(
  [...help().matchAll(/^ {2}([a-z]+) (?=\[)/gm)]
    .map(([, command = '']) => command)
    .filter((command) => command !== 'help')
    .map((command): [string, string[]] => [command, help(command).match(/--[a-z-]+/g) ?? []]),
);

/** Options of other programs that the pages explain. */
const foreignOptions = ['--ignore-scripts', '--load-restrictor', '--revision'];

describe.each(pages())('$path', (page) => {
  const code = [...page.codeSpans, ...page.blocksOf('sh').flatMap((block) => block.split('\n'))];

  test('names scripts that there are', () => {
    const named = [...page.text.matchAll(/\bnpm run ([a-z0-9:]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  test('names commands of istio-mesh, with options, that there are', () => {
    const calls = code.flatMap((text) => /^(?:npx )?istio-mesh ([^|]+)/.exec(text)?.[1] ?? []);
    const wrong = calls.filter((call) => {
      const [command = '', ...rest] = call.trim().split(/\s+/);
      const options = rest.filter((word) => word.startsWith('--'));
      return options.some((option) => !optionsOf.get(command)?.includes(option)) || !optionsOf.has(command);
    });
    expect(wrong).toEqual([]);
  });

  test('names options that some command has', () => {
    const known = [...optionsOf.values()].flat().concat(foreignOptions);
    const named = page.codeSpans.flatMap((text) => /^--[a-z-]+/.exec(text) ?? []);
    expect(named.filter((option) => !known.includes(option))).toEqual([]);
  });

  test('names error codes that there are', () => {
    const pattern = /^(MESH|CA|REMOTE|LIVE|SECRET|CONTROL-PLANE|UPGRADE|OUTPUT)-[A-Z-]+$/;
    expect(page.codeSpans.filter((text) => pattern.test(text) && !(text in errorCodes))).toEqual([]);
  });

  test('names files of the repository that there are', () => {
    const pattern = /^(src|test|scripts|examples|imports|docs)(\/[\w./-]*)?$/;
    expect(page.codeSpans.filter((text) => pattern.test(text) && !existsSync(text))).toEqual([]);
  });
});

test('Getting started lists every command', () => {
  const text = readFileSync('docs/getting-started.md', 'utf8');
  const commands = [...optionsOf.keys()];
  expect(commands.length).toBeGreaterThan(5);
  expect(commands.filter((command) => !text.includes(`| \`istio-mesh ${command}`))).toEqual([]);
});

test('CONTRIBUTING.md lists every script', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8');
  const listed = [...text.matchAll(/^\| `npm (?:run )?([a-z0-9:]+)`/gm)].map(([, script]) => script);
  expect(Object.keys(scripts).filter((name) => !/^pre/.test(name) && !listed.includes(name))).toEqual([]);
});
