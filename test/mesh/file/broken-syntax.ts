/** Texts with one problem that is not about the keys of a definition, and what is printed for them. */
export const brokenSyntax: readonly {
  readonly title: string;
  readonly text: string;
  readonly error: readonly string[];
}[] = [
  {
    title: 'an empty file',
    text: '',
    error: [
      'mesh.yaml:1:1: MESH-TYPE: The file is empty.',
      '    Write a mesh definition, or create one with istio-mesh init.',
    ],
  },
  {
    title: 'a file of comments',
    text: '# A mesh\n',
    error: [
      'mesh.yaml:1:1: MESH-TYPE: The file is empty.',
      '    Write a mesh definition, or create one with istio-mesh init.',
    ],
  },
  {
    title: 'a text',
    text: 'mesh1\n',
    error: [
      'mesh.yaml:1:1: MESH-TYPE: The definition is a text, not a map.',
      '    Write a map with keys such as meshID and clusters.',
    ],
  },
  {
    title: 'a list',
    text: '- meshID: mesh1\n',
    error: [
      'mesh.yaml:1:1: MESH-TYPE: The definition is a list, not a map.',
      '    Write a map with keys such as meshID and clusters.',
    ],
  },
  {
    title: 'a Kubernetes object',
    text: 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n',
    error: [
      'mesh.yaml:1:1: MESH-TYPE: The file is a Kubernetes object of the kind Service, not a mesh definition.',
      '    Pass the path of the mesh definition with --mesh-file.',
    ],
  },
  {
    title: 'an IstioOperator',
    text: 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {}\n',
    error: [
      'mesh.yaml:1:1: MESH-TYPE: The file is a Kubernetes object of the kind IstioOperator, not a mesh definition.',
      '    Write a mesh definition, with spec.values of the IstioOperator as istio.values and spec.meshConfig as istio.values.meshConfig.',
    ],
  },
  {
    title: 'a kubeconfig',
    text: 'apiVersion: v1\nkind: Config\nclusters: []\n',
    error: [
      'mesh.yaml:1:1: MESH-TYPE: The file is a Kubernetes object of the kind Config, not a mesh definition.',
      '    This is a kubeconfig. Name it in the kubeconfig of a cluster in the mesh definition.',
    ],
  },
  {
    title: 'a second document',
    text: 'meshID: mesh1\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n---\nmeshID: mesh1\n',
    error: [
      'mesh.yaml:5:1: MESH-SYNTAX: The file has more than one YAML document, and a mesh definition is one.',
      '    5 | ---',
      '      | ^',
      '    Remove this line, and write each mesh to a file of its own.',
    ],
  },
  {
    title: 'an empty second document',
    text: 'meshID: mesh1\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n---\n',
    error: [
      'mesh.yaml:5:1: MESH-SYNTAX: The file has more than one YAML document, and a mesh definition is one.',
      '    5 | ---',
      '      | ^',
      '    Remove this line, and write each mesh to a file of its own.',
    ],
  },
  {
    title: 'a directive',
    text: '%YAML 1.1\n---\nmeshID: mesh1\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:1: MESH-SYNTAX: The file starts with a directive of YAML.',
      '    1 | %YAML 1.1',
      '      | ^',
      '    Remove the lines that start with %.',
    ],
  },
  {
    title: 'an unclosed bracket',
    text: 'meshID: [mesh1\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:9: MESH-SYNTAX: The list that starts here has no closing ].',
      '    1 | meshID: [mesh1',
      '      |         ^',
      '    Close it with ].',
    ],
  },
  {
    title: 'an unclosed brace',
    text: 'meshID: {a: b\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:9: MESH-SYNTAX: The map that starts here has no closing }.',
      '    1 | meshID: {a: b',
      '      |         ^',
      '    Close it with }.',
    ],
  },
  {
    title: 'a superfluous bracket',
    text: 'meshID: mesh1\nremotes: [a]]\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:13: MESH-SYNTAX: ] cannot be here.',
      '    2 | remotes: [a]]',
      '      |             ^',
      '    Look for a missing or superfluous quote, bracket, comma or colon before it.',
    ],
  },
  {
    title: 'unclosed JSON',
    text: '{"meshID": "mesh1"\n',
    error: [
      'mesh.yaml:1:1: MESH-SYNTAX: The map that starts here has no closing }.',
      '    1 | {"meshID": "mesh1"',
      '      | ^',
      '    Close it with }.',
    ],
  },
  {
    title: 'a comment of JavaScript in JSON',
    text: '{\n  // a mesh\n  "meshID": "mesh1"\n}\n',
    error: [
      'mesh.yaml:2:3: MESH-SYNTAX: A comment starts with #, not with a slash.',
      '    2 |   // a mesh',
      '      |   ^',
      '    Write # before the comment.',
    ],
  },
  {
    title: 'an unclosed double quote',
    text: 'meshID: "mesh1\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:9: MESH-SYNTAX: The text that starts here has no closing " in its line.',
      '    1 | meshID: "mesh1',
      '      |         ^',
      '    Close it with ".',
    ],
  },
  {
    title: 'an unclosed single quote',
    text: "meshID: 'mesh1\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n",
    error: [
      "mesh.yaml:1:9: MESH-SYNTAX: The text that starts here has no closing ' in its line.",
      "    1 | meshID: 'mesh1",
      '      |         ^',
      "    Close it with '.",
    ],
  },
  {
    title: 'a quote that the next one closes',
    text: 'meshID: "mesh1\ntrustDomain: "a.b"\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:9: MESH-SYNTAX: The text that starts here has no closing " in its line.',
      '    1 | meshID: "mesh1',
      '      |         ^',
      '    Close it with ".',
    ],
  },
  {
    title: 'text after a quote',
    text: 'meshID: "mesh1" mesh2\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:17: MESH-SYNTAX: mesh2 cannot be here.',
      '    1 | meshID: "mesh1" mesh2',
      '      |                 ^',
      '    Look for a missing or superfluous quote, bracket, comma or colon before it.',
    ],
  },
  {
    title: 'an unknown escape sequence',
    text: 'meshID: mesh1\nremotes: "C:\\mesh"\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:13: MESH-SYNTAX: \\m is not an escape sequence of YAML.',
      '    2 | remotes: "C:\\mesh"',
      '      |             ^',
      '    Write \\\\ for a backslash, or put the text in single quotes.',
    ],
  },
  {
    title: 'a duplicate key',
    text: 'meshID: mesh1\nmeshID: mesh2\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:1: MESH-SYNTAX: The map has the key meshID already, in line 1.',
      '    2 | meshID: mesh2',
      '      | ^',
      '    Remove one of the two, or move its value to the other.',
    ],
  },
  {
    title: 'a duplicate key of a cluster',
    text: 'meshID: mesh1\nclusters:\n  - { name: cluster1, network: network1, name: cluster2 }\n',
    error: [
      'mesh.yaml:3:42: MESH-SYNTAX: The map has the key name already, in line 3.',
      '    3 |   - { name: cluster1, network: network1, name: cluster2 }',
      '      |                                          ^',
      '    Remove one of the two, or move its value to the other.',
    ],
  },
  {
    title: 'a tab as indentation',
    text: 'meshID: mesh1\nclusters:\n\t- { name: cluster1, network: network1 }\n',
    error: [
      'mesh.yaml:3:1: MESH-SYNTAX: The line is indented with a tab.',
      '    3 | →- { name: cluster1, network: network1 }',
      '      | ^',
      '    Indent it with spaces.',
    ],
  },
  {
    title: 'a tab after spaces',
    text: 'meshID: mesh1\nclusters:\n  - name: cluster1\n  \tnetwork: network1\n',
    error: [
      'mesh.yaml:4:3: MESH-SYNTAX: The line is indented with a tab.',
      '    4 |   →network: network1',
      '      |   ^',
      '    Indent it with spaces.',
    ],
  },
  {
    title: 'a no-break space as indentation',
    text: 'meshID: mesh1\nclusters:\n  - name: cluster1\n    network: network1\n',
    error: [
      'mesh.yaml:4:1: MESH-SYNTAX: The line is indented with the character U+00A0, which is not a space to YAML.',
      '    4 |     network: network1',
      '      | ^',
      '    Replace it with spaces.',
    ],
  },
  {
    title: 'a key that is indented less',
    text: 'meshID: mesh1\nclusters:\n  - name: cluster1\n   network: network1\n',
    error: [
      'mesh.yaml:4:4: MESH-SYNTAX: The indentation of the line does not fit the lines above it.',
      '    4 |    network: network1',
      '      |    ^',
      '    Give all keys of a map the same indentation, and all items of a list. Only a key without a value can have more indented lines below it.',
    ],
  },
  {
    title: 'a key that is indented more',
    text: 'meshID: mesh1\nclusters:\n  - name: cluster1\n      network: network1\n',
    error: [
      'mesh.yaml:4:7: MESH-SYNTAX: The indentation of the line does not fit the lines above it.',
      '    4 |       network: network1',
      '      |       ^',
      '    Give all keys of a map the same indentation, and all items of a list. Only a key without a value can have more indented lines below it.',
    ],
  },
  {
    title: 'an item that is indented less',
    text: 'meshID: mesh1\nclusters:\n  - { name: a, network: b }\n - { name: c, network: d }\n',
    error: [
      'mesh.yaml:4:2: MESH-SYNTAX: The indentation of the line does not fit the lines above it.',
      '    4 |  - { name: c, network: d }',
      '      |  ^',
      '    Give all keys of a map the same indentation, and all items of a list. Only a key without a value can have more indented lines below it.',
    ],
  },
  {
    title: 'an item among keys',
    text: 'meshID: mesh1\n- a\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:1: MESH-SYNTAX: The indentation of the line does not fit the lines above it.',
      '    2 | - a',
      '      | ^',
      '    Give all keys of a map the same indentation, and all items of a list. Only a key without a value can have more indented lines below it.',
    ],
  },
  {
    title: 'a colon in a value',
    text: 'meshID: mesh: 1\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:9: MESH-SYNTAX: The value has a colon and a space in it.',
      '    1 | meshID: mesh: 1',
      '      |         ^',
      '    Put it in quotes: "mesh: 1".',
    ],
  },
  {
    title: 'a colon without a space',
    text: 'meshID:mesh1\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:7: MESH-SYNTAX: There is no space after the colon.',
      '    1 | meshID:mesh1',
      '      |       ^',
      '    Write meshID: mesh1.',
    ],
  },
  {
    title: 'a line without a colon',
    text: 'meshID\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:1: MESH-SYNTAX: The line has no colon after its key.',
      '    1 | meshID',
      '      | ^',
      '    Write a key, a colon, a space and a value.',
    ],
  },
  {
    title: 'a missing comma',
    text: 'meshID: mesh1\nclusters: [{ name: cluster1 network: network1 }]\n',
    error: [
      'mesh.yaml:2:20: MESH-SYNTAX: There is no comma before the next key or item.',
      '    2 | clusters: [{ name: cluster1 network: network1 }]',
      '      |                    ^',
      '    Separate keys and items with commas.',
    ],
  },
  {
    title: 'a value that starts with @',
    text: 'meshID: @mesh\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:9: MESH-SYNTAX: A value cannot start with @.',
      '    1 | meshID: @mesh',
      '      |         ^',
      '    Put it in quotes: "@mesh".',
    ],
  },
  {
    title: 'a value that starts with an asterisk',
    text: 'meshID: mesh1\ntrustDomain: *.local\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:14: MESH-SYNTAX: The alias *.local has no anchor before it.',
      '    2 | trustDomain: *.local',
      '      |              ^',
      '    Set the anchor &.local before it, or put the value in quotes: "*.local".',
    ],
  },
  {
    title: 'an alias without an anchor',
    text: 'meshID: *id\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:9: MESH-SYNTAX: The alias *id has no anchor before it.',
      '    1 | meshID: *id',
      '      |         ^',
      '    Set the anchor &id before it, or put the value in quotes: "*id".',
    ],
  },
  {
    title: 'an alias within its anchor',
    text: 'meshID: mesh1\nistio: &a { values: *a }\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:21: MESH-SYNTAX: The alias *a is within the value of its own anchor.',
      '    2 | istio: &a { values: *a }',
      '      |                     ^',
      '    Replace the alias with the value that you mean.',
    ],
  },
  {
    title: 'a merge key of a list',
    text: 'meshID: mesh1\nistio: { <<: [1] }\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-SYNTAX: The merge key << has another value than a map.',
      '    2 | istio: { <<: [1] }',
      '      |          ^',
      '    Write the alias of a map, such as <<: *defaults, or put << in quotes.',
    ],
  },
  {
    title: 'a placeholder of a template',
    text: 'meshID: {{ mesh }}\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:9: MESH-SYNTAX: {{ mesh }} is part of a template that was not filled in.',
      '    1 | meshID: {{ mesh }}',
      '      |         ^',
      '    Write the value, or fill in the template first. Put it in quotes if it is meant to stay.',
    ],
  },
  {
    title: 'a placeholder within a value',
    text: 'meshID: mesh-{{ mesh }}\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:9: MESH-SYNTAX: mesh-{{ mesh }} is part of a template that was not filled in.',
      '    1 | meshID: mesh-{{ mesh }}',
      '      |         ^',
      '    Write the value, or fill in the template first. Put it in quotes if it is meant to stay.',
    ],
  },
  {
    title: 'an action of a Go template',
    text: '{{- if .mesh }}\nmeshID: mesh1\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n{{- end }}\n',
    error: [
      'mesh.yaml:1:1: MESH-SYNTAX: {{- if .mesh }} is part of a template that was not filled in.',
      '    1 | {{- if .mesh }}',
      '      | ^',
      '    Write the value, or fill in the template first. Put it in quotes if it is meant to stay.',
    ],
  },
  {
    title: 'a tag of Jinja',
    text: '{% if mesh %}\nmeshID: mesh1\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n{% endif %}\n',
    error: [
      'mesh.yaml:1:1: MESH-SYNTAX: {% if mesh %} is part of a template that was not filled in.',
      '    1 | {% if mesh %}',
      '      | ^',
      '    Write the value, or fill in the template first. Put it in quotes if it is meant to stay.',
    ],
  },
  {
    title: 'a merge conflict',
    text: '<<<<<<< HEAD\nmeshID: mesh1\n=======\nmeshID: mesh2\n>>>>>>> other\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:1: MESH-SYNTAX: The file has a merge conflict of git.',
      '    1 | <<<<<<< HEAD',
      '      | ^',
      '    Resolve the conflict, and remove its markers.',
    ],
  },
  {
    title: 'a local tag',
    text: 'meshID: !id mesh1\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:9: MESH-SYNTAX: A mesh definition cannot have a value with the tag !id.',
      '    1 | meshID: !id mesh1',
      '      |         ^',
      '    Remove the tag, and write a map, a list, a string or a number.',
    ],
  },
  {
    title: 'an ordered map',
    text: 'meshID: mesh1\nsecrets: !!omap [backend: sops]\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-SYNTAX: A mesh definition cannot have a value with the tag !!omap.',
      '    2 | secrets: !!omap [backend: sops]',
      '      |          ^',
      '    Remove the tag, and write a map, a list, a string or a number.',
    ],
  },
  {
    title: 'a set',
    text: 'meshID: mesh1\nremotes: !!set { a }\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-SYNTAX: A mesh definition cannot have a value with the tag !!set.',
      '    2 | remotes: !!set { a }',
      '      |          ^',
      '    Remove the tag, and write a map, a list, a string or a number.',
    ],
  },
  {
    title: 'a timestamp',
    text: 'meshID: mesh1\nremotes: !!timestamp 2001-01-01\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-SYNTAX: A mesh definition cannot have a value with the tag !!timestamp.',
      '    2 | remotes: !!timestamp 2001-01-01',
      '      |          ^',
      '    Remove the tag, and write a map, a list, a string or a number.',
    ],
  },
  {
    title: 'a binary',
    text: 'meshID: mesh1\nremotes: !!binary aGk=\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-SYNTAX: A mesh definition cannot have a value with the tag !!binary.',
      '    2 | remotes: !!binary aGk=',
      '      |          ^',
      '    Remove the tag, and write a map, a list, a string or a number.',
    ],
  },
  {
    title: 'a map as a key',
    text: 'meshID: mesh1\n? { a: b }\n: c\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:3: MESH-SYNTAX: A key is a map or a list.',
      '    2 | ? { a: b }',
      '      |   ^',
      '    Write a word as the key. Put text with braces or brackets in quotes.',
    ],
  },
  {
    title: 'an empty key',
    text: 'meshID: mesh1\n~: a\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:1: MESH-SYNTAX: A key is empty.',
      '    2 | ~: a',
      '      | ^',
      '    Write a key before the colon, or put the key in quotes.',
    ],
  },
  {
    title: 'a NUL',
    text: 'meshID: mesh\u00001\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:13: MESH-SYNTAX: The file has the control character U+0000.',
      '    1 | meshID: mesh\\u00001',
      '      |             ^',
      '    Remove the character.',
    ],
  },
  {
    title: 'an escape sequence of a terminal',
    text: 'meshID: mesh1 # \u001b[2J\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:1:17: MESH-SYNTAX: The file has the control character U+001B.',
      '    1 | meshID: mesh1 # \\u001b[2J',
      '      |                 ^',
      '    Remove the character.',
    ],
  },
  {
    title: 'a word that is a boolean in YAML 1.1',
    text: 'meshID: mesh1\nremotes: on\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-AMBIGUOUS: on has another value in YAML 1.1, which istioctl and kubectl read, than in YAML 1.2.',
      '    2 | remotes: on',
      '      |          ^',
      '    Put it in quotes: "on", or write true.',
    ],
  },
  {
    title: 'an octal number',
    text: 'meshID: mesh1\nremotes: 010\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-AMBIGUOUS: 010 has another value in YAML 1.1, which istioctl and kubectl read, than in YAML 1.2.',
      '    2 | remotes: 010',
      '      |          ^',
      '    Put it in quotes: "010".',
    ],
  },
  {
    title: 'an octal number of YAML 1.2',
    text: 'meshID: mesh1\nremotes: 0o17\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-AMBIGUOUS: 0o17 has another value in YAML 1.1, which istioctl and kubectl read, than in YAML 1.2.',
      '    2 | remotes: 0o17',
      '      |          ^',
      '    Put it in quotes: "0o17".',
    ],
  },
  {
    title: 'a number with underscores',
    text: 'meshID: mesh1\nremotes: 1_000\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-AMBIGUOUS: 1_000 has another value in YAML 1.1, which istioctl and kubectl read, than in YAML 1.2.',
      '    2 | remotes: 1_000',
      '      |          ^',
      '    Put it in quotes: "1_000".',
    ],
  },
  {
    title: 'a number in base 60',
    text: 'meshID: mesh1\nremotes: 1:30\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-AMBIGUOUS: 1:30 has another value in YAML 1.1, which istioctl and kubectl read, than in YAML 1.2.',
      '    2 | remotes: 1:30',
      '      |          ^',
      '    Put it in quotes: "1:30".',
    ],
  },
  {
    title: 'a date',
    text: 'meshID: mesh1\nremotes: 2001-01-01\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-AMBIGUOUS: 2001-01-01 has another value in YAML 1.1, which istioctl and kubectl read, than in YAML 1.2.',
      '    2 | remotes: 2001-01-01',
      '      |          ^',
      '    Put it in quotes: "2001-01-01".',
    ],
  },
  {
    title: 'a key that is a boolean in YAML 1.1',
    text: 'meshID: mesh1\nistio: { values: { pilot: { env: { Y: a } } } }\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:36: MESH-AMBIGUOUS: Y has another value in YAML 1.1, which istioctl and kubectl read, than in YAML 1.2.',
      '    2 | istio: { values: { pilot: { env: { Y: a } } } }',
      '      |                                    ^',
      '    Put it in quotes: "Y".',
    ],
  },
  {
    title: 'a key that is a number',
    text: 'meshID: mesh1\nistio: { values: { pilot: { env: { 1.0: a } } } }\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:36: MESH-AMBIGUOUS: The key 1.0 is a number, which is read as 1.',
      '    2 | istio: { values: { pilot: { env: { 1.0: a } } } }',
      '      |                                    ^',
      '    Put it in quotes: "1.0".',
    ],
  },
  {
    title: 'a number of too many digits',
    text: 'meshID: mesh1\nremotes: 12345678901234567890\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-VALUE: 12345678901234567890 has more digits than a number can keep.',
      '    2 | remotes: 12345678901234567890',
      '      |          ^',
      '    Put it in quotes: "12345678901234567890".',
    ],
  },
  {
    title: 'infinity',
    text: 'meshID: mesh1\nremotes: .inf\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-VALUE: .inf is a number that no Kubernetes object can have.',
      '    2 | remotes: .inf',
      '      |          ^',
      '    Put it in quotes: ".inf".',
    ],
  },
  {
    title: 'half of a surrogate pair',
    text: 'meshID: mesh1\nremotes: "\\uD800"\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:10: MESH-VALUE: The text has the character U+D800, which no Kubernetes object can contain.',
      '    2 | remotes: "\\uD800"',
      '      |          ^',
      '    Remove the character.',
    ],
  },
  {
    title: 'a token in a line with an error',
    text: 'meshID: mesh1\ntoken: "eyJhbGciOiJSUzI1NiJ9.e30.c2ln\nclusters:\n  - { name: cluster1, network: network1 }\n  - { name: cluster2, network: network2 }\n',
    error: [
      'mesh.yaml:2:8: MESH-SYNTAX: The text that starts here has no closing " in its line.',
      '    2 | token: ******************************',
      '      |        ^',
      '    Close it with ".',
    ],
  },
];
