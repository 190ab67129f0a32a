import { expect, test } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import { durationSeconds, type ReaderDefinition } from '../../src/mesh/reader';

function readers(mesh?: ReaderDefinition, cluster?: ReaderDefinition) {
  const clusters = [
    { name: 'a', network: 'n1', ...(cluster === undefined ? {} : { reader: cluster }) },
    { name: 'b', network: 'n2' },
  ];
  const definition = { meshID: 'm', clusters, ...(mesh === undefined ? {} : { reader: mesh }) };
  return defineMesh(definition).clusters.map(({ reader }) => reader);
}

test.each([
  ['90d', 90 * 86400],
  ['24h', 86400],
  ['1h30m', 5400],
  ['2160h0m0s', 90 * 86400],
  ['', undefined],
  ['90', undefined],
  ['1.5h', undefined],
  ['30m1h', undefined],
  ['-1h', undefined],
])('the duration %j', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

test('tokens do not expire unless a duration is set', () => {
  expect(readers()).toEqual([{ warnBeforeExpiryDays: 7 }, { warnBeforeExpiryDays: 7 }]);
});

test('a cluster overrides each key of the mesh', () => {
  expect(readers({ tokenDuration: '90d', warnBeforeExpiryDays: 14 }, { tokenDuration: '24h' })).toEqual([
    { tokenSeconds: 86400, warnBeforeExpiryDays: 14 },
    { tokenSeconds: 90 * 86400, warnBeforeExpiryDays: 14 },
  ]);
});

test.each(['5m', '90', 'forever', '90000d'])('the duration %j is refused', (tokenDuration) => {
  expect(() => readers({ tokenDuration })).toThrow(/MESH-VALUE[\s\S]*such as 90d or 24h/);
});
