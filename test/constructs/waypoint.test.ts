import { Testing } from 'cdk8s';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { Waypoint, type WaypointProps } from '../../src/constructs/waypoint';
import type { Fields } from '../../src/kubernetes/object';

function objectsOf(props: WaypointProps): {
  readonly labels: object;
  readonly objects: Record<string, Fields>;
} {
  const chart = Testing.chart();
  const { labels } = new Waypoint(chart, 'waypoint', props);
  const objects = Testing.synth(chart) as { readonly kind: string }[];
  return {
    labels,
    objects: Object.fromEntries(objects.map((object) => [object.kind, object as unknown as Fields])),
  };
}

test('it is the Gateway that istioctl generates, and other clusters call Services through it', () => {
  const { labels, objects } = objectsOf({ namespace: 'shop' });
  expect(labels).toEqual({ 'istio.io/use-waypoint': 'waypoint', 'istio.io/use-waypoint-namespace': 'shop' });
  expect(objects).toEqual({
    Gateway: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      // istiod copies the label to the Service of the waypoint, where it has its effect.
      metadata: { name: 'waypoint', namespace: 'shop', labels: { 'istio.io/global': 'true' } },
      spec: {
        gatewayClassName: 'istio-waypoint',
        listeners: [
          {
            name: 'mesh',
            port: 15008,
            protocol: 'HBONE',
            allowedRoutes: { namespaces: { from: 'Same' } },
          },
        ],
      },
    },
  });
});

test('its traffic, its scope, its revision and the namespaces that use it can be chosen', () => {
  const { Gateway } = objectsOf({
    namespace: 'shop',
    name: 'pods',
    for: 'workload',
    scope: 'local',
    revision: 'canary',
    allowedNamespaces: 'All',
  }).objects;
  expect(Gateway?.metadata).toEqual({
    name: 'pods',
    namespace: 'shop',
    labels: { 'istio.io/waypoint-for': 'workload', 'istio.io/rev': 'canary' },
  });
  expect(JSON.stringify(Gateway?.spec)).toContain('"allowedRoutes":{"namespaces":{"from":"All"}}');
});

test('its pods have the settings of the pods of gateways', () => {
  const { ConfigMap } = objectsOf({
    namespace: 'shop',
    replicas: 2,
    annotations: { owner: 'team' },
    resources: { limits: { cpu: '4' } },
  }).objects;
  const data = Object.entries(ConfigMap?.data as Record<string, string>);
  expect(Object.fromEntries(data.map(([key, text]) => [key, parse(text)]))).toEqual({
    deployment: {
      metadata: { annotations: { owner: 'team' } },
      spec: {
        replicas: 2,
        template: { spec: { containers: [{ name: 'istio-proxy', resources: { limits: { cpu: '4' } } }] } },
      },
    },
    podDisruptionBudget: { spec: { minAvailable: 1 } },
    service: { metadata: { annotations: { owner: 'team' } } },
  });
});

test('its name is not the word for no waypoint', () => {
  expect(() => objectsOf({ namespace: 'shop', name: 'none' })).toThrow(/waypoint\.name/);
  expect(() => objectsOf({ namespace: 'shop', replicas: 2, autoscaling: {} })).toThrow(/waypoint\.replicas/);
});
