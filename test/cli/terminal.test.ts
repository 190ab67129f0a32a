import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { formatTable, joinNames, parseSeconds, print, terminalProgress } from '../../src/cli/terminal';

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `c${index + 1}`);

describe('formatTable', () => {
  test('aligns columns, without spaces at the end of a line', () => {
    const rows = [
      ['CLUSTER', 'STATUS', ''],
      ['eu', 'new', ''],
      ['us-east', 'unchanged', 'x'],
    ];
    expect(formatTable(rows)).toBe(['CLUSTER  STATUS', 'eu       new', 'us-east  unchanged  x'].join('\n'));
  });
});

test('nothing that is printed can move the cursor, or forge a row of a table', () => {
  const printed: string[] = [];
  const stream = {
    write: (text: string) => printed.push(text),
    isTTY: false,
  } as unknown as NodeJS.WriteStream;
  print(stream, formatTable([['a\u001b[2J\nb', 'c\u009b']]));
  terminalProgress(stream)('x\u001b]0;title\u0007\ny');
  expect(printed).toEqual(['a\\u001b[2J\\nb  c\\u009b', 'x\\u001b]0;title\\u0007\\ny\n']);
});

describe('joinNames', () => {
  test('shortens a long list', () => {
    expect(joinNames([])).toBe('');
    expect(joinNames(names(20))).toBe(names(20).join(', '));
    expect(joinNames(names(1000))).toBe('c1, c2, c3 and 997 more');
  });
});

describe('parseSeconds', () => {
  test('accepts whole numbers only', () => {
    expect(parseSeconds('60')).toBe(60);
    for (const text of ['0', '-1', '1.5', '1e3', '', '100000']) {
      expect(() => parseSeconds(text)).toThrow(InvalidArgumentError);
    }
  });
});
