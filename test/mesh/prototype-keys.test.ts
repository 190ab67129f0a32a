import { expect, test } from 'vitest';
import { parseMesh } from '../../src/mesh/mesh-file';
import { problemsOf } from './problems-of';

const cluster = (settings = '') => `meshID: m\nclusters:\n  - { name: a, network: n1${settings} }\n`;

test.each([
  ['the mesh', `${cluster()}__proto__: { meshID: x }\n`],
  ['values', `${cluster()}istio: { values: { __proto__: { pilot: {} } } }\n`],
  ['global', `${cluster()}istio: { values: { global: { __proto__: { hub: x } } } }\n`],
  ['meshConfig', `${cluster()}istio: { values: { meshConfig: { __proto__: { rootNamespace: x } } } }\n`],
  ['an environment', `${cluster()}istio: { values: { pilot: { env: { __proto__: x } } } }\n`],
  [
    'values of istioctl',
    `${cluster()}istio: { controlPlane: operator, values: { x: { __proto__: { polluted: 1 } } } }\n`,
  ],
  ['a node selector', cluster(', eastWestGateway: { nodeSelector: { __proto__: x } }')],
  ['annotations', cluster(', eastWestGateway: { podAnnotations: { __proto__: x } }')],
  ['quantities', cluster(', eastWestGateway: { resources: { requests: { __proto__: "1" } } }')],
])('the key __proto__ in %s is refused once, not dropped', (_, text) => {
  const problems = problemsOf(() => parseMesh(text));
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    ['MESH-UNKNOWN-KEY', expect.stringMatching(/^"__proto__" (is not a key of|cannot be a key)/)],
  ]);
  expect({}).not.toHaveProperty('polluted');
});

test('keys and clusters with the names of methods are like others', () => {
  const text = `meshID: m
clusters:
  - name: constructor
    network: constructor
    eastWestGateway: { nodeSelector: { constructor: x, toString: z, hasOwnProperty: w } }
  - { name: valueof, network: toString, peers: [constructor] }
`;
  const [first, second] = parseMesh(text).clusters;
  expect(first?.eastWestGateway?.nodeSelector).toEqual({
    constructor: 'x',
    toString: 'z',
    hasOwnProperty: 'w',
  });
  expect([first?.peers, second?.peers]).toEqual([['valueof'], ['constructor']]);
  const unknown = problemsOf(() => parseMesh(`${cluster()}constructor: 1\ntoString: 1\n`));
  expect(unknown.map(({ message }) => message)).toEqual([
    '"constructor" is not a key of the mesh.',
    '"toString" is not a key of the mesh.',
  ]);
});
