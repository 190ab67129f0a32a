import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest, shellWord } from '../../src/problems/suggestion';

const keys = [
  'meshID',
  'trustDomain',
  'certificates',
  'clusters',
  'verification',
  'kubeconfig',
  'eastWestGateway',
];

test('a key is found despite one typing error', () => {
  const typos = fc.constantFrom<(word: string, at: number) => string>(
    (word, at) => word.slice(0, at) + word.slice(at + 1),
    (word, at) => `${word.slice(0, at)}q${word.slice(at)}`,
    (word, at) => `${word.slice(0, at)}q${word.slice(at + 1)}`,
    (word, at) => word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
    (word) => word.toUpperCase(),
  );
  fc.assert(
    fc.property(fc.constantFrom(...keys), typos, fc.nat(20), (key, typo, at) => {
      expect(nearest(typo(key, at % key.length), keys)).toBe(key);
    }),
  );
});

test('a word unlike any candidate has no suggestion', () => {
  expect(nearest('sidecars', keys)).toBeUndefined();
});

test.each(['certs/a/ca-key.pem', 'a b', "it's", 'a\nb', '$HOME', '`id`', ''])(
  'a shell reads %j as one word',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
  },
);
