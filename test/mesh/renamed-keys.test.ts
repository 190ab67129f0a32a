import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { MeshDefinition } from '../../src/mesh/definition';
import { parseMesh } from '../../src/mesh/mesh-file';
import { problemsOf } from './problems-of';

const clusters = 'clusters:\n  - { name: a, network: n1 }\n';
const oldDefinition = `meshID: mesh1
delivery: { engine: flux }
repository: { url: https://git.example.com/mesh.git }
secrets: { form: sealed-secrets }
istio: { alongside: { revision: canary } }
clusters:
  - name: a
    network: n1
    secrets: { form: external-secrets, externalSecrets: { store: { name: s } } }
    istio: { alongside: disabled }
`;

describe('an old key of mesh.yaml', () => {
  test('is reported with its new name, and causes no other problem', () => {
    expect(
      problemsOf(() => parseMesh(oldDefinition)).map(({ code, location: { line, column }, message, hint }) =>
        [code, `${line}:${column}`, message, hint].join(' | '),
      ),
    ).toEqual([
      'MESH-RENAMED-KEY | 2:1 | delivery is now called gitops. | Write gitops instead of delivery.',
      'MESH-RENAMED-KEY | 2:13 | delivery.engine is now called gitops.tool. | Write tool instead of engine.',
      'MESH-RENAMED-KEY | 4:12 | secrets.form is now called secrets.backend. | Write backend instead of form.',
      'MESH-RENAMED-KEY | 5:10 | istio.alongside is now called istio.canary. | Write canary instead of alongside.',
      'MESH-RENAMED-KEY | 9:16 | clusters[0].secrets.form is now called clusters[0].secrets.backend. | Write backend instead of form.',
      'MESH-RENAMED-KEY | 10:14 | clusters[0].istio.alongside is now called clusters[0].istio.canary. | Write canary instead of alongside.',
    ]);
  });

  test('is reported in a short form and beside its new name, too', () => {
    const text = `meshID: m\ndelivery: flux\ngitops: argocd\nrepository: { url: https://example.com/m }\nsecrets: { backend: sealed-secrets }\n${clusters}`;
    expect(problemsOf(() => parseMesh(text)).map(({ message }) => message)).toEqual([
      'delivery is now called gitops.',
    ]);
  });

  test('is reported together with problems of its value, at their position', () => {
    const text = `meshID: m\nsecrets: { form: sealed-secret }\nistio: { alongside: { revison: a } }\n${clusters}`;
    expect(
      problemsOf(() => parseMesh(text)).map(({ code, location: { line, column } }) => [code, line, column]),
    ).toEqual([
      ['MESH-RENAMED-KEY', 2, 12],
      ['MESH-VALUE', 2, 18],
      ['MESH-RENAMED-KEY', 3, 10],
      ['MESH-UNKNOWN-KEY', 3, 23],
    ]);
  });

  test('is reported in a definition of a program', () => {
    const definition = {
      meshID: 'm',
      secrets: { form: 'plain' },
      clusters: [{ name: 'a', network: 'n' }],
    } as unknown as MeshDefinition;
    expect(() => defineMesh(definition)).toThrow(/^secrets\.form: MESH-RENAMED-KEY: .*secrets\.backend\.\n/);
  });
});

test('other keys with the name of an old key are not renamed', () => {
  const text = `meshID: m\nistio: { controlPlane: istioctl, values: { delivery: 1, form: 2, engine: 3 } }\n${clusters}`;
  expect(parseMesh(text).clusters[0]?.istio.values).toEqual({ delivery: 1, form: 2, engine: 3 });
});
