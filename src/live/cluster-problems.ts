import {
  helloWorld,
  istioSystem,
  readerServiceAccount,
  remoteSecretName,
  withRevision,
} from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import type { ErrorCode } from '../problems/error-codes';
import type { Problem } from '../problems/problem';
import { type LiveProblem, lasting, passing, problemOf } from './live-problem';
import type {
  ClusterObservation,
  ControlPlaneObservation,
  HelloWorldObservation,
  PodObservation,
  Readiness,
  RemoteSecretObservation,
} from './observation';
import { isInMesh, isSynced, syncStatuses, unknownPeerStatus } from './observe-pods';
import { rolloutProblems } from './rollouts';

/**
 * The problems of one cluster.
 */
export function clusterProblems(
  cluster: Cluster,
  { problems, controlPlane, rollouts = [], remoteSecrets, helloWorld }: ClusterObservation,
): LiveProblem[] {
  return [
    ...problems,
    ...(controlPlane === undefined ? [] : controlPlaneProblems(cluster, controlPlane, remoteSecrets ?? [])),
    ...(controlPlane && isEmpty(controlPlane)
      ? []
      : [...rolloutProblems(cluster, rollouts), ...helloWorldProblems(cluster, helloWorld)]),
  ];
}

/** What was observed beside problems, such as a cluster that istiod reads although it has left the mesh. */
export function clusterWarnings(
  cluster: Cluster,
  { controlPlane, warnings = [] }: ClusterObservation,
): Problem[] {
  const read = (controlPlane?.replicas ?? []).flatMap(({ remoteClusters = [] }) => remoteClusters);
  const unexpected = read.filter(({ id, secretName }) => secretName !== '' && !cluster.peers.includes(id));
  const strays = [...new Map(unexpected.map((each) => [each.id, each])).values()].map(({ id, secretName }) =>
    problem(
      cluster,
      'LIVE-STRAY',
      `istiod of ${cluster.name} reads ${id}, which is not a peer of it.`,
      `Delete Secret ${secretName} in ${cluster.name}, or add ${id} to its peers in mesh.yaml.`,
    ),
  );
  return [...strays, ...warnings];
}

function controlPlaneProblems(
  cluster: Cluster,
  observation: ControlPlaneObservation,
  remoteSecrets: readonly RemoteSecretObservation[],
): LiveProblem[] {
  if (isEmpty(observation)) return [notApplied(cluster)];
  return [
    ...networkProblems(cluster, observation),
    ...istiodProblems(cluster, observation),
    ...[observation.gateway, observation.ambientGateway]
      .flatMap((gateway) => gateway?.problems ?? [])
      .map((problem) => problemOf(cluster.name, 'LIVE-GATEWAY', problem)),
    ...readerProblems(cluster, observation),
    ...syncProblems(cluster, observation, remoteSecrets),
  ];
}

/** Whether a control plane has never been applied. */
export function isEmpty({ istiod, readerBound }: ControlPlaneObservation): boolean {
  return istiod === undefined && !readerBound;
}

function notApplied(cluster: Cluster): LiveProblem {
  const message = `${cluster.name} has neither istiod nor the permissions of ${readerServiceAccount}: its manifests are not applied.`;
  const hint = `Apply the folder of ${cluster.name} in the output, or check that its kubeconfig is for ${cluster.name}.`;
  return problem(cluster, 'LIVE-ISTIOD', message, hint);
}

function networkProblems(cluster: Cluster, { network }: ControlPlaneObservation): LiveProblem[] {
  if (network === cluster.network) return [];
  const label = network === undefined ? 'no network label' : `the network label ${network}`;
  const message = `Namespace ${istioSystem} of ${cluster.name} has ${label}, but mesh.yaml has ${cluster.network}.`;
  const hint = `Apply 10-namespace.k8s.yaml of ${cluster.name}, or fix its network: in mesh.yaml.`;
  return [problem(cluster, 'LIVE-NETWORK', message, hint)];
}

function istiodProblems(cluster: Cluster, { istiod, replicas }: ControlPlaneObservation): LiveProblem[] {
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
    const mayPass = istiod.desired > 0 && (istiod.obstacle?.mayPass ?? true);
    return [problemOf(name, 'LIVE-ISTIOD', { message, hint, mayPass })];
  }
  const local = replicas
    .flatMap(({ remoteClusters = [] }) => remoteClusters)
    .find(({ secretName }) => secretName === '');
  if (local === undefined || local.id === name) return [];
  const message = `istiod of ${name} has the cluster ID ${local.id}, so other clusters cannot identify it.`;
  const hint = `Apply the control plane of ${name}, or check that its kubeconfig is for ${name}.`;
  return [problem(cluster, 'LIVE-CLUSTER-ID', message, hint)];
}

function readerProblems(cluster: Cluster, { readerBound }: ControlPlaneObservation): LiveProblem[] {
  if (readerBound) return [];
  const message = `${readerServiceAccount} of ${cluster.name} has no ClusterRoleBinding, so other clusters cannot read ${cluster.name}.`;
  const hint = `Apply the control plane of ${cluster.name}, which contains istio-reader-clusterrole.`;
  return [problem(cluster, 'LIVE-READER', message, hint)];
}

