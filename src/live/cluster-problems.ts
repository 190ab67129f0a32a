import { helloWorld, istioSystem, readerServiceAccount, remoteSecretName } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import type { ErrorCode } from '../problems/error-codes';
import type { Problem } from '../problems/problem';
import type {
  ClusterObservation,
  ControlPlaneObservation,
  GatewayObservation,
  HelloWorldObservation,
  PeerObservation,
  PodObservation,
  Readiness,
  RemoteSecretProblem,
} from './observation';
import { isSynced, syncStatuses, unknownPeerStatus } from './observe-pods';

/**
 * The problems of one cluster.
 *
 * @param peers further checks of the peers that it does not read
 */
export function clusterProblems(
  cluster: Cluster,
  { problems, controlPlane, helloWorld }: ClusterObservation,
  peers: readonly PeerObservation[] = [],
): Problem[] {
  return [
    ...problems,
    ...(controlPlane === undefined ? [] : controlPlaneProblems(cluster, controlPlane, peers)),
    ...(helloWorld === undefined ? [] : helloWorldProblems(cluster, helloWorld)),
  ];
}

/** A warning for each cluster that istiod reads and that is not a peer, such as one that has left the mesh. */
export function clusterWarnings(cluster: Cluster, { controlPlane }: ClusterObservation): Problem[] {
  const read = (controlPlane?.replicas ?? []).flatMap(({ remoteClusters = [] }) => remoteClusters);
  const unexpected = read.filter(({ id, secretName }) => secretName !== '' && !cluster.peers.includes(id));
  return [...new Map(unexpected.map((each) => [each.id, each])).values()].map(({ id, secretName }) =>
    problem(
      cluster,
      'LIVE-STRAY',
      `istiod of ${cluster.name} reads ${id}, which is not a peer of it.`,
      `Delete Secret ${secretName} in ${cluster.name}, or add ${id} to its peers in mesh.yaml.`,
    ),
  );
}

function controlPlaneProblems(
  cluster: Cluster,
  observation: ControlPlaneObservation,
  peers: readonly PeerObservation[],
): Problem[] {
  return [
    ...networkProblems(cluster, observation),
    ...istiodProblems(cluster, observation),
    ...(cluster.eastWestGateway === undefined ? [] : gatewayProblems(cluster, observation.gateway)),
    ...readerProblems(cluster, observation),
    ...syncProblems(cluster, observation, peers),
  ];
}

function networkProblems(cluster: Cluster, { network }: ControlPlaneObservation): Problem[] {
  if (network === cluster.network) return [];
  const label = network === undefined ? 'no network label' : `the network label ${network}`;
  const message = `Namespace ${istioSystem} of ${cluster.name} has ${label}, but mesh.yaml has ${cluster.network}.`;
  const hint = `Apply 10-namespace.k8s.yaml of ${cluster.name}, or fix its network: in mesh.yaml.`;
  return [problem(cluster, 'LIVE-NETWORK', message, hint)];
}

function istiodProblems(cluster: Cluster, { istiod, replicas }: ControlPlaneObservation): Problem[] {
  const { name } = cluster;
  if (istiod === undefined) {
    const message = `${name} has no istiod of this revision.`;
    return [problem(cluster, 'LIVE-ISTIOD', message, `Apply the control plane of ${name}.`)];
  }
  if (istiod.ready < istiod.desired || istiod.ready === 0) {
    const message = withObstacle(
      `istiod of ${name} has ${istiod.ready} of ${istiod.desired} pods ready.`,
      istiod,
    );
    const hint = `Run kubectl -n ${istioSystem} describe pods -l app=istiod and read the logs of the pods. Frequent causes are the image and the Secret cacerts.`;
    return [problem(cluster, 'LIVE-ISTIOD', message, hint)];
  }
  const local = replicas
    .flatMap(({ remoteClusters = [] }) => remoteClusters)
    .find(({ secretName }) => secretName === '');
  if (local === undefined || local.id === name) return [];
  const message = `istiod of ${name} has the cluster ID ${local.id}, so other clusters cannot identify it.`;
  const hint = `Apply the control plane of ${name}, or check that its kubeconfig is for ${name}.`;
  return [problem(cluster, 'LIVE-CLUSTER-ID', message, hint)];
}

function gatewayProblems(cluster: Cluster, gateway: GatewayObservation | undefined): Problem[] {
  const { name } = cluster;
  const gatewayProblem = (message: string, hint: string) => problem(cluster, 'LIVE-GATEWAY', message, hint);
  if (gateway === undefined) {
    const message = `${name} has no east-west gateway, so other networks cannot reach it.`;
    return [gatewayProblem(message, `Apply 40-eastwest-gateway.k8s.yaml of ${name}.`)];
  }
  const { pods, type, addresses, passthrough } = gateway;
  const problems: Problem[] = [];
  if (pods.ready === 0) {
    const hint = `Run kubectl -n ${istioSystem} describe pods -l istio=eastwestgateway to see why.`;
    const message = withObstacle(`The east-west gateway of ${name} has no ready pod.`, pods);
    problems.push(gatewayProblem(message, hint));
  }
  if (type === 'LoadBalancer' && addresses.length === 0) {
    const hint = `Run kubectl -n ${istioSystem} describe service istio-eastwestgateway and read the events of the cloud provider.`;
    problems.push(
      gatewayProblem(`The load balancer of the east-west gateway of ${name} has no address.`, hint),
    );
  }
  if (!passthrough) {
    const message = `The east-west gateway of ${name} rejects traffic from other networks: no Gateway has a server with TLS mode AUTO_PASSTHROUGH.`;
    problems.push(gatewayProblem(message, `Apply 50-cross-network-gateway.k8s.yaml of ${name}.`));
  }
  return problems;
}

