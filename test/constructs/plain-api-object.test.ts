import { ApiObject, type ApiObjectProps, App, Chart, type IResolver, JsonPatch } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonOf, PlainApiObject } from '../../src/constructs/plain-api-object';
import type { KubernetesObject } from '../../src/kubernetes/object';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  spec: {
    template: { b: undefined, a: [1, null, { z: 'x', y: [] }] },
    replicas: 0,
    paused: null,
    selector: {},
  },
  metadata: { namespace: 'istio-system', name: 'istiod', labels: { app: 'istiod' }, annotations: {} },
};

// No Kubernetes object has the key __proto__, which ApiObject takes for the type of an object, and refuses.
const fields = fc
  .dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true })
  .filter((value) => !JSON.stringify(value).includes('"__proto__":'));

test('plain data has the JSON of an ApiObject', () => {
  expectSameJson(deployment, () => undefined);
  fc.assert(
    fc.property(fields, (spec) => {
      expectSameJson({ ...deployment, spec }, () => undefined);
    }),
  );
});

test('patches and metadata are those of an ApiObject', () => {
  expectSameJson(deployment, (object) => object.addJsonPatch(JsonPatch.replace('/spec/replicas', 3)));
  expectSameJson(deployment, ({ metadata }) => {
    metadata.addLabel('team', 'mesh');
    metadata.addAnnotation('note', 'x');
    metadata.add('generateName', 'y');
  });
});

test('the resolvers of an app change fields', () => {
  const resolver: IResolver = {
    resolve: (context) => {
      if (context.value === 'istiod') context.replaceValue('pilot');
    },
  };
  expectSameJson(deployment, () => undefined, [resolver]);
});

test('metadata that is empty is left out, as in an ApiObject', () => {
  const metadata = { name: 'x', annotations: { a: '', b: {} }, finalizers: [], ownerReferences: [] };
  expectSameJson({ ...deployment, metadata } as unknown as KubernetesObject, () => undefined);
  expectSameJson(deployment, ({ metadata }) => {
    metadata.addFinalizers('mesh');
    metadata.addOwnerReference({ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u' });
  });
});

describe('the JSON of a frozen object', () => {
  const frozen = Object.freeze({ ...deployment });
  const added = (labels: Record<string, string> = {}): PlainApiObject =>
    new PlainApiObject(new Chart(new App(), 'chart', { labels }), 'object', frozen);

  test('is the same one in every chart, and toJson returns a copy', () => {
    expect(jsonOf(added())).toBe(jsonOf(added()));
    expect(added().toJson()).toEqual(jsonOf(added()));
    expect(added().toJson()).not.toBe(jsonOf(added()));
  });

  test('is its own after a patch, a change of its metadata, or in a chart with labels', () => {
    const patched = added();
    patched.addJsonPatch(JsonPatch.replace('/spec/replicas', 3));
    const annotated = added();
    annotated.metadata.addAnnotation('note', 'x');
    for (const object of [patched, annotated, added({ team: 'mesh' })]) {
      expect(jsonOf(object)).toEqual(object.toJson());
      expect(jsonOf(object)).not.toEqual(jsonOf(added()));
    }
  });
});

/** Compares text, because the order of the keys is part of the output. */
function expectSameJson(
  object: KubernetesObject,
  change: (object: ApiObject) => void,
  resolvers: IResolver[] = [],
): void {
  const [plain, reference] = [PlainApiObject, ApiObject].map((type) => {
    const chart = new Chart(new App({ resolvers }), 'chart', { labels: { chart: 'yes' } });
    const added = new type(chart, 'object', object as KubernetesObject & ApiObjectProps);
    change(added);
    return JSON.stringify(added.toJson());
  });
  expect(plain).toBe(reference);
}