/** A peer whose remote secret does not work is reported with the Secret, and not a second time. */
function syncProblems(
  cluster: Cluster,
  { istiod, replicas }: ControlPlaneObservation,
  remoteSecrets: readonly RemoteSecretObservation[],
): LiveProblem[] {
  if (istiod === undefined || istiod.ready === 0) return [];
  const broken = remoteSecrets.filter(({ problems }) => problems.length > 0).map(({ peer }) => peer);
  const { name, istio } = cluster;
  const restart = `kubectl -n ${istioSystem} rollout restart deployment ${withRevision('istiod', istio.revision)}`;
  return cluster.peers
    .filter((peer) => !isSynced(replicas, peer) && !broken.includes(peer))
    .map((peer) => {
      const statuses = syncStatuses(replicas, peer);
      const message = `istiod of ${name} has not read ${peer}: ${statuses.join(', ')}.`;
      const hint = statuses.includes(unknownPeerStatus)
        ? `istiod missed Secret ${remoteSecretName(peer)}. Run ${restart}.`
        : `Its remote secret works. If this stays, read the logs of istiod, then run ${restart}.`;
      return passingProblem(cluster, 'LIVE-SYNC', message, hint);
    });
}

function helloWorldProblems(cluster: Cluster, observation: HelloWorldObservation | undefined): LiveProblem[] {
  if (observation === undefined) return [];
  const { servers, clients } = observation;
  return [
    ...podProblems(cluster, 'HelloWorld', servers),
    ...podProblems(cluster, 'The client of HelloWorld', clients),
  ];
}

function podProblems(cluster: Cluster, workload: string, pods: readonly PodObservation[]): LiveProblem[] {
  const { namespace } = helloWorld;
  const { name: clusterName } = cluster;
  if (pods.length === 0) {
    const message = `${workload} does not exist in ${clusterName}.`;
    return [problem(cluster, 'LIVE-HELLO-WORLD', message, `Apply 90-helloworld.k8s.yaml of ${clusterName}.`)];
  }
  const problems = pods.filter((pod) => !isInMesh(cluster, pod)).map((pod) => outsideMesh(cluster, pod));
  if (pods.some(({ ready }) => ready)) return problems;
  const message = `${workload} has no ready pod in ${clusterName}.`;
  const hint = `Run kubectl -n ${namespace} describe pods to see why.`;
  return [...problems, passingProblem(cluster, 'LIVE-HELLO-WORLD', message, hint)];
}

function outsideMesh(cluster: Cluster, pod: PodObservation): LiveProblem {
  return cluster.helloWorld.dataPlane === 'ambient'
    ? outsideAmbient(cluster, pod)
    : withoutSidecar(cluster, pod);
}

/** The CNI node agent redirects a pod before it is ready, and tries only some failures again. */
function outsideAmbient(cluster: Cluster, { name, ready, sidecar }: PodObservation): LiveProblem {
  const { namespace } = helloWorld;
  const title = `Pod ${namespace}/${name} of ${cluster.name}`;
  if (sidecar) {
    const message = `${title} has a sidecar, so it is not in ambient mode.`;
    const hint = `Run kubectl -n ${namespace} rollout restart deployment, which replaces it by a pod without one.`;
    return problem(cluster, 'LIVE-AMBIENT', message, hint);
  }
  const message = `${title} is not in ambient mode: the CNI node agent does not redirect its traffic to ztunnel.`;
  const hint = `If it started before the node agent, run kubectl -n ${namespace} rollout restart deployment. Otherwise check that namespace ${namespace} has the label istio.io/dataplane-mode: ambient, and read the log of the DaemonSet istio-cni-node.`;
  return problemOf(cluster.name, 'LIVE-AMBIENT', { message, hint, mayPass: !ready });
}

function withoutSidecar(cluster: Cluster, { name, notInjected }: PodObservation): LiveProblem {
  const { namespace } = helloWorld;
  const { name: clusterName } = cluster;
  const message = `Pod ${namespace}/${name} of ${clusterName} has no sidecar, so it is not in the mesh${notInjected === undefined ? '' : `: it has ${notInjected}`}.`;
  const hint =
    notInjected === undefined
      ? `Check that namespace ${namespace} is labelled for injection, then delete the pod: istiod injects the sidecar into the new one.`
      : `Remove ${notInjected} from the pod template of its Deployment, or apply 90-helloworld.k8s.yaml of ${clusterName}. The Deployment then replaces the pod.`;
  return problem(cluster, 'LIVE-SIDECAR', message, hint);
}

function withObstacle(message: string, { obstacle }: Readiness): string {
  return obstacle === undefined ? message : `${message} ${obstacle.reason}`;
}

function problem({ name }: Cluster, code: ErrorCode, message: string, hint: string): LiveProblem {
  return problemOf(name, code, lasting(message, hint));
}

function passingProblem({ name }: Cluster, code: ErrorCode, message: string, hint: string): LiveProblem {
  return problemOf(name, code, passing(message, hint));
}

/**
 * A problem for each cluster that shares no root certificate with the first one. Certificates are compared
 * by fingerprint, because two roots can have the same name.
 */
export function rootProblems(observations: readonly ClusterObservation[]): LiveProblem[] {
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
      mayPass: false,
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