function readerProblems(cluster: Cluster, { readerBound }: ControlPlaneObservation): Problem[] {
  if (readerBound) return [];
  const message = `${readerServiceAccount} of ${cluster.name} has no ClusterRoleBinding, so other clusters cannot read ${cluster.name}.`;
  const hint = `Apply the control plane of ${cluster.name}, which contains istio-reader-clusterrole.`;
  return [problem(cluster, 'LIVE-READER', message, hint)];
}

function syncProblems(
  cluster: Cluster,
  { istiod, replicas }: ControlPlaneObservation,
  peers: readonly PeerObservation[],
): Problem[] {
  if (istiod === undefined || istiod.ready === 0) return [];
  return cluster.peers
    .filter((peer) => !isSynced(replicas, peer))
    .map((peer) => {
      const secret = peers.find(({ from, to }) => from === cluster.name && to === peer)?.remoteSecret;
      const statuses = syncStatuses(replicas, peer);
      const message = `istiod of ${cluster.name} has not read ${peer}: ${statuses.join(', ')}.`;
      if (secret !== 'usable') {
        const details = secret === undefined ? message : `${message} ${secret.message}`;
        return problem(cluster, 'LIVE-SYNC', details, secretHint(cluster, peer, secret));
      }
      const hint = statuses.includes(unknownPeerStatus)
        ? `Restart istiod of ${cluster.name}, which missed the Secret: run kubectl -n ${istioSystem} rollout restart deployment.`
        : `Check that pods of ${cluster.name} can reach the server: in that Secret, and read the logs of istiod.`;
      const details = `${message} Secret ${remoteSecretName(peer)} exists, and gives access to ${peer} from this machine.`;
      return problem(cluster, 'LIVE-SYNC', details, hint);
    });
}

function secretHint(cluster: Cluster, peer: string, secret: RemoteSecretProblem | undefined): string {
  if (secret?.code === 'LIVE-FORBIDDEN') {
    return `Apply the control plane of ${peer}, which allows ${readerServiceAccount} to read it.`;
  }
  const join = `istio-mesh join --cluster ${peer} and istio-mesh synth, then apply 60-remote-secrets.k8s.yaml of ${cluster.name}`;
  return secret?.code === 'LIVE-UNREACHABLE' || secret?.code === 'LIVE-TIMEOUT'
    ? `Check that server: of ${peer} is correct and reachable. If you change mesh.yaml, run ${join}.`
    : `Run ${join}.`;
}

function helloWorldProblems(cluster: Cluster, { servers, clients }: HelloWorldObservation): Problem[] {
  return [
    ...podProblems(cluster, 'HelloWorld', servers),
    ...podProblems(cluster, 'The client of HelloWorld', clients),
  ];
}

function podProblems(cluster: Cluster, workload: string, pods: readonly PodObservation[]): Problem[] {
  const { namespace } = helloWorld;
  const { name: clusterName } = cluster;
  if (pods.length === 0) {
    const message = `${workload} does not exist in ${clusterName}.`;
    return [problem(cluster, 'LIVE-HELLO-WORLD', message, `Apply 90-helloworld.k8s.yaml of ${clusterName}.`)];
  }
  const problems = pods
    .filter(({ sidecar }) => !sidecar)
    .map(({ name }) => {
      const message = `Pod ${namespace}/${name} of ${clusterName} has no sidecar, so it is not in the mesh.`;
      const hint = `Check that namespace ${namespace} is labelled for injection, then delete the pod: istiod injects the sidecar into the new one.`;
      return problem(cluster, 'LIVE-SIDECAR', message, hint);
    });
  if (pods.some(({ ready }) => ready)) return problems;
  const message = `${workload} has no ready pod in ${clusterName}.`;
  const hint = `Run kubectl -n ${namespace} describe pods to see why.`;
  return [...problems, problem(cluster, 'LIVE-HELLO-WORLD', message, hint)];
}

function withObstacle(message: string, { obstacle }: Readiness): string {
  return obstacle === undefined ? message : `${message} ${obstacle.reason}`;
}

function problem({ name }: Cluster, code: ErrorCode, message: string, hint: string): Problem {
  return { code, location: { file: name }, message, hint };
}

/**
 * A problem for each cluster that shares no root certificate with the first one. Certificates are compared
 * by fingerprint, because two roots can have the same name.
 */
export function rootProblems(observations: readonly ClusterObservation[]): Problem[] {
  const roots = observations.map(({ cluster, controlPlane }) => ({
    cluster,
    fingerprints: controlPlane?.rootCertificates ?? [],
  }));
  const [first, ...others] = roots.filter(({ fingerprints }) => fingerprints.length > 0);
  if (first === undefined) return [];
  return others
    .filter(({ fingerprints }) => !shareRoot(first.fingerprints, fingerprints))
    .map(({ cluster, fingerprints }) => ({
      code: 'LIVE-ROOT',
      location: { file: cluster },
      message: `${cluster} trusts the root certificate ${shorten(fingerprints)}, but ${first.cluster} trusts ${shorten(first.fingerprints)}. Their workloads reject each other.`,
      hint: 'Apply 20-cacerts.k8s.yaml of both clusters. In the cluster whose root certificate changes, restart istiod, the gateways and the workloads.',
    }));
}

/** Whether two clusters trust a common root certificate. */
export function shareRoot(some: readonly string[], others: readonly string[]): boolean {
  return some.some((fingerprint) => others.includes(fingerprint));
}

/** The first bytes of each fingerprint, in the format of openssl x509 -fingerprint -sha256. */
function shorten(fingerprints: readonly string[]): string {
  return fingerprints.map((fingerprint) => `${fingerprint.slice(0, 23)}…`).join(' and ');
}
