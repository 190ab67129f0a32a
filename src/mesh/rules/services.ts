import type { DefinitionPath, DefinitionProblem } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { exposeAll, exposedHosts } from '../exposure';
import { helloWorld } from '../istio-names';
import { hasNetworkGateway } from '../network-gateway';
import { type MeshServiceDefinition, serviceWithDefaults } from '../services';
import type { Rule } from './clusters';
import { domainOf } from './exposure';

/** Services are listed once, and failover reaches the clusters that are to take over. */
export const sharedServices: Rule = (definition) => {
  const { services = [] } = definition;
  if (services.length === 0) return [];
  const domain = domainOf(definition);
  const restrictions = restrictionsOf(definition, domain);
  const firstIndexes = new Map<string, number>();
  return services.flatMap((service, index) => {
    const path = ['services', index];
    const name = `${service.namespace}/${service.name}`;
    const first = firstIndexes.get(name);
    if (first !== undefined) return [duplicate(name, first, path)];
    firstIndexes.set(name, index);
    return [...hidden(service, domain, restrictions, path), ...unverifiable(service, definition, path)];
  });
};

/** The hosts that other networks can reach in a cluster that does not expose all of them. */
interface Restriction {
  readonly cluster: string;
  readonly hosts: ReadonlySet<string>;
}

function restrictionsOf(definition: AnyMeshDefinition, domain: string): Restriction[] {
  const { clusters, exposure: ofMesh = exposeAll, verification } = definition;
  return clusters.flatMap((cluster) => {
    const { name, exposure = ofMesh } = cluster;
    if (exposure === exposeAll || !hasNetworkGateway(cluster, definition)) return [];
    return [{ cluster: name, hosts: new Set(exposedHosts(exposure, domain, verification?.helloWorld)) }];
  });
}

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
  domain: string,
  restrictions: readonly Restriction[],
  path: DefinitionPath,
): DefinitionProblem[] {
  const host = `${name}.${namespace}.svc.${domain}`;
  const hiding = restrictions.filter(
    ({ hosts }) => !hosts.has(host) && !hosts.has(`*.${namespace}.svc.${domain}`),
  );
  if (hiding.length === 0) return [];
  const names = hiding.map(({ cluster }) => cluster).join(', ');
  return [
    {
      code: 'MESH-VALUE',
      path,
      message: `Other networks cannot reach ${namespace}/${name} in ${names}, because exposure does not list it, so no failover leads there.`,
      hint: `Add ${host} to exposure.hosts.`,
    },
  ];
}

/** verify expects answers from all clusters, and a client that prefers its own cluster gets none from the others. */
function unverifiable(
  service: MeshServiceDefinition,
  { verification }: AnyMeshDefinition,
  path: DefinitionPath,
): DefinitionProblem[] {
  const { name, namespace, failover } = serviceWithDefaults(service);
  const isHelloWorld = name === helloWorld.service && namespace === helloWorld.namespace;
  if (!isHelloWorld || verification?.helloWorld !== 'enabled') return [];
  if (failover.failoverPriority.length === 0) return [];
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
