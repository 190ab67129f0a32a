import { ApiObject, App, Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { IstioMeshCluster } from '../../src/constructs/istio-mesh-cluster';
import { RenderedChart } from '../../src/constructs/rendered-chart';
import type { DataPlane } from '../../src/mesh/data-plane';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { MeshDefinition, VerificationDefinition } from '../../src/mesh/definition';
import { materials } from '../materials';

function clusterWith(definition: Partial<MeshDefinition>): IstioMeshCluster {
  const clusters = ['a', 'b'].map((name) => ({ name, network: name }));
  const mesh = defineMesh({ meshID: 'mesh1', clusters, ...definition });
  const { caCerts, remotes } = materials(mesh);
  return new IstioMeshCluster(new App(), 'a', { mesh, caCerts: caCerts.a, remotes });
}

/** The kinds and names of the objects of the first cluster, by their charts; of texts, the names. */
function chartsOf(definition: Partial<MeshDefinition>): Record<string, string[]> {
  const cluster = clusterWith(definition);
  const charts = cluster.node.findAll().filter((construct): construct is Chart => Chart.isChart(construct));
  return Object.fromEntries(charts.map((chart) => [chart.node.id, namesIn(chart)]));
}

/** The definitions of the Gateway API that the first cluster gets. */
function gatewayApiOf(definition: Partial<MeshDefinition>): string[] {
  return (chartsOf(definition)['00-crds'] ?? []).filter((name) =>
    name.endsWith('.gateway.networking.k8s.io'),
  );
}

function namesIn(chart: Chart): string[] {
  if (RenderedChart.isRenderedChart(chart)) {
    return [...chart.manifests.matchAll(/^ {2}name: (.*)$/gm)].map(([, name]) => name ?? '');
  }
  return chart.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

const gatewayCharts = ['40-eastwest-gateway', '41-ambient-eastwest-gateway', '50-cross-network-gateway'];

test.each<[DataPlane, readonly string[]]>([
  ['sidecar', ['40-eastwest-gateway', '50-cross-network-gateway']],
  ['ambient', ['41-ambient-eastwest-gateway']],
  ['both', gatewayCharts],
])('with the data plane %s other networks enter through its gateways', (dataPlane, expected) => {
  const charts = Object.keys(chartsOf({ dataPlane }));
  expect(gatewayCharts.filter((name) => charts.includes(name))).toEqual(expected);
  const hasGatewayApi = gatewayApiOf({ dataPlane }).length > 0;
  expect(hasGatewayApi).toBe(dataPlane !== 'sidecar');
});

test.each([
  ['1.31.0', 10],
  ['1.30.3', 8],
  ['1.29.6', 6],
])('Istio %s gets the definitions of the Gateway API that it is built for', (version, count) => {
  const names = gatewayApiOf({ dataPlane: 'ambient', istio: { version } });
  expect(names).toHaveLength(count);
  expect(names).toContain('gateways.gateway.networking.k8s.io');
});

test('of two control planes, the newer one decides about the Gateway API', () => {
  const istio = { version: '1.29.6', canary: { version: '1.31.0', revision: 'canary' } };
  expect(gatewayApiOf({ dataPlane: 'ambient', istio })).toHaveLength(10);
});

test('waypoints come after the namespace of HelloWorld, which uses its own', () => {
  const charts = chartsOf({
    dataPlane: 'ambient',
    waypoints: [{ namespace: 'sample' }, { namespace: 'shop', replicas: 2 }],
    verification: { helloWorld: 'enabled' },
  });
  expect(Object.keys(charts).sort().at(-2)).toBe('91-waypoints');
  expect(charts['91-waypoints']).toEqual([
    'Gateway waypoint',
    'ConfigMap waypoint-parameters',
    'Gateway waypoint',
  ]);
  expect(chartsOf({ waypoints: [] })['91-waypoints']).toBeUndefined();
});

test('a stub is a Service in the clusters that have no pods of it', () => {
  const stub = { ports: [{ port: 80 }], clusters: ['a'] };
  const services = [
    { name: 'checkout', namespace: 'shop', stub },
    { name: 'checkout', namespace: 'bank', stub: { ...stub, clusters: ['b'] } },
  ];
  expect(chartsOf({ services })['56-service-stubs']).toEqual(['Service checkout']);
});

test('HelloWorld moves from sidecars to ambient mode when verification says so', () => {
  const labelsOf = (verification: VerificationDefinition) => {
    const cluster = clusterWith({
      dataPlane: 'both',
      verification: { helloWorld: 'enabled', ...verification },
    });
    const helloWorld = cluster.node.findChild('90-helloworld') as Chart;
    const [namespace, service] = helloWorld.toJson() as { metadata: { labels: Record<string, string> } }[];
    return {
      injection: namespace?.metadata.labels['istio-injection'],
      mode: namespace?.metadata.labels['istio.io/dataplane-mode'],
      global: service?.metadata.labels['istio.io/global'],
    };
  };
  expect(labelsOf({})).toEqual({ injection: 'enabled', mode: 'ambient', global: 'true' });
  expect(labelsOf({ scope: 'local' })).toEqual({ injection: 'enabled', mode: 'ambient' });
  expect(labelsOf({ scope: 'local', dataPlane: 'ambient' })).toEqual({ mode: 'ambient' });
  expect(labelsOf({ dataPlane: 'ambient' })).toEqual({ mode: 'ambient', global: 'true' });
});
