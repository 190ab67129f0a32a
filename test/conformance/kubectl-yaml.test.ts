import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringifyYaml, yamlText } from '../../src/kubernetes/yaml';
import { specialStrings, yamlStrings } from '../kubernetes/yaml-strings';

/** What kubectl reads from YAML documents, without a cluster. */
function readByKubectl(text: string): unknown[] {
  const { status, stdout, stderr } = spawnSync(
    'kubectl',
    ['label', '--local', '-o', 'json', '-f', '-', 'a=b'],
    {
      input: text,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(`[${stdout.trim().replaceAll('\n}\n{', '\n},\n{')}]`);
}

/** An object with a string in all places: value, item, key, and key of several lines. */
function objectWith(text: string, index: number): object {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `map-${index}`, labels: { a: 'b' }, annotations: { [`a${text}`]: text } },
    data: { value: text, [text]: 'key', [`${text}\n${text}`]: text },
    list: [text, [text], { [text]: text }],
  };
}

const writers: readonly [string, (data: unknown) => string][] = [
  ['yamlText', yamlText],
  ['stringifyYaml', (data) => stringifyYaml(data)],
  ['stringifyYaml in the layout of kubeconfigs', (data) => stringifyYaml(data, { indentSeq: false })],
  ['stringifyYaml in the layout of templates', (data) => stringifyYaml(data, { blockQuote: 'literal' })],
];

test.each(writers)('kubectl reads the strings that %s writes', (_name, write) => {
  const strings = [...new Set([...specialStrings, ...fc.sample(yamlStrings, { numRuns: 2500, seed: 11 })])];
  const objects = strings.map(objectWith);
  expect(readByKubectl(objects.map(write).join('---\n'))).toEqual(objects);
});

test.each([1e21, -0, 1.5, Number.MAX_SAFE_INTEGER, 1e-7])('kubectl reads the number %s', (number) => {
  const [object] = readByKubectl(yamlText({ ...objectWith('a', 1), number }));
  // JSON has no -0.
  expect(object).toMatchObject({ number: number === 0 ? 0 : number });
});
