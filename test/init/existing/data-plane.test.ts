import { describe, expect, test } from 'vitest';
import { valueAt } from '../../../src/problems/problem';
import { identity, meshOf, operator } from './mesh-of-files';

const charts = {
  'istiod.yaml': 'profile: ambient\nglobal: { network: n1, multiCluster: { clusterName: a } }',
  'cni.yaml': 'profile: ambient\nplatform: k3s\nambient: { dnsCapture: false }',
  'ztunnel.yaml': 'network: n1\nmultiCluster: { clusterName: a }\nlogLevel: debug',
};

describe('a cluster in ambient mode', () => {
  test('is that of an IstioOperator with the profile ambient', () => {
    const { mesh } = meshOf({
      'a.yaml': operator(`${identity('a', 'n1')}
profile: ambient
components:
  cni: { namespace: kube-system, k8s: { tolerations: [{ operator: Exists }] } }
  ztunnel: { k8s: { resources: { requests: { cpu: 200m } } } }
  ingressGateways: [{ name: istio-ingressgateway, enabled: true }]`),
    });
    expect(mesh).toMatchObject({
      dataPlane: 'ambient',
      istio: {
        profile: 'minimal',
        gatewayAPI: 'skip',
        cni: { namespace: 'kube-system' },
        components: {
          cni: { k8s: { tolerations: [{ operator: 'Exists' }] } },
          ztunnel: { k8s: { resources: { requests: { cpu: '200m' } } } },
          ingressGateways: [{ name: 'istio-ingressgateway', enabled: true }],
        },
      },
    });
  });

  test('is that of an IstioOperator with ztunnel, whose profile has an ingress gateway', () => {
    const { mesh } = meshOf({
      'a.yaml': operator(`${identity('a', 'n1')}
components: { cni: { enabled: true }, ztunnel: { enabled: true, namespace: node-proxies } }`),
    });
    expect(mesh).toMatchObject({
      dataPlane: 'ambient',
      istio: { profile: 'default', components: { ztunnel: { namespace: 'node-proxies' } } },
    });
  });

  test('can be without ztunnel, which something else installs', () => {
    const { mesh } = meshOf({
      'a.yaml': operator(
        `${identity('a', 'n1')}\nprofile: openshift-ambient\ncomponents: { ztunnel: { enabled: false } }`,
      ),
    });
    expect(mesh).toMatchObject({
      dataPlane: 'ambient',
      istio: { values: { global: { platform: 'openshift' } }, components: { ztunnel: { enabled: false } } },
    });
  });

  test('has the values of the charts istiod, cni and ztunnel', () => {
    const { mesh, notes } = meshOf(charts);
    expect(mesh).toMatchObject({
      dataPlane: 'ambient',
      istio: {
        profile: 'minimal',
        cni: 'enabled',
        values: { platform: 'k3s', cni: { ambient: { dnsCapture: false } }, ztunnel: { logLevel: 'debug' } },
      },
    });
    expect(notes.join()).not.toContain('its defaults are written');
  });

  test('has the defaults of charts whose values no file has, and says so', () => {
    const { 'istiod.yaml': istiod } = charts;
    const { notes } = meshOf({ 'istiod.yaml': istiod });
    expect(notes.filter((note) => note.includes('its defaults are written'))).toEqual([
      expect.stringMatching(/^istio.cni: /),
      expect.stringMatching(/^istio.values.ztunnel: /),
    ]);
  });

  test('has the resource of the Sail operator for ztunnel', () => {
    const { mesh } = meshOf({
      'istiod.yaml': `apiVersion: sailoperator.io/v1
kind: Istio
metadata: { name: default }
spec:
  profile: ambient
  namespace: istio-system
  values:
    pilot: { trustedZtunnelNamespace: ztunnel }
    global: { network: n1, multiCluster: { clusterName: a } }
---
apiVersion: sailoperator.io/v1
kind: ZTunnel
metadata: { name: default }
spec: { namespace: ztunnel, values: { ztunnel: { logLevel: debug } } }`,
    });
    expect(valueAt(mesh, ['istio', 'components', 'ztunnel'])).toEqual({ namespace: 'ztunnel' });
    expect(valueAt(mesh, ['istio', 'values', 'ztunnel'])).toEqual({ logLevel: 'debug' });
  });

  test('has ztunnel in the namespace that istiod trusts', () => {
    const { mesh } = meshOf({
      'istiod.yaml': `${charts['istiod.yaml']}\npilot: { trustedZtunnelNamespace: node-proxies }`,
    });
    expect(valueAt(mesh, ['istio', 'components', 'ztunnel'])).toEqual({ namespace: 'node-proxies' });
  });

  test('can have the profile among its values, as a dumped profile has it', () => {
    const { mesh } = meshOf({
      'a.yaml': operator(
        `components: { cni: { enabled: true }, ztunnel: { enabled: true } }
values: { profile: ambient, global: { network: n1, multiCluster: { clusterName: a } } }`,
      ),
    });
    expect(mesh).toMatchObject({ dataPlane: 'ambient', istio: { profile: 'minimal' } });
  });

  test('has sidecars, too, where an east-west gateway is for them', () => {
    const { mesh } = meshOf({ ...charts, 'a=eastwest.yaml': 'networkGateway: n1' });
    expect(mesh).toMatchObject({ dataPlane: 'both' });
  });

  test('has sidecars, too, beside clusters that have no others', () => {
    const { mesh, clusters } = meshOf({
      'a.yaml': operator(`${identity('a', 'n1')}\nprofile: ambient`),
      'b.yaml': operator(identity('b', 'n2')),
    });
    expect(mesh.dataPlane).toBeUndefined();
    expect(clusters.map(({ settings }) => settings.dataPlane)).toEqual(['both', undefined]);
  });
});

test('images of another version keep their variant', () => {
  const { mesh, notes } = meshOf({
    'a.yaml': operator(`${identity('a', 'n1')}\ntag: 1.24.1-distroless`),
  });
  expect(valueAt(mesh, ['istio', 'tag'])).toBe('1.31.0-distroless');
  expect(notes.join()).toContain(
    'The tag 1.24.1-distroless is of another version, and is 1.31.0-distroless here.',
  );
});
