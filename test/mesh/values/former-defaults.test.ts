import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { HelmValue, HelmValues } from '../../../src/mesh/helm-values';
import { problemsOf } from '../problems-of';

function meshWith(name: string, value: HelmValue) {
  const values = name.split('.').reduceRight<HelmValue>((within, key) => ({ [key]: within }), value);
  return {
    meshID: 'mesh1',
    istio: { values: values as HelmValues },
    clusters: [{ name: 'a', network: 'n' }],
  };
}

describe('a value of an older version of Istio', () => {
  test.each<[string, HelmValue]>([
    ['global.useMCP', false],
    ['global.oneNamespace', false],
    ['global.mtls.enabled', false],
    ['global.mtls.auto', true],
    ['global.controlPlaneSecurityEnabled', true],
    ['global.k8sIngress', { enabled: false, enableHttps: false, gatewayName: 'ingressgateway' }],
    ['global.proxy.envoyStatsd', { enabled: false, host: null, port: null }],
    ['global.outboundTrafficPolicy', { mode: 'ALLOW_ANY' }],
    ['global.autoscalingv2API', true],
    ['pilot.configSource', { subscribedResources: [] }],
    ['pilot.enableProtocolSniffingForInbound', true],
    ['sidecarInjectorWebhook.objectSelector', { enabled: false, autoInject: true }],
    ['telemetry.v1', { enabled: false }],
    ['telemetry.v2.prometheus.configOverride', { gateway: {}, inboundSidecar: {}, outboundSidecar: {} }],
    ['telemetry.v2.stackdriver.logging', false],
    ['gateways.istio-ingressgateway.zvpn', {}],
    ['gateways.istio-ingressgateway.externalIPs', []],
    ['kiali', { enabled: false, hub: 'quay.io/kiali' }],
    ['cni.revision', ''],
    ['hub', ''],
  ])('is accepted where it says what is so today, and noted: %s', (name, value) => {
    const notes = defineMesh(meshWith(name, value)).notes.map(({ message }) => message);
    expect(notes).toContain(`istio.values.${name} changes nothing: Istio 1.29 to 1.31 do not read it.`);
  });

  test.each<[string, HelmValue]>([
    ['global.useMCP', true],
    ['global.oneNamespace', true],
    ['global.mtls.enabled', true],
    ['global.proxy.envoyStatsd', { enabled: true, host: 'statsd.example.com', port: 9125 }],
    ['global.outboundTrafficPolicy', { mode: 'REGISTRY_ONLY' }],
    ['pilot.enableProtocolSniffingForInbound', false],
    ['sidecarInjectorWebhook.objectSelector', { enabled: true, autoInject: false }],
    ['telemetry.v2.stackdriver.logging', true],
    ['telemetry.v2.prometheus.configOverride', { gateway: { metrics: [{ name: 'requests_total' }] } }],
    ['gateways.istio-ingressgateway.externalIPs', ['192.0.2.1']],
    ['kiali', { enabled: true }],
    ['mixer', { telemetry: { enabled: true } }],
    ['hub', 'registry.example.com/istio'],
  ])('is one problem with a hint where something would be lost: %s', (name, value) => {
    const problems = problemsOf(() => defineMesh(meshWith(name, value)));
    expect(problems.map(({ code, location }) => [code, location.path])).toEqual([
      ['MESH-UNKNOWN-KEY', `istio.values.${name}`],
    ]);
    expect(problems[0]?.hint).not.toBe('Remove it, or write a key that exists here.');
  });

  test.each(['cluster.local', ''])('names the trust domain of the mesh: "%s"', (trustDomain) => {
    expect(() => defineMesh(meshWith('global.trustDomain', trustDomain))).not.toThrow();
  });

  test('names another trust domain than that of the mesh', () => {
    expect(problemsOf(() => defineMesh(meshWith('global.trustDomain', 'example.org')))).toEqual([
      expect.objectContaining({ code: 'MESH-OWNED-VALUE' }),
    ]);
  });
});
