import { Testing } from 'cdk8s';
import { expect, test } from 'vitest';
import { EastWestGateway, type EastWestGatewayProps } from '../../src/constructs/east-west-gateway';

interface GatewayObject {
  readonly kind: string;
  readonly metadata: { readonly labels: Record<string, string>; readonly namespace: string };
  readonly spec: {
    readonly selector: { readonly matchLabels?: Record<string, string> } & Record<string, string>;
    readonly template: {
      readonly metadata: { readonly labels: Record<string, string> };
      readonly spec: { readonly affinity?: object };
    };
  };
}

function objectsOf(props: EastWestGatewayProps): Record<string, GatewayObject> {
  const chart = Testing.chart();
  new EastWestGateway(chart, 'gateway', props);
  const objects = Testing.synth(chart) as GatewayObject[];
  return Object.fromEntries(objects.map((object) => [object.kind, object]));
}

test('its Service and its Deployment select its pods, in any network', () => {
  const { Service, Deployment } = objectsOf({ network: 'eu.west_1' });
  const labels = Deployment?.spec.template.metadata.labels;
  expect(labels).toMatchObject(Service?.spec.selector ?? { missing: true });
  expect(labels).toMatchObject(Deployment?.spec.selector.matchLabels ?? { missing: true });
  expect(Service?.metadata.labels['topology.istio.io/network']).toBe('eu.west_1');
});

test('all of it is in the namespace that is asked for', () => {
  const objects = Object.values(
    objectsOf({ network: 'n', namespace: 'istio-gateways', autoscaling: { minReplicas: 2 } }),
  );
  expect(objects).toHaveLength(7);
  expect(new Set(objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['istio-gateways']));
});

test('its affinity is what is asked for, fields of newer Kubernetes included', () => {
  const term = {
    topologyKey: 'kubernetes.io/hostname',
    labelSelector: { matchLabels: { istio: 'eastwestgateway' } },
    matchLabelKeys: ['pod-template-hash'],
  };
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  expect(objectsOf({ network: 'n', affinity }).Deployment?.spec.template.spec.affinity).toEqual(affinity);
});

test('settings that contradict each other are an error at their path', () => {
  expect(() => objectsOf({ network: 'n', replicas: 3 })).toThrow(/gateway\.replicas: MESH-GATEWAY: /);
  expect(() => objectsOf({ network: 'n', replicas: 3, autoscaling: 'disabled' })).not.toThrow();
});
