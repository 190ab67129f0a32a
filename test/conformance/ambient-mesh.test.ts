import { ApiObject, App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { allowedDifference } from '../../scripts/compare/allowed-differences.mjs';
import { differences } from '../../scripts/compare/differences.mjs';
import { manifestGenerate } from '../../scripts/compare/istioctl.mjs';
import { canonical, parseObjectsWithoutCrds } from '../../scripts/compare/objects.mjs';
import { IstioMeshCluster } from '../../src/constructs/istio-mesh-cluster';
import { controlPlaneOperator } from '../../src/control-plane/istio-operator';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../src/mesh/definition';
import { mergeValues } from '../../src/mesh/helm-values';
import type { ControlPlaneFormat } from '../../src/mesh/istio';
import type { Cluster, Mesh } from '../../src/mesh/mesh';
import { istioctls, versionOf } from './istioctl';

/** What istioctl does not render: istiod deploys the gateways of ambient mode. */
const besides = /^(Namespace |Gateway |CustomResourceDefinition |\w+ istio-system\/istio-eastwestgateway)/;

function meshOf(controlPlane: ControlPlaneFormat, definition: Partial<AnyMeshDefinition>): [Mesh, Cluster] {
  const mesh = defineMesh({
    meshID: 'mesh1',
    trustDomain: 'example.org',
    dataPlane: 'ambient',
    clusters: [{ name: 'cluster1', network: 'network1' }],
    ...definition,
    istio: { controlPlane, ...definition.istio },
  } as Parameters<typeof defineMesh>[0]);
  return [mesh, mesh.clusters[0] ?? expect.fail('no cluster')];
}

function written(definition: Partial<AnyMeshDefinition>): readonly KubernetesObject[] {
  const [mesh, { name }] = meshOf('native', definition);
  return new IstioMeshCluster(new App(), name, { mesh }).node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => object.toJson() as KubernetesObject)
    .filter(
      ({ kind, metadata: { name: object, namespace = '' } }) =>
        !besides.test(`${kind} ${namespace}/${object}`),
    );
}

/** What istioctl renders for the IstioOperator of the format operator, with the default revision of istioctl install. */
async function rendered(istioctl: string, definition: Partial<AnyMeshDefinition>) {
  const [mesh, cluster] = meshOf('operator', definition);
  const operator = controlPlaneOperator(mesh, cluster);
  const { spec } = operator;
  const ofInstall = { revisionTags: ['default'], defaultRevision: cluster.istio.revision };
  return parseObjectsWithoutCrds(
    await manifestGenerate(istioctl, {
      ...operator,
      spec: { ...spec, values: mergeValues(spec.values, ofInstall) },
    }),
  );
}

const definitions: readonly (readonly [string, Partial<AnyMeshDefinition>])[] = [
  ['the defaults', {}],
  ['an ingress gateway', { istio: { profile: 'default' } }],
  [
    'both data planes',
    {
      dataPlane: 'both',
      clusters: [{ name: 'cluster1', network: 'network1', eastWestGateway: 'disabled' }],
    },
  ],
  ['OpenShift', { istio: { values: { global: { platform: 'openshift' } } } }],
  ['GKE, a revision', { istio: { revision: 'stable', values: { global: { platform: 'gke' } } } }],
  [
    'components in namespaces of their own, and values of each chart',
    {
      istio: {
        cni: { namespace: 'kube-system' },
        components: {
          ztunnel: {
            namespace: 'node-proxies',
            k8s: { podAnnotations: { a: 'b' }, nodeSelector: { c: 'd' } },
          },
        },
        values: {
          cni: { ambient: { dnsCapture: false }, logging: { level: 'cni:debug' } },
          global: { imagePullSecrets: ['registry'], logAsJson: true, networkPolicy: { enabled: true } },
          pilot: { autoscaleMin: 2, env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } },
          ztunnel: { resourceName: 'node-proxy', resourceQuotas: { enabled: true }, variant: 'debug' },
        },
      },
    },
  ],
  ['no ztunnel and no CNI', { istio: { cni: 'disabled', components: { ztunnel: { enabled: false } } } }],
  ['hardened', { security: 'hardened' }],
  ['rotation', { certificates: { rootRotation: 'enabled' } }],
];

describe.each(istioctls)('a cluster in ambient mode, compared with %s', (istioctl) => {
  const version = versionOf(istioctl);

  test.each(definitions)('is the same in the formats native and operator: %s', async (_, given) => {
    const definition = { ...given, istio: { version, ...given.istio } } as Partial<AnyMeshDefinition>;
    const ours = canonical(written(definition).filter(({ kind }) => kind !== 'PeerAuthentication'));
    const theirs = canonical(await rendered(istioctl, definition));
    expect(Object.keys(theirs).join()).toContain('Deployment istio-system/istiod');
    const found = differences(ours, theirs);
    expect(found.filter((difference) => !allowedDifference(difference, 'constructs'))).toEqual([]);
  });
});

test.skipIf(istioctls.length > 0)('no istioctl is on the PATH, so nothing was compared', (context) => {
  context.skip();
});
