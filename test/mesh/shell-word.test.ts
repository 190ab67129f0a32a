import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from '../../src/mesh/shell-word';

test.each(['certs/a/ca-key.pem', 'a b', "it's", 'a\nb', '$HOME', '`id`', ''])(
  'a shell takes %j for one word',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
  },
);
