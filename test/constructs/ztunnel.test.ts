import { App, Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { CniNodeAgent } from '../../src/constructs/cni-node-agent';
import { ControlPlane } from '../../src/constructs/control-plane';
import { Ztunnel } from '../../src/constructs/ztunnel';
import type { PlainObject } from '../../src/kubernetes/manifest';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../src/mesh/definition';
import type { GitOpsTool } from '../../src/mesh/gitops';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';

const [first, second] = ['cluster1', 'cluster2'].map((name) => ({ name, network: `${name}-network` }));

function meshOf(istio: AnyMeshDefinition['istio'], further: Partial<AnyMeshDefinition> = {}) {
  return defineMesh({
    meshID: 'mesh1',
    dataPlane: 'ambient',
    istio,
    secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
    clusters: [first, second] as AnyMeshDefinition['clusters'],
    ...further,
  } as Parameters<typeof defineMesh>[0]);
}

function filesOf(istio: AnyMeshDefinition['istio'], further: Partial<AnyMeshDefinition> = {}) {
  return new IstioMeshApp({ mesh: meshOf(istio, further) }).files();
}

function gitops(tool: GitOpsTool): Partial<AnyMeshDefinition> {
  return { gitops: tool, repository: { url: 'https://git.example.com/mesh.git' } };
}

function objectsIn(files: ReturnType<typeof filesOf>, path: string): PlainObject[] {
  const content = files.find((file) => file.path === path)?.content ?? '';
  return parseAllDocuments(content).map((document) => document.toJS());
}

function identities(objects: readonly PlainObject[]): string[] {
  return objects.map(({ kind, metadata: { name, namespace = '' } }) => `${kind} ${namespace}/${name}`);
}

/** The environment of the only container of a workload, by name. */
function environmentOf(objects: readonly PlainObject[], kind: string) {
  const { spec } = objects.find((object) => object.kind === kind) as unknown as {
    spec: { template: { spec: { containers: { env: { name: string; value?: string }[] }[] } } };
  };
  const [container] = spec.template.spec.containers;
  return Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
}

describe('the construct', () => {
  test('writes ztunnel of a cluster of a mesh', () => {
    const chart = Testing.chart();
    const global = { network: 'network1', multiCluster: { clusterName: 'cluster1' } };
    new Ztunnel(chart, 'ztunnel', { version: '1.31.0', values: { global } });
    const objects: PlainObject[] = Testing.synth(chart);
    expect(identities(objects)).toEqual([
      'ServiceAccount istio-system/ztunnel',
      'DaemonSet istio-system/ztunnel',
    ]);
    expect(environmentOf(objects, 'DaemonSet')).toMatchObject({
      NETWORK: 'network1',
      ISTIO_META_CLUSTER_ID: 'cluster1',
      ISTIO_META_ENABLE_HBONE: 'true',
      XDS_ADDRESS: 'istiod.istio-system.svc:15012',
    });
  });

  test('is in the namespace in which OpenShift permits it', () => {
    const chart = Testing.chart();
    new Ztunnel(chart, 'ztunnel', { values: { global: { platform: 'openshift' } } });
    expect(identities(Testing.synth(chart))).toContain('DaemonSet kube-system/ztunnel');
  });

  test('reports a wrong value', () => {
    const values = { ztunnel: { logLevel: 'loud' } };
    const create = () => new Ztunnel(new Chart(new App(), 'chart'), 'ztunnel', { values } as never);
    expect(create).toThrow('chart/ztunnel.values.ztunnel.logLevel');
  });

  test('has the other parts of ambient mode beside it', () => {
    const chart = Testing.chart();
    new ControlPlane(chart, 'istiod', { dataPlane: 'ambient' });
    new CniNodeAgent(chart, 'cni', { dataPlane: 'ambient' });
    const objects: PlainObject[] = Testing.synth(chart);
    expect(environmentOf(objects, 'Deployment')).toMatchObject({ PILOT_ENABLE_AMBIENT: 'true' });
    const [agent] = objects.filter(({ metadata }) => metadata.name === 'istio-cni-config');
    expect(agent).toMatchObject({ data: { AMBIENT_ENABLED: 'true' } });
    expect(() => new ControlPlane(chart, 'other', { dataPlane: 'mesh' as never })).toThrow('dataPlane');
  });
});

describe('a mesh', () => {
  test('has ztunnel in its clusters with ambient mode, each with its own name and network', () => {
    const clusters = [first, { ...second, dataPlane: 'sidecar' }] as AnyMeshDefinition['clusters'];
    const files = filesOf({}, { dataPlane: 'both', clusters });
    expect(files.map(({ path }) => path)).not.toContain('cluster2/35-ztunnel.k8s.yaml');
    expect(environmentOf(objectsIn(files, 'cluster1/35-ztunnel.k8s.yaml'), 'DaemonSet')).toMatchObject({
      NETWORK: 'cluster1-network',
      ISTIO_META_CLUSTER_ID: 'cluster1',
    });
    const both = filesOf({});
    expect(environmentOf(objectsIn(both, 'cluster2/35-ztunnel.k8s.yaml'), 'DaemonSet')).toMatchObject({
      NETWORK: 'cluster2-network',
      ISTIO_META_CLUSTER_ID: 'cluster2',
    });
  });

  test('has the ztunnel of the first control plane, beside a canary', () => {
    const files = filesOf({
      version: '1.30.3',
      revision: 'stable',
      canary: { version: '1.31.0', revision: 'next', values: { ztunnel: { logLevel: 'debug' } } },
    });
    const objects = objectsIn(files, 'cluster1/35-ztunnel.k8s.yaml');
    expect(objects.filter(({ kind }) => kind === 'DaemonSet')).toHaveLength(1);
    expect(JSON.stringify(objects)).toContain('/ztunnel:1.30.3');
    expect(environmentOf(objects, 'DaemonSet')).toMatchObject({
      XDS_ADDRESS: 'istiod-stable.istio-system.svc:15012',
      RUST_LOG: 'info',
    });
  });

  test('trusts ztunnel in the namespace and with the name that it has', () => {
    const components = { ztunnel: { namespace: 'node-proxies', k8s: { podAnnotations: { a: 'b' } } } };
    const files = filesOf({ components, values: { ztunnel: { resourceName: 'node-proxy' } } });
    expect(identities(objectsIn(files, 'cluster1/10-namespace.k8s.yaml'))).toContain(
      'Namespace /node-proxies',
    );
    expect(identities(objectsIn(files, 'cluster1/35-ztunnel.k8s.yaml'))).toContain(
      'DaemonSet node-proxies/node-proxy',
    );
    expect(environmentOf(objectsIn(files, 'cluster1/30-control-plane.k8s.yaml'), 'Deployment')).toMatchObject(
      { CA_TRUSTED_NODE_ACCOUNTS: 'node-proxies/node-proxy' },
    );
  });

  test('has CNI and ztunnel where Istio expects them on OpenShift', () => {
    const files = filesOf({ values: { global: { platform: 'openshift' } } });
    expect(identities(objectsIn(files, 'cluster1/35-ztunnel.k8s.yaml'))).toEqual([
      'ClusterRole /ztunnel',
      'ClusterRoleBinding /ztunnel',
      'ServiceAccount kube-system/ztunnel',
      'DaemonSet kube-system/ztunnel',
    ]);
    expect(identities(objectsIn(files, 'cluster1/20-cni.k8s.yaml'))).toContain(
      'DaemonSet kube-system/istio-cni-node',
    );
    expect(environmentOf(objectsIn(files, 'cluster1/30-control-plane.k8s.yaml'), 'Deployment')).toMatchObject(
      { CA_TRUSTED_NODE_ACCOUNTS: 'kube-system/ztunnel' },
    );
  });

  test('finds the root certificate where istiod writes it', () => {
    const files = filesOf({ values: { pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: 'true' } } } });
    const text = JSON.stringify(objectsIn(files, 'cluster1/35-ztunnel.k8s.yaml'));
    expect(text).toContain('"clusterTrustBundle":{"name":"istio.io:istiod-ca:root-cert"');
  });

  test('can have a ztunnel of another tool', () => {
    const files = filesOf({ components: { ztunnel: { enabled: false } } });
    expect(files.map(({ path }) => path)).not.toContain('cluster1/35-ztunnel.k8s.yaml');
  });

  test('lets ztunnel and CNI have their rights where it is hardened', () => {
    const levels = (further: Partial<AnyMeshDefinition>) =>
      objectsIn(filesOf({}, { security: 'hardened', ...further }), 'cluster1/10-namespace.k8s.yaml').map(
        ({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce'],
      );
    expect(levels({})).toEqual(['privileged']);
    const elsewhere = { cni: { namespace: 'nodes' }, components: { ztunnel: { namespace: 'nodes' } } };
    expect(levels({ istio: elsewhere })).toEqual(['restricted', 'privileged']);
  });

  test('notes values of a ztunnel that it does not have', () => {
    const values = { ztunnel: { logLevel: 'debug' } };
    expect(meshOf({ values }).notes).toEqual([]);
    expect(meshOf({ values }, { dataPlane: 'sidecar' }).notes).toMatchObject([
      {
        message:
          'istio.values.ztunnel changes nothing: the cluster has no ztunnel, which dataPlane: ambient enables.',
      },
    ]);
  });
});

describe('with Argo CD', () => {
  test('ztunnel follows istiod', () => {
    const objects = objectsIn(filesOf({}, gitops('argocd')), 'cluster1/35-ztunnel.k8s.yaml');
    const waves = objects.map(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-wave']);
    expect(new Set(waves)).toEqual(new Set(['5']));
  });

  test('the format helm adds the chart ztunnel, with the values that it reads', () => {
    const values = { ztunnel: { logLevel: 'debug' }, pilot: { autoscaleMin: 2 } };
    const components = { ztunnel: { namespace: 'kube-system' } };
    const files = filesOf({ controlPlane: 'helm', values, components }, gitops('argocd'));
    const application = files.find(({ path }) => path === 'argocd/cluster-cluster1.k8s.yaml')?.content ?? '';
    const sources: { chart?: string; helm: object }[] = parse(application).spec.sources;
    expect(sources.flatMap(({ chart }) => chart ?? [])).toEqual(['base', 'cni', 'istiod', 'ztunnel']);
    expect(sources.find(({ chart }) => chart === 'ztunnel')?.helm).toEqual({
      releaseName: 'ztunnel',
      namespace: 'kube-system',
      valuesObject: {
        global: {
          hub: 'registry.istio.io/release',
          tag: '1.31.0',
          meshID: 'mesh1',
          multiCluster: { clusterName: 'cluster1' },
          network: 'cluster1-network',
        },
        logLevel: 'debug',
        profile: 'ambient',
      },
    });
  });
});

describe('with Flux', () => {
  test('gateways wait for ztunnel', () => {
    const [istiod] = objectsIn(filesOf({}, gitops('flux')), 'flux/cluster1/istiod.k8s.yaml');
    expect(istiod?.spec).toMatchObject({
      healthChecks: expect.arrayContaining([
        expect.objectContaining({ kind: 'DaemonSet', name: 'ztunnel', namespace: 'istio-system' }),
      ]),
    });
  });

  test('the format helm adds a release of the chart ztunnel, which follows that of istiod', () => {
    const files = filesOf({ controlPlane: 'helm', revision: 'stable' }, gitops('flux'));
    const [release] = objectsIn(files, 'cluster1/35-ztunnel.k8s.yaml');
    expect(release?.spec).toMatchObject({
      releaseName: 'ztunnel',
      targetNamespace: 'istio-system',
      dependsOn: [{ name: 'istiod-stable' }],
      values: { revision: 'stable', profile: 'ambient' },
    });
  });
});
