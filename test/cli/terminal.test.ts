import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { formatTable, joinNames, parseSeconds } from '../../src/cli/terminal';

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
