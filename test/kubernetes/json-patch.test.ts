import { expect, test } from 'vitest';
import { jsonPatch } from '../../src/kubernetes/json-patch';

const object = { metadata: { annotations: { 'example.com/a': 'b' } }, list: [1, 2, 3] };

test.each([
  [
    { op: 'add', path: '/list/1', value: 9 },
    { ...object, list: [1, 9, 2, 3] },
  ],
  [
    { op: 'remove', path: '/list/-1' },
    { ...object, list: [1, 2] },
  ],
  [
    { op: 'remove', path: '/metadata/annotations/example.com~1a' },
    { ...object, metadata: { annotations: {} } },
  ],
  [
    { op: 'move', from: '/list', path: '/metadata/list' },
    { metadata: { ...object.metadata, list: [1, 2, 3] } },
  ],
  [{ op: 'test', path: '/list', value: [1, 2, 3] }, object],
])('%j', (operation, result) => {
  expect(jsonPatch(object, [operation])).toEqual(result);
});

test.each([
  [{ op: 'test', path: '/list', value: [1] }, '/list is not [1], which the patch tests.'],
  [{ op: 'remove', path: '/absent' }, '/absent does not exist in the object.'],
  [{ op: 'add', path: '/list/4', value: 1 }, '/list/4 does not exist in the object.'],
  [{ op: 'replace', path: '/absent/a', value: 1 }, '/absent/a does not exist in the object.'],
  [{ op: 'copy', from: '/absent', path: '/a' }, '/absent does not exist in the object.'],
])('%j cannot be applied', (operation, message) => {
  expect(() => jsonPatch(object, [operation])).toThrow(new RangeError(message));
});
