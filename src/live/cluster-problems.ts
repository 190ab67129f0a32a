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
  RemoteSecretProblem,
} from './observation';
import { notTaken, syncStatuses } from './observe-replicas';

/**
 * What is wrong in one cluster, as far as looking at it alone shows.
 *
 * @param peers what was looked at because it does not read others
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

/** Clusters that istiod reads and should not, such as one that has left the mesh. */
export function clusterWarnings(cluster: Cluster, { controlPlane }: ClusterObservation): Problem[] {
  const read = (controlPlane?.replicas ?? []).flatMap(({ remoteClusters = [] }) => remoteClusters);
  const strays = read.filter(({ id, secretName }) => secretName !== '' && !cluster.peers.includes(id));
  return [...new Map(strays.map((stray) => [stray.id, stray])).values()].map(({ id, secretName }) =>
    problem(
      cluster,
      'LIVE-STRAY',
      `istiod of ${cluster.name} reads ${id}, which is not its peer.`,
      `Delete Secret ${secretName} in ${cluster.name}, or make ${id} its peer in mesh.yaml.`,
    ),
  );
}

function controlPlaneProblems(
  cluster: Cluster,
  seen: ControlPlaneObservation,
  peers: readonly PeerObservation[],
): Problem[] {
  return [
    ...networkProblems(cluster, seen),
    ...istiodProblems(cluster, seen),
    ...(cluster.eastWestGateway === undefined ? [] : gatewayProblems(cluster, seen.gateway)),
    ...readerProblems(cluster, seen),
    ...syncProblems(cluster, seen, peers),
  ];
}

function networkProblems(cluster: Cluster, { network }: ControlPlaneObservation): Problem[] {
  if (network === cluster.network) return [];
  const label = network === undefined ? 'no network' : `the network ${network}`;
  const found = `Namespace ${istioSystem} of ${cluster.name} is labelled with ${label}, and not with ${cluster.network}.`;
  const remedy = `Apply 10-namespace.k8s.yaml of ${cluster.name}, or mend its network: in mesh.yaml.`;
  return [problem(cluster, 'LIVE-NETWORK', found, remedy)];
}

function istiodProblems(cluster: Cluster, { istiod, replicas }: ControlPlaneObservation): Problem[] {
  if (istiod === undefined) {
    const found = `${cluster.name} has no istiod of this revision.`;
    return [problem(cluster, 'LIVE-ISTIOD', found, `Apply the control plane of ${cluster.name}.`)];
  }
  if (istiod.ready < istiod.desired || istiod.ready === 0) {
    const found = `istiod of ${cluster.name} has ${istiod.ready} of ${istiod.desired} pods ready.`;
    const remedy = `See why with kubectl -n ${istioSystem} describe pods -l app=istiod, and with their logs: often an image, or cacerts.`;
    return [problem(cluster, 'LIVE-ISTIOD', found, remedy)];
  }
  const own = replicas
    .flatMap(({ remoteClusters = [] }) => remoteClusters)
    .find(({ secretName }) => secretName === '');
  if (own === undefined || own.id === cluster.name) return [];
  const found = `istiod of ${cluster.name} calls its cluster ${own.id}, so no other cluster can tell it apart.`;
  const remedy = `Apply the control plane of ${cluster.name}, or see that its kubeconfig leads to ${cluster.name}.`;
  return [problem(cluster, 'LIVE-CLUSTER-ID', found, remedy)];
}

function gatewayProblems(cluster: Cluster, gateway: GatewayObservation | undefined): Problem[] {
  const { name } = cluster;
  if (gateway === undefined) {
    const found = `${name} has no east-west gateway, so other networks cannot enter.`;
    return [problem(cluster, 'LIVE-GATEWAY', found, `Apply 40-eastwest-gateway.k8s.yaml of ${name}.`)];
  }
  const { pods, type, addresses, passthrough } = gateway;
  const found: [found: string, remedy: string][] = [];
  if (pods.ready === 0) {
    const remedy = `See why with kubectl -n ${istioSystem} describe pods -l istio=eastwestgateway.`;
    found.push([`The east-west gateway of ${name} has no pod that is ready.`, remedy]);
  }
  if (type === 'LoadBalancer' && addresses.length === 0) {
    const remedy = `See why with kubectl -n ${istioSystem} describe service istio-eastwestgateway: the cloud says there what it lacks.`;
    found.push([`The load balancer of the east-west gateway of ${name} has no address.`, remedy]);
  }
  if (!passthrough) {
    const remedy = `Apply 50-cross-network-gateway.k8s.yaml of ${name}.`;
    found.push([
      `The east-west gateway of ${name} lets nobody through: no Gateway has AUTO_PASSTHROUGH.`,
      remedy,
    ]);
  }
  return found.map(([what, remedy]) => problem(cluster, 'LIVE-GATEWAY', what, remedy));
}

