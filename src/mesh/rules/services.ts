import type { DefinitionPath, DefinitionProblem } from '../../problems/problem';
import { clusterDomainOf } from '../cluster-domain';
import type { AnyMeshDefinition } from '../definition';
import { exposeAll, exposedHosts } from '../exposure';
import { istioWithDefaults } from '../istio';
import { helloWorld } from '../istio-names';
import { failoverWithDefaults, type MeshServiceDefinition } from '../services';
import type { Rule } from './clusters';

/** Services are listed once, and failover reaches the clusters that are to take over. */
export const sharedServices: Rule = (definition) => {
  const { services = [] } = definition;
  const firstIndexes = new Map<string, number>();
  return services.flatMap((service, index) => {
    const path = ['services', index];
    const name = `${service.namespace}/${service.name}`;
    const first = firstIndexes.get(name);
    if (first !== undefined) return [duplicate(name, first, path)];
    firstIndexes.set(name, index);
    return [...hidden(service, definition, path), ...unverifiable(service, definition, path)];
  });
};

function duplicate(name: string, first: number, path: DefinitionPath): DefinitionProblem {
  return {
    code: 'MESH-VALUE',
    path,
    message: `services[${path[1]}] is the Service ${name}, as services[${first}] is.`,
    hint: 'Remove one of the two.',
  };
}

/** A Service that no other network can reach can only fail over within its own. */
function hidden(
  { name, namespace }: MeshServiceDefinition,
  { clusters, exposure: ofMesh, istio, verification }: AnyMeshDefinition,
  path: DefinitionPath,
): DefinitionProblem[] {
  const domain = clusterDomainOf(istioWithDefaults(istio, clusters[0]?.istio).values);
  const hosts = [`${name}.${namespace}.svc.${domain}`, `*.${namespace}.svc.${domain}`];
  const hidingClusters = clusters.filter(({ exposure = ofMesh ?? exposeAll, eastWestGateway }) => {
    if (exposure === exposeAll || eastWestGateway === 'disabled') return false;
    return !exposedHosts(exposure, domain, verification?.helloWorld).some((host) => hosts.includes(host));
  });
  if (hidingClusters.length === 0) return [];
  const names = hidingClusters.map((cluster) => cluster.name).join(', ');
  return [
    {
      code: 'MESH-VALUE',
      path,
      message: `Other networks cannot reach ${namespace}/${name} in ${names}, because exposure does not list it, so no failover leads there.`,
      hint: `Add ${hosts[0]} to exposure.hosts.`,
    },
  ];
}

/** verify expects answers from all clusters, and a client that prefers its own cluster gets none from the others. */
function unverifiable(
  { name, namespace, failover }: MeshServiceDefinition,
  { verification }: AnyMeshDefinition,
  path: DefinitionPath,
): DefinitionProblem[] {
  const isHelloWorld = name === helloWorld.service && namespace === helloWorld.namespace;
  if (!isHelloWorld || verification?.helloWorld !== 'enabled') return [];
  if (failoverWithDefaults(failover === 'enabled' ? {} : failover).failoverPriority.length === 0) return [];
  return [
    {
      code: 'MESH-VALUE',
      path: [...path, 'failover'],
      message:
        'HelloWorld would answer from the cluster of its client only, and verify checks that it answers from all.',
      hint: 'Write failover: { failoverPriority: [] }, or remove HelloWorld from services.',
    },
  ];
}
