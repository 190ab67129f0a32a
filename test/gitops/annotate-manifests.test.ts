import { describe, expect, test } from 'vitest';
import { crdManifests } from '../../src/control-plane/crds';
import { annotateText } from '../../src/gitops/annotate-manifests';
import { supportedMinorVersions } from '../../src/mesh/istio-version';
import { expectSameAsObjects, objectsOf } from './annotated-objects';
import { gitopsSettings } from './gitops-settings';

describe.each(supportedMinorVersions)('the CRDs of Istio %s', (version) => {
  test('get the same annotations as parsed objects', () => expectSameAsObjects(crdManifests(version)));

  test('have no other changes', () => {
    for (const gitops of gitopsSettings) {
      const lines = new Set(annotateText(crdManifests(version), 0, gitops).split('\n'));
      expect(
        crdManifests(version)
          .split('\n')
          .filter((each) => !lines.has(each)),
      ).toEqual([]);
    }
  });
});

const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n';

test.each([
  ['metadata at the end', `${crd}spec: {}\nmetadata:\n  name: a\n`],
  ['metadata at the end without a line end', `${crd}metadata:\n  name: a`],
  ['annotations at the end without a line end', `${crd}metadata:\n  name: a\n  annotations:\n    b: c`],
  ['annotations', `${crd}metadata:\n  name: a\n  annotations:\n    b: c\n  labels:\n    d: e\n`],
  ['deeply indented annotations', `${crd}metadata:\n    annotations:\n          b: c\n    name: a\n`],
  ['empty annotations', `${crd}metadata:\n  name: a\n  annotations: {}\n`],
  ['no value of annotations', `${crd}metadata:\n  name: a\n  annotations:\n  labels:\n    d: e\n`],
  ['inline annotations', `${crd}metadata:\n  name: a\n  annotations: { b: c }\n`],
  ['inline metadata', `${crd}metadata: { name: a }\nspec: {}\n`],
  ['JSON', '{"apiVersion":"v1","kind":"CustomResourceDefinition","metadata":{"name":"a"}}\n'],
  ['an annotation on several lines', `${crd}metadata:\n  annotations:\n    b: |\n      name: x\n  name: a\n`],
  [
    'annotations further down',
    `${crd}spec:\n  metadata:\n    annotations:\n      b: c\nmetadata:\n  name: a\n`,
  ],
  ['comments', `# one\n${crd}# two\nmetadata: # three\n  # four\n  name: a # five\nspec: {}\n# six\n`],
  [
    'comments at the start of lines',
    `${crd}metadata:\n# one\n  name: a\n# two\n  annotations:\n# three\n    b: c\n`,
  ],
  ['empty lines', `\n${crd}metadata:\n\n  annotations:\n\n    b: c\n\n  name: a\n\nspec: {}\n`],
  ['Windows line ends', `${crd}metadata:\n  name: a\nspec: {}\n`.replaceAll('\n', '\r\n')],
  ['several documents', `---\n${crd}metadata:\n  name: a\n---\n# nothing\n---\n${crd}metadata:\n  name: b\n`],
  ['a document of nothing but a comment', '# nothing\n'],
  [
    'text that looks like a document separator',
    `${crd}metadata:\n  name: a\nspec:\n  text: |\n    ---\n    kind: x\n`,
  ],
  ['a name in quotes', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: "istio-system"\n'],
  ['cacerts', 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: cacerts\n  namespace: istio-system\n'],
  ['a load balancer', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  type: LoadBalancer\n'],
  [
    'a Service that only looks like a load balancer',
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  labels:\n    type: LoadBalancer\nspec:\n  selector:\n    type: LoadBalancer\n',
  ],
  [
    'an object that can be pruned',
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: cacerts\n  namespace: other\n',
  ],
])('%s', (_, text) => expectSameAsObjects(text));

test('an annotation of the user takes precedence', () => {
  const own = `${crd}metadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/sync-wave: "3"\n`;
  expectSameAsObjects(own);
  for (const gitops of gitopsSettings) {
    expect(objectsOf(annotateText(own, 0, gitops))[0]?.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-wave': '3',
    });
  }
});
