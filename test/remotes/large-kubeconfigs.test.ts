import { expect, test } from 'vitest';
import { validateRemoteKubeconfig } from '../../src/remotes/parse-remote-kubeconfig';

const keys = (indentation: number): string =>
  Array.from({ length: 20_000 }, (_, index) => `${' '.repeat(indentation)}q${index}: 1\n`).join('');

function kubeconfig({ top = '', inCluster = '', inUser = '' }): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: a
  cluster:
    server: https://203.0.113.10:6443
${inCluster}contexts:
- { name: a, context: { cluster: a, user: a } }
current-context: a
users:
- name: a
  user:
    token: abc
${inUser}${top}`;
}

const validate = (text: string) => validateRemoteKubeconfig(text, 'a.yaml', new Date());

test.each([
  ['the file', { top: keys(0) }],
  ['its cluster', { inCluster: keys(4) }],
  ['its user', { inUser: keys(4) }],
])('20,000 unknown keys in %s are counted', (where, parts) => {
  const { kubeconfig: read, problems, warnings } = validate(kubeconfig(parts));
  expect(problems).toEqual([]);
  expect(read).toMatchObject({ server: 'https://203.0.113.10:6443', user: { token: 'abc' } });
  if (where === 'the file') return;
  expect(warnings).toHaveLength(21);
  expect(warnings.at(-1)?.message).toBe('The map has 19980 more keys that istiod ignores.');
});

test('keys with the names of methods are keys like others', () => {
  const names = ['__proto__: { token: x }', 'constructor: 1', 'toString: 1', 'hasOwnProperty: 1'];
  const { kubeconfig: read, warnings } = validate(
    kubeconfig({ inUser: names.map((name) => `    ${name}\n`).join('') }),
  );
  expect(read?.user).toEqual({ token: 'abc' });
  expect(warnings.map(({ message }) => message)).toEqual(
    ['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map(
      (name) => `"${name}" is not a valid key here, and istiod ignores it.`,
    ),
  );
  expect({}).not.toHaveProperty('token');
});

test('a key that a map has twice is refused at its second place', () => {
  expect(validate(kubeconfig({ inUser: '    token: other\n' })).problems).toMatchObject([
    { code: 'REMOTE-SYNTAX', location: { line: 14, column: 5 } },
  ]);
});