function readerProblems(cluster: Cluster, { readerBound }: ControlPlaneObservation): Problem[] {
  if (readerBound) return [];
  const found = `${readerServiceAccount} of ${cluster.name} has no ClusterRoleBinding, so no other cluster can read it.`;
  const remedy = `Apply the control plane of ${cluster.name}, which brings istio-reader-clusterrole.`;
  return [problem(cluster, 'LIVE-READER', found, remedy)];
}

function syncProblems(
  cluster: Cluster,
  { istiod, replicas }: ControlPlaneObservation,
  peers: readonly PeerObservation[],
): Problem[] {
  if (istiod === undefined || istiod.ready === 0) return [];
  return cluster.peers.flatMap((peer) => {
    const statuses = syncStatuses(replicas, peer);
    if (statuses.length === 1 && statuses[0] === 'synced') return [];
    const secret = peers.find(({ from, to }) => from === cluster.name && to === peer)?.remoteSecret;
    const said = `istiod of ${cluster.name} has not read ${peer}: ${statuses.join(', ')}.`;
    if (secret !== 'opens') {
      const found = secret === undefined ? said : `${said} ${secret.fault}`;
      return problem(cluster, 'LIVE-SYNC', found, secretRemedy(cluster, peer, secret));
    }
    const found = `${said} Secret ${remoteSecretName(peer)} is there, and opens ${peer} from here.`;
    const remedy = statuses.includes(notTaken)
      ? `Restart istiod of ${cluster.name} with kubectl -n ${istioSystem} rollout restart deployment, for it missed the Secret.`
      : `See that pods of ${cluster.name} can reach the server: in that Secret, and what istiod logs.`;
    return problem(cluster, 'LIVE-SYNC', found, remedy);
  });
}

function secretRemedy(cluster: Cluster, peer: string, secret: RemoteSecretProblem | undefined): string {
  if (secret?.code === 'LIVE-FORBIDDEN') {
    return `Apply the control plane of ${peer}, which lets ${readerServiceAccount} read it.`;
  }
  const join = `istio-mesh join --cluster ${peer} and istio-mesh synth, then apply 60-remote-secrets.k8s.yaml of ${cluster.name}`;
  return secret?.code === 'LIVE-UNREACHABLE' || secret?.code === 'LIVE-TIMEOUT'
    ? `See that server: of ${peer} is right and open; where mesh.yaml changes, run ${join}.`
    : `Run ${join}.`;
}

function helloWorldProblems(cluster: Cluster, { servers, clients }: HelloWorldObservation): Problem[] {
  return [
    ...podProblems(cluster, 'HelloWorld', servers),
    ...podProblems(cluster, 'The client of HelloWorld', clients),
  ];
}

function podProblems(cluster: Cluster, what: string, pods: readonly PodObservation[]): Problem[] {
  const { namespace } = helloWorld;
  if (pods.length === 0) {
    const found = `${what} is not there in ${cluster.name}.`;
    return [problem(cluster, 'LIVE-HELLO-WORLD', found, `Apply 90-helloworld.k8s.yaml of ${cluster.name}.`)];
  }
  const bare = pods.filter(({ sidecar }) => !sidecar);
  const problems = bare.map(({ name }) => {
    const found = `Pod ${namespace}/${name} of ${cluster.name} has no sidecar, so it is not in the mesh.`;
    const remedy = `Delete the pod, so that istiod injects its successor; see that namespace ${namespace} is labelled for injection.`;
    return problem(cluster, 'LIVE-SIDECAR', found, remedy);
  });
  if (pods.some(({ ready }) => ready)) return problems;
  const found = `${what} has no pod that is ready in ${cluster.name}.`;
  const remedy = `See why with kubectl -n ${namespace} describe pods.`;
  return [...problems, problem(cluster, 'LIVE-HELLO-WORLD', found, remedy)];
}

function problem({ name }: Cluster, code: ErrorCode, message: string, hint: string): Problem {
  return { code, location: { file: name }, message, hint };
}

/**
 * Clusters that trust no root certificate of the first, compared by their bytes: two roots of the same
 * name are still two.
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
      message: `${cluster} trusts the root certificate ${short(fingerprints)}, and ${first.cluster} trusts ${short(first.fingerprints)}: their workloads refuse each other.`,
      hint: `Apply 20-cacerts.k8s.yaml of both, then restart istiod, the gateways and the workloads of the one that had another.`,
    }));
}

/** Whether two clusters trust a root in common. */
export function shareRoot(some: readonly string[], others: readonly string[]): boolean {
  return some.some((fingerprint) => others.includes(fingerprint));
}

/** The first bytes of each fingerprint, as openssl x509 -fingerprint -sha256 shows them. */
function short(fingerprints: readonly string[]): string {
  return fingerprints.map((fingerprint) => `${fingerprint.slice(0, 23)}…`).join(' and ');
}
