import { type DefinitionPath, type DefinitionProblem, formatPath } from '../../problems/problem';
import { dataPlaneOf, hasAmbient } from '../data-plane';
import type { AnyMeshDefinition } from '../definition';
import { exposeAll, exposedHosts } from '../exposure';
import type { HelmValues } from '../helm-values';
import { helloWorld } from '../istio-names';
import { unknownCluster } from '../mesh';
import { hasNetworkGateway } from '../network-gateway';
import type { DefinitionNote } from '../notes';
import { type MeshServiceDefinition, serviceWithDefaults } from '../services';
import type { Rule } from './clusters';
import { entriesAt } from './effective-values';
import { domainOf } from './exposure';
import { servicePortProblems } from './service-ports';

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
    return [
      ...withoutEffect(service, path),
      ...stubProblems(service, definition, path),
      ...(service.failover === undefined
        ? []
        : [...hidden(service, domain, restrictions, path), ...unverifiable(service, definition, path)]),
    ];
  });
};

/** What does not happen in ambient mode by itself. */
export function serviceNotes(definition: AnyMeshDefinition): DefinitionNote[] {
  const { services = [], waypoints = [], clusters } = definition;
  if (!clusters.some((cluster) => hasAmbient(dataPlaneOf(definition, cluster)))) return [];
  return services.flatMap(({ name, namespace, failover }, index) => {
    if (failover === undefined || waypoints.some((waypoint) => waypoint.namespace === namespace)) return [];
    const path = ['services', index, 'failover'];
    return [
      {
        path,
        message: `${formatPath(path)} has an effect in ambient mode only if ${namespace}/${name} uses a waypoint in every cluster, by the label istio.io/use-waypoint. Without a waypoint, trafficDistribution: PreferClose of the Service prefers ready pods of the caller's network.`,
      },
    ];
  });
}

function withoutEffect(
  { name, namespace, scope, stub, failover }: MeshServiceDefinition,
  path: DefinitionPath,
): DefinitionProblem[] {
  if (scope !== undefined || stub !== undefined || failover !== undefined) return [];
  return [
    {
      code: 'MESH-MISSING-KEY',
      path,
      message: `${namespace}/${name} has neither scope nor stub nor failover.`,
      hint: 'Add failover: enabled, for example, or scope: global.',
    },
  ];
}

/** A stub has the ports of a Service, and leads to the pods of another cluster. */
function stubProblems(
  { name, namespace, stub }: MeshServiceDefinition,
  { clusters }: AnyMeshDefinition,
  path: DefinitionPath,
): DefinitionProblem[] {
  if (stub === undefined) return [];
  const at = [...path, 'stub'];
  const known = clusters.map((cluster) => cluster.name);
  const unknown = stub.clusters.flatMap((cluster, index) =>
    known.includes(cluster) ? [] : [{ ...unknownCluster(cluster, known), path: [...at, 'clusters', index] }],
  );
  const everywhere: DefinitionProblem = {
    code: 'MESH-VALUE',
    path: [...at, 'clusters'],
    message: `Every cluster has a stub of ${namespace}/${name}, so no cluster has its pods.`,
    hint: 'Remove the clusters with the pods of the Service.',
  };
  const entries = entriesAt({ ports: stub.ports } as unknown as HelmValues, ['ports']);
  return [
    ...unknown,
    ...(known.every((cluster) => stub.clusters.includes(cluster)) ? [everywhere] : []),
    ...servicePortProblems(entries, 'ClusterIP').map(({ at: place, ...problem }) => ({
      code: 'MESH-VALUE' as const,
      path: [...at, ...place],
      ...problem,
    })),
  ];
}

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
  if (!failover?.failoverPriority.length) return [];
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
