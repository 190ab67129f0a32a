import { describe, expect, test } from 'vitest';
import { withoutCluster } from '../../../src/mesh/file/remove-cluster';
import { parseMesh } from '../../../src/mesh/mesh-file';

const template = `# The mesh.
meshID: mesh1

clusters:
  # The first one, in Frankfurt.
  - name: a
    network: network1   # not shared
    # kubeconfig: a.kubeconfig
  # The second one.
  - name: b
    network: network2
    peers: [a, c]

  # The third one.
  - { name: "c", network: network3, peers: [ b ] } # small
# HelloWorld in every cluster.
verification:
  helloWorld: enabled
`;

const remove = (text: string, name: string): string | undefined => withoutCluster(text, name)?.text;

describe('the text without a cluster', () => {
  test('keeps every other line, with its comments', () => {
    expect(remove(template, 'a')).toBe(`# The mesh.
meshID: mesh1

clusters:
  # The second one.
  - name: b
    network: network2
    peers: [c]

  # The third one.
  - { name: "c", network: network3, peers: [ b ] } # small
# HelloWorld in every cluster.
verification:
  helloWorld: enabled
`);
    expect(withoutCluster(template, 'b')).toEqual({
      readers: ['c'],
      text: `# The mesh.
meshID: mesh1

clusters:
  # The first one, in Frankfurt.
  - name: a
    network: network1   # not shared
    # kubeconfig: a.kubeconfig

  # The third one.
  - { name: "c", network: network3, peers: [] } # small
# HelloWorld in every cluster.
verification:
  helloWorld: enabled
`,
    });
    expect(remove(template, 'c')).toContain('    peers: [a]\n\n# HelloWorld in every cluster.\n');
  });

  test('keeps a comment above the first cluster if it is about the list', () => {
    const text =
      'clusters:\n  # In the order of their age.\n  - name: a\n    network: n\n  - name: b\n    network: m\n';
    expect(remove(text, 'a')).toBe(
      'clusters:\n  # In the order of their age.\n  - name: b\n    network: m\n',
    );
  });

  test.each([
    [
      'in flow style',
      'clusters: [{name: a, network: n}, {name: b, network: m}]\n',
      'clusters: [{name: b, network: m}]\n',
    ],
    ['in JSON', '{"clusters": [{"name": "b"}, {"name": "a"}]}', '{"clusters": [{"name": "b"}]}'],
    [
      'without an indent',
      'clusters:\n- name: b\n- name: a\n  network: n\nmeshID: m\n',
      'clusters:\n- name: b\nmeshID: m\n',
    ],
    ['with line ends of Windows', 'clusters:\r\n- name: a\r\n- name: b\r\n', 'clusters:\r\n- name: b\r\n'],
    ['with a byte order mark', '\ufeffclusters:\n- name: a\n- name: b\n', '\ufeffclusters:\n- name: b\n'],
    ['without a line end', 'clusters:\n- name: b\n- name: a', 'clusters:\n- name: b\n'],
    [
      'with a dash in a line of its own',
      'clusters:\n-\n  name: a\n-\n  name: b\n',
      'clusters:\n-\n  name: b\n',
    ],
    [
      'with peers in block style',
      'clusters:\n- name: b\n  peers:\n    # the first\n    - a\n    - c\n- name: a\n- name: c\n  peers:\n  - a\n',
      'clusters:\n- name: b\n  peers:\n    # the first\n    - c\n- name: c\n  peers: []\n',
    ],
    [
      'with a block scalar at the end',
      'clusters:\n- name: a\n  note: |\n    # text\n    more\n\n- name: b\n',
      'clusters:\n\n- name: b\n',
    ],
  ])('of a definition %s', (_, text, expected) => {
    expect(remove(text, 'a')).toBe(expected);
  });

  test('is undefined if there is no such cluster, or its entry is elsewhere', () => {
    expect(remove(template, 'd')).toBeUndefined();
    expect(remove('all: &all\n- name: a\n- name: b\nclusters: *all\n', 'a')).toBeUndefined();
  });

  test('is that of a mesh with the same other clusters', () => {
    for (const name of ['a', 'b', 'c']) {
      const before = parseMesh(template).clusters.map((each) => each.name);
      const after = parseMesh(remove(template, name) ?? '').clusters.map((each) => each.name);
      expect(after).toEqual(before.filter((each) => each !== name));
    }
  });
});
