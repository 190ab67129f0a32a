import fc from 'fast-check';
import type { HelmValues } from '../../../src/mesh/helm-values';

const quantities = fc.constantFrom(null, {}, { cpu: '1m' }, { cpu: '2', memory: null }, { memory: '3Gi' });
const name = fc.constantFrom('', 'name1', 'a.b-c', '12', 'yes');
const portList = fc.constantFrom('', '80', '80,8080');
const some = <Model>(model: { [Key in keyof Model]: fc.Arbitrary<Model[Key]> }) =>
  fc.record(model, { requiredKeys: [] });

const proxy = some({
  resources: fc.oneof(fc.constant(null), some({ requests: quantities, limits: quantities })),
  image: fc.constantFrom('proxyv2', 'own', 'example.org/own:1'),
  statusPort: fc.constantFrom(0, 15020, 16000),
  holdApplicationUntilProxyStarts: fc.boolean(),
  privileged: fc.boolean(),
  capNetBindService: fc.boolean(),
  tracer: fc.constantFrom('none', 'zipkin', 'datadog', 'lightstep'),
  includeIPRanges: fc.constantFrom('*', '', '10.0.0.0/8'),
  excludeIPRanges: fc.constantFrom('', '10.1.0.0/16'),
  includeInboundPorts: fc.constantFrom('*', '', '80'),
  excludeInboundPorts: portList,
  includeOutboundPorts: portList,
  excludeOutboundPorts: portList,
  logLevel: fc.constantFrom('warning', 'off', 'trace'),
  componentLogLevel: fc.constantFrom('misc:error', '', 'http:debug,rbac:off'),
  outlierLogPath: fc.constantFrom('', '/dev/stdout'),
  clusterDomain: fc.constantFrom('cluster.local', 'example.org'),
  readinessInitialDelaySeconds: fc.nat(9),
  readinessPeriodSeconds: fc.nat(9),
  readinessFailureThreshold: fc.nat(9),
  startupProbe: fc.record({ enabled: fc.boolean(), failureThreshold: fc.nat(99) }),
  lifecycle: fc.constantFrom({}, { preStop: { exec: { command: ['sleep', '{{5}}'] } } }),
  seccompProfile: fc.constantFrom({}, { type: 'RuntimeDefault' }),
});

/** Random values that override those of a release and affect injection. */
export const randomValues: fc.Arbitrary<HelmValues> = some({
  revision: fc.constantFrom('', 'canary'),
  global: some({
    proxy,
    proxy_init: some({ image: fc.constantFrom('proxyv2', 'init'), forceApplyIptables: fc.boolean() }),
    meshID: name,
    network: name,
    multiCluster: fc.record({ clusterName: name }),
    caAddress: fc.constantFrom('', 'ca.example.org:443'),
    caName: fc.constantFrom('', 'GkeWorkloadCertificate'),
    pilotCertProvider: fc.constantFrom('istiod', 'none', 'k8s.io/signer'),
    trustBundleName: fc.constantFrom('', 'own-bundle'),
    mountMtlsCerts: fc.boolean(),
    imagePullPolicy: fc.constantFrom('', 'Always'),
    imagePullSecrets: fc.constantFrom([], ['a'], ['a', 'b']),
    logAsJson: fc.boolean(),
    nativeNftables: fc.boolean(),
    variant: fc.constantFrom('', 'debug', 'distroless'),
    sts: fc.record({ servicePort: fc.constantFrom(0, 15463) }),
    istioNamespace: fc.constantFrom('istio-system', 'other'),
  }),
  pilot: some({
    cni: fc.record({ enabled: fc.boolean(), provider: fc.constantFrom('default', 'multus') }),
    env: some({ ENABLE_CLUSTER_TRUST_BUNDLE_API: fc.boolean() }),
  }),
  gateways: some({ securityContext: fc.constantFrom({}, { fsGroup: 1 }) }),
  sidecarInjectorWebhook: some({ rewriteAppHTTPProbe: fc.boolean() }),
}) as fc.Arbitrary<HelmValues>;
