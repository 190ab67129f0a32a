import { expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';

function notesOf(k8s: object) {
  const istio = { components: { pilot: { k8s } } };
  return defineMesh({ meshID: 'mesh1', istio, clusters: [{ name: 'c', network: 'n' }] }).notes;
}

test('settings that istioctl accepts and does not apply are in a note', () => {
  const path = 'webhooks.[name:rev.namespace.istio.io].timeoutSeconds';
  const overlays = [{ kind: 'Deployment', name: 'istiod', patches: [{ path, value: 5 }] }];
  expect(notesOf({ volumes: [{ name: 'a', emptyDir: {} }], overlays })).toEqual([
    expect.objectContaining({ location: { path: 'istio.components.pilot.k8s.volumes' } }),
    expect.objectContaining({
      location: { path: 'istio.components.pilot.k8s.overlays[0].patches[0].path' },
    }),
  ]);
});

test('the form of a path in which a dot is part of a name is no note', () => {
  const path = 'webhooks.[name:rev\\.namespace\\.istio\\.io].timeoutSeconds';
  const overlays = [{ kind: 'MutatingWebhookConfiguration', name: 'a', patches: [{ path, value: 5 }] }];
  expect(notesOf({ overlays })).toEqual([]);
});
