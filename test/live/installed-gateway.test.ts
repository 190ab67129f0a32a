import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { helmReleases } from '../../src/live/helm-release';
import { gatewayComponent, injectionTemplate } from '../../src/live/installed-gateway';
import type { LiveCluster } from '../../src/live/live-cluster';

const labels = { app: 'edge', istio: 'edge' };

/** A Deployment as the API server stores what istioctl has installed without settings. */
function deployment(pod: object = {}, container: object = {}, annotations: object = {}) {
  const generated = {
    'prometheus.io/port': '15020',
    'sidecar.istio.io/inject': 'false',
    'istio.io/rev': 'default',
  };
  return {
    metadata: { name: 'edge', namespace: 'istio-ingress' },
    spec: {
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '100%', maxUnavailable: '25%' } },
      template: {
        metadata: { labels, annotations: { ...generated, ...annotations } },
        spec: {
          affinity: { nodeAffinity: {} },
          ...pod,
          containers: [
            {
              name: 'istio-proxy',
              image: 'docker.io/istio/proxyv2:1.31.0',
              env: [{ name: 'CA_ADDR', value: 'istiod.istio-system.svc:15012' }],
              resources: { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '100m', memory: '128Mi' } },
              ...container,
            },
          ],
        },
      },
    },
  };
}

const cpu = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};
const autoscaler = (spec: object = {}) => ({
  spec: {
    minReplicas: 1,
    maxReplicas: 5,
    metrics: [cpu],
    scaleTargetRef: { kind: 'Deployment', name: 'edge' },
    ...spec,
  },
});

function service(spec: object = {}, annotations: Record<string, string> = {}) {
  const port = (name: string, number: number, targetPort: number) => ({
    ...{ name, port: number, targetPort, protocol: 'TCP', nodePort: 30_000 + number },
  });
  return {
    metadata: { name: 'edge', annotations },
    spec: {
      type: 'LoadBalancer',
      clusterIP: '10.96.0.9',
      externalTrafficPolicy: 'Cluster',
      ports: [port('status-port', 15021, 15021), port('http2', 80, 8080), port('https', 443, 8443)],
      ...spec,
    },
  };
}

const component = { name: 'edge', namespace: 'istio-ingress', enabled: true, label: labels };

describe('a gateway that istioctl has installed', () => {
  test('has no settings besides those of its objects that differ from the chart', () => {
    const objects = { deployment: deployment(), service: service(), autoscaler: autoscaler() };
    expect(gatewayComponent(objects as never)).toEqual({ ...component, k8s: {} });
  });

  test('has the settings of all its objects', () => {
    const tolerations = [{ key: 'edge', operator: 'Exists' }];
    const variable = { name: 'ISTIO_META_ROUTER_MODE', value: 'sni-dnat' };
    const objects = {
      deployment: deployment(
        { tolerations, nodeSelector: { edge: 'true' } },
        { env: [variable, { name: 'POD_NAME' }], resources: { requests: { cpu: '1' } } },
        { team: 'edge', 'kubectl.kubernetes.io/restartedAt': 'today' },
      ),
      service: service(
        {
          type: 'NodePort',
          externalTrafficPolicy: 'Local',
          ports: [{ name: 'tls', port: 443, targetPort: 8443, nodePort: 31_443 }],
        },
        { 'example.com/lb': 'internal', 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
      ),
      autoscaler: autoscaler({ maxReplicas: 9 }),
      budget: { spec: { maxUnavailable: 1, selector: {} } },
    };
    expect(gatewayComponent(objects as never)).toEqual({
      ...component,
      k8s: {
        env: [variable],
        hpaSpec: { minReplicas: 1, maxReplicas: 9, metrics: [cpu] },
        nodeSelector: { edge: 'true' },
        podAnnotations: { team: 'edge' },
        podDisruptionBudget: { maxUnavailable: 1 },
        resources: { requests: { cpu: '1' } },
        service: {
          type: 'NodePort',
          externalTrafficPolicy: 'Local',
          ports: [{ name: 'tls', port: 443, targetPort: 8443, nodePort: 31_443 }],
        },
        serviceAnnotations: { 'example.com/lb': 'internal' },
        tolerations,
      },
    });
  });

  test('has the template with which istiod completes its pods', () => {
    const completed = deployment({}, { image: 'auto' }, { 'inject.istio.io/templates': 'gateway' });
    expect(injectionTemplate({ deployment: deployment() as never })).toBe('');
    expect(injectionTemplate({ deployment: completed as never })).toBe('gateway');
  });
});

test('reads the values of Helm releases of some charts, and ignores other Secrets', async () => {
  const secret = (content: unknown) => {
    const release = gzipSync(JSON.stringify(content)).toString('base64');
    return { data: { release: Buffer.from(release).toString('base64') } };
  };
  const metadata = (name: string) => ({ metadata: { name, version: '1.30.3' } });
  const secrets = [
    secret({ name: 'istiod', namespace: 'istio-system', config: { pilot: {} }, chart: metadata('istiod') }),
    secret({ name: 'shop', namespace: 'shop', config: { password: 'x' }, chart: metadata('shop') }),
    { data: { release: 'bm90IGEgcmVsZWFzZQ==' } },
  ];
  const live = { list: async () => secrets } as unknown as LiveCluster;
  expect(await helmReleases(live, ['istiod', 'gateway'])).toEqual([
    { name: 'istiod', namespace: 'istio-system', chart: 'istiod', version: '1.30.3', values: { pilot: {} } },
  ]);
});
