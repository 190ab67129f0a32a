import type { CallsObservation, ClusterObservation } from '../../src/live/observation';
import type { MeshObservation } from '../../src/live/verification-report';
import { defineMesh } from '../../src/mesh/define-mesh';
import { helloWorldVersion } from '../../src/mesh/istio-names';
import type { Cluster, Mesh } from '../../src/mesh/mesh';

/** Three clusters, two of them in one network, of which the second has no gateway of its own. */
export const mesh = defineMesh({
  meshID: 'mesh1',
  clusters: [
    { name: 'cluster1', network: 'network1' },
    { name: 'cluster2', network: 'network2' },
    { name: 'cluster3', network: 'network2', eastWestGateway: 'disabled', peers: ['cluster1'] },
  ],
  verification: { helloWorld: 'enabled' },
});

/** What is seen of a cluster in which all is well. */
export function goodCluster({ name, network, eastWestGateway, peers }: Cluster): ClusterObservation {
  const own = { id: name, secretName: '', syncStatus: 'synced' };
  const remote = peers.map((id) => ({
    id,
    secretName: `istio-system/istio-remote-secret-${id}`,
    syncStatus: 'synced',
  }));
  const gateway = {
    pods: { desired: 1, ready: 1 },
    type: 'LoadBalancer',
    addresses: [`address-of-${name}`],
    passthrough: true,
  };
  return {
    cluster: name,
    problems: [],
    controlPlane: {
      network,
      istiod: { desired: 1, ready: 1 },
      replicas: [{ pod: `istiod-of-${name}`, remoteClusters: [own, ...remote] }],
      ...(eastWestGateway === undefined ? {} : { gateway }),
      readerBound: true,
      rootCertificates: ['AA:AA'],
    },
    helloWorld: {
      servers: [{ name: 'helloworld', ready: true, sidecar: true }],
      clients: [{ name: 'curl', ready: true, sidecar: true }],
    },
  };
}

/** Calls from a cluster that everyone answers who should. */
function goodCalls(within: Mesh, { name, peers }: Cluster): CallsObservation {
  const answers = [name, ...peers].map((answerer) => [helloWorldVersion(within, answerer), 1]);
  return { from: name, answers: Object.fromEntries(answers), failed: 0 };
}

/** What is seen of a mesh in which all is well. */
export function goodMesh(whole: Mesh): MeshObservation {
  return {
    clusters: whole.clusters.map(goodCluster),
    calls: whole.clusters.map((cluster) => goodCalls(whole, cluster)),
    peers: [],
  };
}

/** A cluster of {@link mesh}. */
export function clusterOf(name: string): Cluster {
  const cluster = mesh.clusters.find((candidate) => candidate.name === name);
  if (cluster === undefined) throw new Error(`There is no ${name}.`);
  return cluster;
}
