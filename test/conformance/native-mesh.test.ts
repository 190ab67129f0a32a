import { ApiObject, App } from 'cdk8s';
import { expect, test } from 'vitest';
import { allowedDifference } from '../../scripts/compare/allowed-differences.mjs';
import { render } from '../../scripts/compare/comparison.mjs';
import { differences } from '../../scripts/compare/differences.mjs';
import { manifestGenerate } from '../../scripts/compare/istioctl.mjs';
import { canonical, parseObjectsWithoutCrds } from '../../scripts/compare/objects.mjs';
import { IstioMeshCluster } from '../../src/constructs/istio-mesh-cluster';
import { clusterValues } from '../../src/control-plane/input';
import { eastWestGatewayOperator } from '../../src/control-plane/istio-operator';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { mergeValues } from '../../src/mesh/helm-values';
import type { Cluster, ControlPlaneSettings, Mesh } from '../../src/mesh/mesh';
import { parseMesh } from '../../src/mesh/mesh-file';
import { istioctls, versionOf } from './istioctl';

const versions = new Map(istioctls.map((istioctl) => [versionOf(istioctl), istioctl]));

/** The kinds of a cluster that istioctl does not render. */
const besides = ['Namespace', 'Gateway', 'CustomResourceDefinition'];

function written(mesh: Mesh, name: string): readonly KubernetesObject[] {
  const cluster = new IstioMeshCluster(new App(), name, { mesh });
  return cluster.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => object.toJson() as KubernetesObject)
    .filter(({ kind }) => !besides.includes(kind));
}

async function rendered(mesh: Mesh, cluster: Cluster): Promise<readonly KubernetesObject[]> {
  const { canary, ...first } = cluster.istio;
  const { eastWestGateway } = cluster;
  const controlPlane = (settings: ControlPlaneSettings, isFirst: boolean) =>
    render(versions.get(settings.version), {
      ...settings,
      // Only the first control plane has an ingress gateway.
      profile: isFirst ? settings.profile : 'minimal',
      values: mergeValues(
        clusterValues(mesh, cluster, settings.values),
        isFirst ? { revisionTags: ['default'], defaultRevision: settings.revision } : {},
      ),
    });
  const gateway = eastWestGateway && eastWestGatewayOperator(mesh, cluster, eastWestGateway);
  return [
    ...(canary === undefined ? [] : await controlPlane(canary, false)),
    ...(await controlPlane(first, true)),
    ...(gateway === undefined
      ? []
      : parseObjectsWithoutCrds(await manifestGenerate(versions.get(first.version), gateway))),
  ];
}

const meshYaml = `
meshID: mesh1
trustDomain: example.org
istio:
  controlPlane: native
  version: 1.30.3
  values:
    global: { imagePullPolicy: Always, networkPolicy: { enabled: true } }
    pilot: { autoscaleMin: 2, env: { PILOT_ENABLE_STATUS: true } }
clusters:
  - { name: plain, network: network1 }
  - name: older
    network: network2
    istio: { version: 1.29.6, profile: minimal, values: { pilot: { env: { PILOT_ENABLE_STATUS: false } } } }
    eastWestGateway: { autoscaling: disabled, replicas: 2 }
  - name: upgraded
    network: network3
    istio: { canary: { version: 1.31.0, revision: next, values: { pilot: { traceSampling: 5 } } } }
  - name: revisioned
    network: network3
    istio: { version: 1.31.0, revision: prod }
    eastWestGateway: disabled
`;

test.skipIf(versions.size < 3).each(['plain', 'older', 'upgraded', 'revisioned'])(
  'a cluster equals the output of istioctl for its control planes and its gateway: %s',
  async (name) => {
    const mesh = parseMesh(meshYaml, 'mesh.yaml');
    const cluster = mesh.clusters.find((each) => each.name === name) as Cluster;
    const found = differences(canonical(written(mesh, name)), canonical(await rendered(mesh, cluster)));
    expect(found.filter((difference) => !allowedDifference(difference, 'constructs'))).toEqual([]);
  },
);
