import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { ClusterDefinition, MeshDefinition } from '../../../src/mesh/definition';
import type { EastWestGatewayDefinition } from '../../../src/mesh/gateway';
import { problemsOf } from '../problems-of';

function meshWith(
  eastWestGateway: EastWestGatewayDefinition,
  ...own: readonly ClusterDefinition['eastWestGateway'][]
): MeshDefinition {
  const clusters = own.map((gateway, index) => ({
    name: `cluster${index + 1}`,
    network: `network${index + 1}`,
    ...(gateway === undefined ? {} : { eastWestGateway: gateway }),
  }));
  return { meshID: 'mesh1', eastWestGateway, clusters };
}

function gatewaysOf(...given: Parameters<typeof meshWith>) {
  return defineMesh(meshWith(...given)).clusters.map(({ eastWestGateway }) => eastWestGateway);
}

describe('the settings of a mesh for all east-west gateways', () => {
  test('are those of clusters without their own', () => {
    const [first, second] = gatewaysOf(
      { labels: { team: 'mesh' }, replicas: 2, autoscaling: 'disabled' },
      undefined,
      {},
    );
    expect(first).toMatchObject({ labels: { team: 'mesh' }, replicas: 2, autoscaling: 'disabled' });
    expect(second).toEqual(first);
  });

  test('are below those of a cluster: maps are merged, and lists replaced', () => {
    const [first] = gatewaysOf(
      {
        labels: { team: 'mesh', tier: 'edge' },
        service: { annotations: { a: '1', b: '1' }, externalIPs: ['192.0.2.1', '192.0.2.2'] },
        tolerations: [{ key: 'edge', operator: 'Exists' }],
        autoscaling: { minReplicas: 2, maxReplicas: 4 },
      },
      {
        labels: { tier: 'core' },
        service: { annotations: { b: '2' }, externalIPs: ['192.0.2.3'] },
        tolerations: [],
        autoscaling: { maxReplicas: 8 },
      },
    );
    expect(first).toMatchObject({
      labels: { team: 'mesh', tier: 'core' },
      service: { annotations: { a: '1', b: '2' }, externalIPs: ['192.0.2.3'] },
      tolerations: [],
      autoscaling: { minReplicas: 2, maxReplicas: 8 },
    });
  });

  test('can be replaced as a whole, by words', () => {
    const ofMesh = {
      autoscaling: { minReplicas: 2 },
      namespace: { name: 'edge', create: 'disabled' },
    } as const;
    const [first] = gatewaysOf(ofMesh, { autoscaling: 'disabled', namespace: 'other' });
    expect(first).toMatchObject({ autoscaling: 'disabled', namespace: { name: 'other', create: 'enabled' } });
    expect(gatewaysOf(ofMesh, 'disabled')).toEqual([undefined]);
  });

  test('have their problems once, where they are written', () => {
    const wrong = { autoscaling: { minReplicas: 6 } } as const;
    const pathsOf = (mesh: MeshDefinition) =>
      problemsOf(() => defineMesh(mesh)).map(({ location }) => location.path);
    expect(pathsOf(meshWith(wrong, undefined, undefined))).toEqual(['eastWestGateway.autoscaling']);
    expect(pathsOf(meshWith({}, undefined, wrong))).toEqual(['clusters[1].eastWestGateway.autoscaling']);
    // Neither of the two is wrong by itself.
    const both = meshWith({ autoscaling: { minReplicas: 3 } }, undefined, {
      autoscaling: { maxReplicas: 2 },
    });
    expect(pathsOf(both)).toEqual(['clusters[1].eastWestGateway.autoscaling']);
  });
});
