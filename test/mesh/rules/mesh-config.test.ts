import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { HelmValues } from '../../../src/mesh/helm-values';
import type { ControlPlaneFormat } from '../../../src/mesh/istio';
import { problemsOf } from '../problems-of';

const appliedByArgoCd = {
  gitops: 'argocd',
  repository: { url: 'https://git.example.com/mesh.git' },
  secrets: {
    backend: 'external-secrets',
    externalSecrets: { store: { name: 'store' } },
  },
} as const;

const cluster = { name: 'cluster1', network: 'network1' };

function problems(meshConfig: object, controlPlane: ControlPlaneFormat = 'native', version = '1.31.0') {
  const values = { meshConfig } as HelmValues;
  const forHelm = controlPlane === 'helm' ? appliedByArgoCd : {};
  return problemsOf(() =>
    defineMesh<ControlPlaneFormat>({
      meshID: 'mesh1',
      istio: { controlPlane, version, values },
      ...forHelm,
      clusters: [cluster],
    }),
  ).map(({ location, hint }) => `${location.path?.replace('istio.values.meshConfig.', '')}: ${hint}`);
}

const duration = 'Write a duration with units, such as 45s or 1h30m.';
const server = 'collector.monitoring.svc.cluster.local';
const provider = (settings: object) => ({ extensionProviders: [{ name: 'a', ...settings }] });
const proxy = (defaultConfig: object) => ({ defaultConfig });
const locality = (localityLbSetting: object) => ({ localityLbSetting });

