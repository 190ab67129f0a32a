import { describe, expect, it } from 'vitest';
import { observeGlobalObjects, waypointProblems } from '../../../src/live/ambient/global-objects';
import type { LiveCluster, ObjectReference } from '../../../src/live/live-cluster';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { Cluster } from '../../../src/mesh/mesh';

const mesh = defineMesh({
  meshID: 'mesh1',
  dataPlane: 'ambient',
  services: [{ name: 'checkout', namespace: 'shop', scope: 'global' }],
  clusters: [{ name: 'cluster1', network: 'network1' }],
});
const cluster = mesh.clusters[0] as Cluster;

/** A cluster with one Service. */
function clusterWith(service: object | undefined): LiveCluster {
  return { read: async ({ kind }: ObjectReference) => (kind === 'Service' ? service : undefined) } as never;
}

describe('observeGlobalObjects', () => {
  it('finds nothing in a Service that is global', async () => {
    const service = { metadata: { labels: { 'istio.io/global': 'true' } } };
    expect(await observeGlobalObjects(clusterWith(service), mesh, cluster)).toEqual({
      problems: [],
      warnings: [],
    });
  });

  it('warns of a Service that the cluster lacks', async () => {
    const { problems, warnings } = await observeGlobalObjects(clusterWith(undefined), mesh, cluster);
    expect(problems).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'LIVE-SERVICE', hint: expect.stringContaining('stub') }]);
  });

  it('finds a Service that is local', async () => {
    const { problems } = await observeGlobalObjects(clusterWith({ metadata: {} }), mesh, cluster);
    expect(problems).toMatchObject([{ code: 'LIVE-SERVICE', message: expect.stringContaining('is local') }]);
  });

  it('asks nothing of a cluster with sidecars', async () => {
    const sidecar = { ...cluster, dataPlane: 'sidecar' as const };
    const { warnings } = await observeGlobalObjects(clusterWith(undefined), mesh, sidecar);
    expect(warnings).toEqual([]);
  });
});

describe('waypointProblems', () => {
  const waypoint = { name: 'waypoint', namespace: 'shop' };
  const programmed = (status: string) => ({ status: { conditions: [{ type: 'Programmed', status }] } });

  it('finds a waypoint that is missing, or not programmed', () => {
    expect(waypointProblems(cluster, waypoint, programmed('True'))).toEqual([]);
    expect(waypointProblems(cluster, waypoint, undefined)).toMatchObject([{ mayPass: false }]);
    expect(waypointProblems(cluster, waypoint, programmed('False'))).toMatchObject([{ mayPass: true }]);
  });
});
