import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { IstioDefinition } from '../../../src/mesh/istio';
import type { IstioValues } from '../../../src/mesh/values/istio-values';
import { problemsOf } from '../problems-of';

function problems(istio: IstioDefinition, dataPlane: 'sidecar' | 'ambient' = 'ambient'): string[] {
  const clusters = [{ name: 'cluster1', network: 'network1' }];
  const found = problemsOf(() => defineMesh({ meshID: 'mesh1', dataPlane, istio, clusters }));
  return found.map(({ location, message }) => `${location.path}: ${message}`);
}

function ofValues(values: IstioValues): string[] {
  return problems({ values });
}

describe('values of ztunnel and of the CNI node agent', () => {
  test('start the new pod of a node before the old one ends, or after', () => {
    const updateStrategy = (rollingUpdate: object) => ({ updateStrategy: { rollingUpdate } }) as object;
    expect(ofValues({ ztunnel: updateStrategy({ maxUnavailable: 1 }) })).toEqual([
      'istio.values.ztunnel.updateStrategy.rollingUpdate.maxUnavailable: maxUnavailable and maxSurge are both greater than 0, which Kubernetes refuses in a DaemonSet.',
    ]);
    expect(ofValues({ ztunnel: updateStrategy({ maxSurge: '0%' }) })).toEqual([
      expect.stringContaining('are both 0'),
    ]);
    expect(ofValues({ cni: updateStrategy({ maxSurge: 1 }) })).toEqual([
      expect.stringContaining('istio.values.cni.updateStrategy.rollingUpdate.maxSurge'),
    ]);
    expect(ofValues({ ztunnel: updateStrategy({ maxUnavailable: 1, maxSurge: 0 }) })).toEqual([]);
    expect(ofValues({ ztunnel: { updateStrategy: { type: 'OnDelete' } } })).toEqual([]);
  });

  test('request no more than their limits, those of the chart included', () => {
    expect(ofValues({ ztunnel: { resources: { limits: { memory: '256Mi' } } } })).toEqual([
      expect.stringContaining('istio.values.ztunnel.resources.limits.memory'),
    ]);
    const ztunnel = { k8s: { resources: { limits: { cpu: '100m' } } } };
    expect(problems({ components: { ztunnel } })).toEqual([
      expect.stringContaining('istio.components.ztunnel.k8s.resources'),
    ]);
  });

  test('keep the labels by which the DaemonSets select their pods', () => {
    expect(
      ofValues({ ztunnel: { podLabels: { app: 'proxy' } }, cni: { podLabels: { 'k8s-app': 'a' } } }),
    ).toEqual([
      expect.stringContaining('istio.values.cni.podLabels.k8s-app: The label k8s-app'),
      expect.stringContaining('istio.values.ztunnel.podLabels.app: The label app'),
    ]);
  });

  test('mount volumes that the pods have', () => {
    const volumeMounts = [{ name: 'extra', mountPath: '/tmp' }];
    expect(ofValues({ ztunnel: { volumeMounts } })).toEqual([
      expect.stringContaining('has a volume with the mountPath /tmp'),
      expect.stringContaining('The pod has no volume extra.'),
    ]);
  });

  test('do not contradict the cluster', () => {
    const values = { network: 'other', multiCluster: { clusterName: '' }, istioNamespace: 'istio' };
    expect(ofValues({ ztunnel: values })).toEqual([
      expect.stringContaining('istio.values.ztunnel.network is derived from clusters[].network'),
      expect.stringContaining(
        'istio.values.ztunnel.multiCluster.clusterName is derived from clusters[].name',
      ),
      expect.stringContaining('istio.values.ztunnel.istioNamespace cannot be set'),
    ]);
    expect(ofValues({ ztunnel: { network: 'network1', multiCluster: { clusterName: 'cluster1' } } })).toEqual(
      [],
    );
  });

  test('let istiod find ztunnel', () => {
    const pilot = { trustedZtunnelNamespace: 'kube-system', trustedZtunnelName: 'proxy' };
    expect(ofValues({ pilot })).toEqual([
      expect.stringContaining('trustedZtunnelNamespace is derived from istio.components.ztunnel.namespace'),
      expect.stringContaining('trustedZtunnelName is derived from istio.values.ztunnel.resourceName'),
    ]);
    const components = { ztunnel: { namespace: 'kube-system' } };
    expect(problems({ components, values: { pilot, ztunnel: { resourceName: 'proxy' } } })).toEqual([]);
    expect(problems({ components: { ztunnel: { enabled: false } }, values: { pilot } })).toEqual([]);
    expect(problems({ values: { pilot } }, 'sidecar')).toEqual([]);
  });

  test('have the types that the chart can read', () => {
    expect(ofValues({ ztunnel: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: 'true' } } })).toEqual([
      expect.stringContaining('ENABLE_CLUSTER_TRUST_BUNDLE_API is "true"'),
    ]);
    expect(ofValues({ ztunnel: { logLevel: 'default:info' } })).toHaveLength(1);
    expect(ofValues({ ztunnel: { logLevel: 'info,ztunnel::proxy=trace,access=off' } })).toEqual([]);
  });

  test('are read by the version of Istio', () => {
    const values = { ztunnel: { dnsPolicy: 'Default' } } as const;
    expect(problems({ version: '1.29.6', values })).toEqual([
      'istio.values.ztunnel.dnsPolicy: istio.values.ztunnel.dnsPolicy has no effect in Istio 1.29.6.',
    ]);
    expect(problems({ version: '1.30.3', values })).toEqual([]);
  });

  test('of all charts are not those of ztunnel', () => {
    const found = problems({ values: { ztunnel: { global: { network: 'network1' } } } as never });
    expect(found).toEqual([expect.stringContaining('istio.values.ztunnel.global')]);
  });
});

describe('the component ztunnel', () => {
  test('is in clusters with ambient mode', () => {
    const components = { ztunnel: { namespace: 'nodes' } };
    expect(problems({ components })).toEqual([]);
    expect(problems({ components }, 'sidecar')).toEqual([
      'istio.components.ztunnel: istio.components.ztunnel is enabled, but the data plane is sidecar.',
    ]);
    expect(problems({ components: { ztunnel: { enabled: false } } }, 'sidecar')).toEqual([]);
  });

  test('has a namespace, and no settings of objects, in the format helm', () => {
    const found = problemsOf(() =>
      defineMesh({
        meshID: 'mesh1',
        dataPlane: 'ambient',
        gitops: 'argocd',
        repository: { url: 'https://git.example.com/mesh.git' },
        secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
        istio: {
          controlPlane: 'helm',
          components: { ztunnel: { namespace: 'nodes', k8s: { podAnnotations: { a: 'b' } } } },
        },
        clusters: [{ name: 'cluster1', network: 'network1' }],
      }),
    );
    expect(found).toMatchObject([{ location: { path: 'istio.components.ztunnel.k8s.podAnnotations' } }]);
  });
});
