import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settings } from '../../../scripts/compare/settings.mjs';
import { controlPlaneInput } from '../../../src/control-plane/input';
import {
  controlPlaneObjects,
  defaultRevisionObjects,
  readerObjects,
} from '../../../src/control-plane/istiod/control-plane-objects';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import type { HelmValues } from '../../../src/mesh/helm-values';

type Labels = Readonly<Record<string, string>>;

interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly selector: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels };
      readonly spec: {
        readonly serviceAccountName: string;
        readonly containers: readonly { readonly volumeMounts: readonly { readonly name: string }[] }[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

const versions = fc.constantFrom('1.31.0', '1.30.3', '1.29.6');
const anyValues = fc.constantFrom(
  ...(settings as readonly { values: HelmValues }[]).map(({ values }) => values),
);
const anyRevision = fc.oneof(fc.constant('default'), fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/));

const runs = { numRuns: 30 };

function input(version: string, revision: string, values: HelmValues) {
  return controlPlaneInput({
    ...{ version, hub: 'hub', tag: version, profile: 'default', dataPlane: 'sidecar' },
    revision,
    values,
  });
}

function identity({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

function find(objects: readonly KubernetesObject[], kind: string): Deployment | undefined {
  return objects.find((object) => object.kind === kind) as Deployment | undefined;
}

function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

test('the same input makes the same bytes', () => {
  fc.assert(
    fc.property(versions, anyRevision, anyValues, (version, revision, values) => {
      const write = () => JSON.stringify(controlPlaneObjects(input(version, revision, values)));
      expect(write()).toBe(write());
    }),
    runs,
  );
});

test('two revisions are beside each other in one cluster, with what they share', () => {
  fc.assert(
    fc.property(versions, anyRevision, anyRevision, anyValues, (version, one, other, values) => {
      fc.pre(one !== other);
      const { revisionTags: _, ...untagged } = values;
      const first = input(version, one, untagged);
      const objects = [
        ...controlPlaneObjects(first),
        ...readerObjects(first),
        ...defaultRevisionObjects(first),
        ...controlPlaneObjects(input(version, other, untagged)),
      ];
      const names = objects.map(identity);
      expect(names).toEqual([...new Set(names)]);
    }),
    runs,
  );
});

test('no revision has the pods of another one', () => {
  fc.assert(
    fc.property(versions, anyRevision, anyRevision, (version, one, other) => {
      fc.pre(one !== other);
      const [first, second] = [one, other].map((revision) =>
        controlPlaneObjects(input(version, revision, { pilot: { autoscaleMin: 2 } })),
      ) as [readonly KubernetesObject[], readonly KubernetesObject[]];
      const pods = find(second, 'Deployment')?.spec.template.metadata.labels ?? {};
      const own = find(first, 'Deployment')?.spec.template.metadata.labels ?? {};
      for (const kind of ['Deployment', 'PodDisruptionBudget', 'Service']) {
        const { selector } = find(first, kind)?.spec ?? { selector: { matchLabels: {} } };
        const labels = selector.matchLabels ?? (selector as unknown as Labels);
        expect(selects(labels, own)).toBe(true);
        expect(selects(labels, pods)).toBe(false);
      }
    }),
    runs,
  );
});

test('what refers to each other within a control plane has the same name', () => {
  fc.assert(
    fc.property(versions, anyRevision, anyValues, (version, revision, values) => {
      fc.pre(!JSON.stringify(values).includes('"resourceScope"'));
      const objects = controlPlaneObjects(input(version, revision, values));
      const { serviceAccountName, containers, volumes } = find(objects, 'Deployment')?.spec.template.spec ?? {
        serviceAccountName: '',
        containers: [],
        volumes: [],
      };
      expect(objects.map(identity)).toContain(`ServiceAccount istio-system/${serviceAccountName}`);
      const names = volumes.map(({ name }) => name);
      for (const { volumeMounts } of containers) {
        for (const { name } of volumeMounts) expect(names).toContain(name);
      }
    }),
    runs,
  );
});
