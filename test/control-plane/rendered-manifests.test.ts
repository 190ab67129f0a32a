import { expect, test } from 'vitest';
import { isObject, readRendered } from '../../src/control-plane/rendered-manifests';

const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n  - port: 80';
const role = 'apiVersion: v1\nkind: Role\nmetadata:\n  name: a\nrules:\n- apiGroups:\n  - ""';

test.each([
  [
    'before the first object',
    `\u2757 values.a is deprecated\n2 errors:\n\t* b\n${service}\n---\n${role}\n---\n`,
  ],
  ['between objects', `${service}\n---\n2026-01-31T12:00:00.000000Z\twarn\tvalues.a\n${role}\n---\n`],
  ['at the end', `${service}\n---\n${role}\n---\n2026-01-31T12:00:00.000000Z\tinfo\tadapter\tdone\n`],
])('messages of istioctl %s are not part of the objects', (_where, text) => {
  const { documents, messages } = readRendered(text);
  expect(documents).toEqual([service, role]);
  expect(documents.every(isObject)).toBe(true);
  expect(messages.length).toBeGreaterThan(0);
});

test('messages have no time', () => {
  const line = '2026-01-31T12:00:00.000000Z\twarn\tInvalid environment variable value';
  expect(readRendered(`${line}\n\u2757 a\n${service}`).messages).toEqual([
    'Invalid environment variable value',
    'a',
  ]);
});

test.each([
  '<html>',
  `hello\n${service}\nhello`,
  'kind: Service\nmetadata: {}',
  'a: b',
  `${service}\n}`,
  `Error: x\n${role}`,
])('%j is not a Kubernetes object', (text) => {
  expect(isObject(text)).toBe(false);
});
