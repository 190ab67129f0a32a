import { describe, expect, test } from 'vitest';
import type { HelmValues } from '../../../src/mesh/helm-values';
import { textBetweenQuotes } from '../../../src/mesh/values/chart-text';
import { typedValues } from '../../../src/mesh/values/typed-values';

describe('values in the types of their schema', () => {
  test.each<[string, HelmValues, HelmValues]>([
    ['a whole number in quotes', { pilot: { replicaCount: '2' } }, { pilot: { replicaCount: 2 } }],
    ['a percentage in quotes', { pilot: { traceSampling: '0.5' } }, { pilot: { traceSampling: 0.5 } }],
    [
      'a port in quotes in a list',
      { gateways: { 'istio-ingressgateway': { ports: [{ port: '80', name: 'http' }] } } },
      { gateways: { 'istio-ingressgateway': { ports: [{ port: 80, name: 'http' }] } } },
    ],
    [
      'scalars in annotations, without the empty ones',
      { pilot: { podAnnotations: { a: 1, b: true, c: 'text', d: null } } },
      { pilot: { podAnnotations: { a: '1', b: 'true', c: 'text' } } },
    ],
    [
      'amounts, of which an empty one stays',
      { pilot: { resources: { requests: { cpu: 2, memory: null } } } },
      { pilot: { resources: { requests: { cpu: '2', memory: null } } } },
    ],
    [
      'variables that the charts would write between quotes',
      { pilot: { env: { JSON: '{\\"a\\": \\"b\\"}', LINES: 'x\ny', NONE: null, NUMBER: 1 } } },
      { pilot: { env: { JSON: '{"a": "b"}', LINES: 'x y', NONE: '', NUMBER: 1 } } },
    ],
    [
      'numbers of the mesh configuration, whose texts stay',
      { meshConfig: { defaultConfig: { concurrency: '2', proxyMetadata: { A: true } } } },
      { meshConfig: { defaultConfig: { concurrency: 2, proxyMetadata: { A: true } } } },
    ],
  ])('%s', (_, values, typed) => {
    expect(typedValues(values)).toEqual(typed);
  });

  test('are the argument itself if nothing changes', () => {
    const values = { pilot: { replicaCount: 2, resources: null, rollingMaxSurge: '1' }, unknown: { a: '1' } };
    expect(typedValues(values)).toBe(values);
  });
});

describe('the text of a variable between quotes', () => {
  test.each([
    ['{\\"a\\": \\"b\\"}', '{"a": "b"}'],
    ['a\\tb', 'a\tb'],
    ['a\nb', 'a b'],
    ['a\n\nb', 'a\nb'],
    ['plain: [text]', 'plain: [text]'],
  ])('%j is %j', (text, expected) => {
    expect(textBetweenQuotes(text)).toBe(expected);
  });

  test.each(['{"a": "b"}', '\\d+', 'C:\\dir', '"', '\\'])('%j, which would break there, stays', (text) => {
    expect(textBetweenQuotes(text)).toBe(text);
  });
});