/** Mesh configurations with one value for which istiod would drop, or ignore, the configuration. */
const dropped: readonly (readonly [meshConfig: object, problem: string])[] = [
  [proxy({ drainDuration: '45' }), `defaultConfig.drainDuration: ${duration}`],
  [
    proxy({ drainDuration: '500ms' }),
    'defaultConfig.drainDuration: Write a duration in whole seconds and greater than 0s, such as 10s.',
  ],
  [{ hboneIdleTimeout: '1d' }, `hboneIdleTimeout: ${duration}`],
  [
    { connectTimeout: '2h' },
    'connectTimeout: Write a duration in whole milliseconds and of at most 1h and greater than 0s, such as 10s.',
  ],
  [{ connect_timeout: '1' }, `connect_timeout: ${duration}`],
  [
    { trustDomainAliases: ['team_a.prod'] },
    'trustDomainAliases[0]: Write lower-case letters, digits, hyphens and dots, such as cluster.local.',
  ],
  [{ tlsDefaults: { minProtocolVersion: 'TLSV1_1' } }, 'tlsDefaults.minProtocolVersion: Write TLSV1_2.'],
  [{ meshMTLS: { ecdhCurves: ['P-256'] } }, 'meshMTLS.ecdhCurves: Remove it, or move it to tlsDefaults.'],
  [
    proxy({ tracing: { zipkin: { address: 'zipkin.monitoring' } } }),
    'defaultConfig.tracing.zipkin.address: Write a host and a port, such as zipkin.istio-system:9411.',
  ],
  [proxy({ tracing: { zipkin: {} } }), 'defaultConfig.tracing.zipkin: Add address: with a value.'],
  [proxy({ statusPort: 0 }), 'defaultConfig.statusPort: Write a whole number from 1 to 65535.'],
  [
    proxy({ controlPlaneAuthPolicy: 'INHERIT' }),
    'defaultConfig.controlPlaneAuthPolicy: Write one of NONE, MUTUAL_TLS.',
  ],
  [
    proxy({ privateKeyProvider: { cryptomb: { pollDelay: '0s' } } }),
    'defaultConfig.privateKeyProvider.cryptomb.pollDelay: Write a duration greater than 0s, such as 10s.',
  ],
  [
    proxy({ connectionSettings: { http2InitialStreamWindowSize: 100 } }),
    'defaultConfig.connectionSettings.http2InitialStreamWindowSize: Write a whole number from 65535 to 2147483647.',
  ],
  [
    locality({ distribute: [{ from: 'a', to: { a: 80, b: 10 } }] }),
    'localityLbSetting.distribute[0].to: Write weights that add up to 100.',
  ],
  [
    locality({ failover: [{ from: 'a/b', to: 'c' }] }),
    'localityLbSetting.failover[0].from: Write a region, such as us-east1.',
  ],
  [
    locality({
      distribute: [
        { from: 'a/*', to: { b: 100 } },
        { from: 'a/z', to: { b: 100 } },
      ],
    }),
    'localityLbSetting.distribute[1].from: Remove one of them.',
  ],
  [
    { serviceSettings: [{ hosts: ['a*.example.com'] }] },
    'serviceSettings[0].hosts[0]: Write a host name such as api.example.com or *.example.com.',
  ],
  [
    provider({ opentelemetry: { service: server, port: 0 } }),
    'extensionProviders[0].opentelemetry.port: Write a whole number from 1 to 65535.',
  ],
  [
    provider({ envoyOtelAls: { service: 'collector/monitoring/svc', port: 1 } }),
    'extensionProviders[0].envoyOtelAls.service: Write a host name such as collector.observability.svc.cluster.local, or namespace/host.',
  ],
  [provider({ zipkin: { port: 9411 } }), 'extensionProviders[0].zipkin: Add service: with a value.'],
  [provider({}), 'extensionProviders[0]: Add the kind of provider, such as opentelemetry:.'],
  [
    provider({ envoyExtAuthzGrpc: { service: server, port: 1, statusOnError: '299' } }),
    'extensionProviders[0].envoyExtAuthzGrpc.statusOnError: Write an HTTP status code in quotes, such as "503".',
  ],
  [
    { defaultProviders: { tracing: ['otel'] } },
    'defaultProviders.tracing[0]: Add it to meshConfig.extensionProviders, or write one of prometheus, stackdriver, envoy.',
  ],
  [
    { discoverySelectors: [{ matchExpressions: [{ key: 'env', operator: 'in', values: ['a'] }] }] },
    'discoverySelectors[0].matchExpressions[0].operator: Write In.',
  ],
  [
    { pathNormalization: { normalization: 'MERGE' } },
    'pathNormalization.normalization: Write MERGE_SLASHES.',
  ],
  [
    { defaultTrafficPolicy: { connectionPool: {} } },
    'defaultTrafficPolicy.connectionPool: Add tcp or http, or remove connectionPool.',
  ],
  [{ default_config: { concurrency: 1 } }, 'default_config: Write defaultConfig.'],
];

describe.each(['native', 'istioctl', 'operator', 'helm'] as const)('in the format %s', (format) => {
  test.each(dropped)('%j is refused', (meshConfig, problem) => {
    expect(problems(meshConfig, format)).toEqual([problem]);
  });
});

test('values that are right by themselves are refused where a cluster combines them', () => {
  const withSetting = (localityLbSetting: HelmValues) => ({ values: { meshConfig: { localityLbSetting } } });
  const clusters = [
    { ...cluster, istio: withSetting({ failover: [{ from: 'a', to: 'b' }] }) },
    { name: 'cluster2', network: 'network2' },
  ];
  const istio = withSetting({ distribute: [{ from: 'a', to: { a: 100 } }] });
  const found = problemsOf(() => defineMesh({ meshID: 'mesh1', istio, clusters }));
  expect(found.map(({ location, hint }) => [location.path, hint])).toEqual([
    ['clusters[0].istio.values.meshConfig.localityLbSetting.failover', 'Remove distribute or failover.'],
  ]);
});

test('a word that an older istiod does not know is refused for it', () => {
  const meshConfig = { outboundTrafficPolicy: { mode: 'ALLOW_ANY_DYNAMIC_DNS' } };
  expect(problems(meshConfig, 'native', '1.29.6')).toEqual([
    'outboundTrafficPolicy.mode: Write another value, or use Istio 1.30 or later.',
  ]);
  expect(problems(meshConfig, 'native', '1.30.0')).toEqual([]);
});
