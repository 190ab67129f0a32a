import { agentDaemonSet } from '../control-plane/cni/naming';
import { hasAmbient } from '../mesh/data-plane';
import { helloWorld, helloWorldVersion, istioSystem, withRevision } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import type { WaypointSettings } from '../mesh/waypoints';
import type { ZtunnelSettings } from '../mesh/ztunnel';
import { observeDaemonSet } from './daemon-set-rollout';
import { deployment } from './deployment';
import type { LiveCluster } from './live-cluster';
import { type LiveProblem, lasting, problemOf } from './live-problem';
import type { MeshWorkload, Readiness, RolloutObservation } from './observation';
import { observeRollout } from './rollout';

const ingressGatewayName = 'istio-ingressgateway';

function partsOf(mesh: Mesh, { name, dataPlane, istio: { canary, cni, ztunnel } }: Cluster): MeshWorkload[] {
  const { namespace, service, client } = helloWorld;
  const sample = {
    kind: 'Deployment',
    code: 'LIVE-HELLO-WORLD',
    namespace,
    file: '90-helloworld',
    isRequired: false,
  } as const;
  return [
    ...(cni === undefined ? [] : [nodeAgent(cni.namespace)]),
    ...(ztunnel === undefined ? [] : [nodeProxy(ztunnel)]),
    ...(hasAmbient(dataPlane) ? mesh.waypoints.map(waypointPods) : []),
    ...(canary === undefined
      ? []
      : [
          {
            kind: 'Deployment' as const,
            code: 'LIVE-ISTIOD' as const,
            title: `The canary istiod (revision ${canary.revision})`,
            namespace: istioSystem,
            name: withRevision('istiod', canary.revision),
            file: 'the control plane',
            isRequired: true,
          },
        ]),
    ...(mesh.verification.helloWorld === 'enabled'
      ? [
          { ...sample, title: 'HelloWorld', name: `${service}-${helloWorldVersion(mesh, name)}` },
          { ...sample, title: 'The client of HelloWorld', name: client },
        ]
      : []),
  ];
}

/** Pods of the mesh start only on nodes where it is ready. */
function nodeAgent(namespace: string): MeshWorkload {
  return {
    kind: 'DaemonSet',
    code: 'LIVE-CNI',
    title: 'The CNI node agent',
    namespace,
    name: agentDaemonSet,
    file: 'the control plane',
    isRequired: true,
  };
}

/** The proxy of all pods of a node in ambient mode. */
function nodeProxy({ name, namespace }: ZtunnelSettings): MeshWorkload {
  return {
    kind: 'DaemonSet',
    code: 'LIVE-ZTUNNEL',
    title: 'ztunnel',
    namespace,
    name,
    file: '35-ztunnel.k8s.yaml',
    isRequired: true,
  };
}

/** The pods of a waypoint, without which calls fail. istiod deploys them for a Gateway, which is checked elsewhere. */
function waypointPods({ name, namespace }: WaypointSettings): MeshWorkload {
  return {
    kind: 'Deployment',
    code: 'LIVE-WAYPOINT',
    title: `The waypoint ${namespace}/${name}`,
    namespace,
    name,
    file: '91-waypoints.k8s.yaml',
    isRequired: false,
  };
}

/** The ingress gateway is optional: it counts if it exists. */
const ingressGateway: MeshWorkload = {
  kind: 'Deployment',
  code: 'LIVE-GATEWAY',
  title: 'The ingress gateway',
  namespace: istioSystem,
  name: ingressGatewayName,
  file: 'the control plane',
  isRequired: false,
};

/** Observes whether the newest pods of the workloads of a mesh are ready. */
export async function observeRollouts(
  live: LiveCluster,
  mesh: Mesh,
  cluster: Cluster,
): Promise<RolloutObservation[]> {
  return Promise.all(
    [...partsOf(mesh, cluster), ingressGateway].map(async (part) => ({
      part,
      readiness: await readinessOf(live, part),
    })),
  );
}

async function readinessOf(
  live: LiveCluster,
  { kind, name, namespace }: MeshWorkload,
): Promise<Readiness | undefined> {
  if (kind === 'DaemonSet') return observeDaemonSet(live, name, namespace);
  const found = await deployment(live, name, namespace);
  return found && (await observeRollout(live, found));
}

/** A problem for each workload whose newest pods are not ready. */
export function rolloutProblems(
  { name: cluster }: Cluster,
  rollouts: readonly RolloutObservation[],
): LiveProblem[] {
  return rollouts.flatMap(({ part, readiness }) => {
    const { kind, code, title, namespace, name, file, isRequired } = part;
    if (readiness === undefined && !isRequired) return [];
    const { desired = 0, ready = 0, obstacle } = readiness ?? {};
    const isDone = ready >= desired && (ready > 0 || !isRequired);
    if (readiness !== undefined && isDone) return [];
    if (readiness === undefined) {
      const message = `${title} of ${cluster} does not exist.`;
      return [problemOf(cluster, code, lasting(message, `Apply ${file} of ${cluster}.`))];
    }
    const reason = obstacle === undefined ? '' : ` ${obstacle.reason}`;
    const message = `${title} of ${cluster} has ${ready} of ${desired} pods of its newest version ready.${reason}`;
    const hint =
      desired === 0 && kind === 'Deployment'
        ? `Run kubectl -n ${namespace} scale deployment ${name} --replicas 1, or remove it from mesh.yaml.`
        : `Run kubectl -n ${namespace} describe pods, and kubectl -n ${namespace} rollout status ${kind.toLowerCase()} ${name}.`;
    return [problemOf(cluster, code, { message, hint, mayPass: desired > 0 && (obstacle?.mayPass ?? true) })];
  });
}
