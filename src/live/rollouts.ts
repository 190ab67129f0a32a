import { helloWorld, helloWorldVersion, istioSystem, withRevision } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { deployment } from './deployment';
import type { LiveCluster } from './live-cluster';
import { type LiveProblem, lasting, problemOf } from './live-problem';
import type { MeshDeployment, RolloutObservation } from './observation';
import { observeRollout } from './rollout';

const ingressGatewayName = 'istio-ingressgateway';

function partsOf(mesh: Mesh, { name, istio: { canary } }: Cluster): MeshDeployment[] {
  const { namespace, service, client } = helloWorld;
  const sample = { code: 'LIVE-HELLO-WORLD', namespace, file: '90-helloworld', isRequired: false } as const;
  return [
    ...(canary === undefined
      ? []
      : [
          {
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

/** The ingress gateway is optional: it counts if it exists. */
const ingressGateway: MeshDeployment = {
  code: 'LIVE-GATEWAY',
  title: 'The ingress gateway',
  namespace: istioSystem,
  name: ingressGatewayName,
  file: 'the control plane',
  isRequired: false,
};

/** Observes whether the newest pods of the Deployments of a mesh are ready. */
export async function observeRollouts(
  live: LiveCluster,
  mesh: Mesh,
  cluster: Cluster,
): Promise<RolloutObservation[]> {
  return Promise.all(
    [...partsOf(mesh, cluster), ingressGateway].map(async (part) => {
      const found = await deployment(live, part.name, part.namespace);
      return { part, readiness: found && (await observeRollout(live, found)) };
    }),
  );
}

/** A problem for each Deployment whose newest pods are not ready. */
export function rolloutProblems(
  { name: cluster }: Cluster,
  rollouts: readonly RolloutObservation[],
): LiveProblem[] {
  return rollouts.flatMap(({ part, readiness }) => {
    const { code, title, namespace, name, file, isRequired } = part;
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
      desired === 0
        ? `Run kubectl -n ${namespace} scale deployment ${name} --replicas 1, or remove it from mesh.yaml.`
        : `Run kubectl -n ${namespace} describe pods, and kubectl -n ${namespace} rollout status deployment ${name}.`;
    return [problemOf(cluster, code, { message, hint, mayPass: desired > 0 && (obstacle?.mayPass ?? true) })];
  });
}
