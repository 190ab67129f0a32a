import { expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { HelmValues } from '../../../src/mesh/helm-values';
import type { ClusterIstioDefinition } from '../../../src/mesh/istio';

const patches = [{ path: 'spec.minReadySeconds', value: 5 }];
const overlay = (kind: string, name: string): HelmValues => ({ kind, name, patches });

function notesOf(istio: object): string[] {
  const clusters = [{ name: 'cluster1', network: 'network1', istio: istio as ClusterIstioDefinition }];
  return defineMesh({ meshID: 'mesh1', clusters }).notes.map(({ message }) =>
    message.replace('clusters[0].istio.', ''),
  );
}

test('an overlay of an object that a component does not have is noted', () => {
  const k8s = { overlays: [overlay('Deployment', 'istiod'), overlay('Deployment', 'pilot')] };
  const gateway = {
    name: 'edge',
    k8s: {
      overlays: [
        overlay('Service', 'edge'),
        overlay('Service', 'istio-ingressgateway'),
        overlay('DaemonSet', 'edge'),
      ],
    },
  };
  expect(notesOf({ components: { pilot: { k8s }, ingressGateways: [gateway] } })).toEqual([
    'components.pilot.k8s.overlays[1] changes nothing: the component has the Deployment istiod, not pilot.',
    'components.ingressGateways[0].k8s.overlays[1] changes nothing: the component has the Service edge, not istio-ingressgateway.',
    'components.ingressGateways[0].k8s.overlays[2] changes nothing: the component has no DaemonSet.',
  ]);
});

test('the name of istiod has its revision, or that of a canary', () => {
  const overlays = ['istiod', 'istiod-a', 'istiod-b'].map((name) => overlay('Deployment', name));
  expect(
    notesOf({ revision: 'a', canary: { revision: 'b' }, components: { pilot: { k8s: { overlays } } } }),
  ).toEqual([
    'components.pilot.k8s.overlays[0] changes nothing: the component has the Deployment istiod-a or istiod-b, not istiod.',
  ]);
});

test('an overlay of another kind is left to istioctl', () => {
  const overlays = [
    overlay('ConfigMap', 'istio-sidecar-injector'),
    overlay('ClusterRole', 'istiod-clusterrole-istio-system'),
  ];
  expect(notesOf({ components: { pilot: { k8s: { overlays } } } })).toEqual([]);
});
