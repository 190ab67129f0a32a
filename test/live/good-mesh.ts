import type { CallsObservation, ClusterObservation, MeshObservation } from '../../src/live/observation';
import { defineMesh } from '../../src/mesh/define-mesh';
import { helloWorldVersion } from '../../src/mesh/istio-names';
import type { Cluster, Mesh } from '../../src/mesh/mesh';

/** Three clusters. The last two share a network, and the third has no gateway. */
export const mesh = defineMesh({
  meshID: 'mesh1',
  clusters: [
    { name: 'cluster1', network: 'network1' },
    { name: 'cluster2', network: 'network2' },
    { name: 'cluster3', network: 'network2', eastWestGateway: 'disabled', peers: ['cluster1'] },
  ],
  verification: { helloWorld: 'enabled' },
});

/** The observation of a working cluster. */
export function goodCluster({
  name,
  network,
  eastWestGateway,
  peers,
  helloWorld,
}: Cluster): ClusterObservation {
  const local = { id: name, secretName: '', syncStatus: 'synced' };
  const remote = peers.map((id) => ({
    id,
    secretName: `istio-system/istio-remote-secret-${id}`,
    syncStatus: 'synced',
  }));
  const gateway = {
    pods: { desired: 1, ready: 1 },
    type: 'LoadBalancer',
    addresses: [`address-of-${name}`],
    problems: [],
  };
  const ambient = helloWorld.dataPlane === 'ambient';
  const pod = { ready: true, sidecar: !ambient, ambient };
  return {
    cluster: name,
    problems: [],
    controlPlane: {
      network,
      istiod: { desired: 1, ready: 1 },
      replicas: [{ pod: `istiod-of-${name}`, remoteClusters: [local, ...remote] }],
      ...(eastWestGateway === undefined ? {} : { gateway }),
      readerBound: true,
      rootCertificates: ['AA:AA'],
      rootCertificate: '',
    },
    remoteSecrets: peers.map((peer) => ({
      peer,
      secret: `istio-remote-secret-${peer}`,
      problems: [],
      differs: [],
    })),
    helloWorld: {
      servers: [{ name: 'helloworld', ...pod }],
      clients: [{ name: 'curl', ...pod }],
    },
  };
}

/** Calls from a cluster, with all expected answers. */
function goodCalls(whole: Mesh, { name, peers }: Cluster): CallsObservation {
  const answers = [name, ...peers].map((answerer) => [helloWorldVersion(whole, answerer), 1]);
  return { from: name, answers: Object.fromEntries(answers), failed: 0 };
}

/** The observation of a working mesh. */
export function goodMesh(whole: Mesh): MeshObservation {
  return {
    clusters: whole.clusters.map(goodCluster),
    calls: whole.clusters.map((cluster) => goodCalls(whole, cluster)),
    peers: [],
    policies: {},
  };
}

/** A cluster of {@link mesh}. */
export function clusterOf(name: string): Cluster {
  const cluster = mesh.clusters.find((candidate) => candidate.name === name);
  if (cluster === undefined) throw new Error(`There is no ${name}.`);
  return cluster;
}
